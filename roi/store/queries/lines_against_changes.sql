-- Changes whose recorded line sums are not what the ledger holds now.
-- grain: change; empty when every line that was accepted is there, unedited in number and amount
-- reads: change, ledger_line
-- units: minor units, currencies mixed on purpose (a checksum, never a figure)
with held as (

    select
        added_by,
        count(*) as lines_added,
        sum(amount_minor) as lines_amount,
        bit_xor(xor(amount_minor, source_row * cast(1000003 as bigint))) as lines_xor
    from ledger_line
    group by added_by

)

select
    coalesce(change.change_id, held.added_by) as change_id,
    change.lines_added,
    held.lines_added as lines_held
from change
full join held on change.change_id = held.added_by
where
    coalesce(change.lines_added, -1) != coalesce(held.lines_added, 0)
    or coalesce(change.lines_amount, 0) != coalesce(held.lines_amount, 0)
    or coalesce(change.lines_xor, 0) != coalesce(held.lines_xor, 0)
order by 1
