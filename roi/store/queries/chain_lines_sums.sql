-- Sums over the lines that one change added: cheap enough for every start.
-- grain: one row
-- reads: ledger_line
-- units: minor units, currencies mixed on purpose (a checksum, never a figure)
select
    count(*) as lines_added,
    coalesce(sum(amount_minor), 0) as lines_amount,
    coalesce(bit_xor(xor(amount_minor, source_row * cast(1000003 as bigint))), 0) as lines_xor
from ledger_line
where added_by = $change_id
