-- Which lines a change ended: per change that had added them, their count and sums.
-- grain: added_by
-- reads: ledger_line
-- units: minor units, currencies mixed on purpose (a checksum, never a figure)
select
    added_by,
    count(*) as line_count,
    cast(sum(amount_minor) as varchar) as amount,
    bit_xor(xor(amount_minor, source_row * cast(1000003 as bigint))) as mixed
from ledger_line
where removed_by = $change_id
group by added_by
order by added_by
