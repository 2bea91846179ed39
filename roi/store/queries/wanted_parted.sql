-- Is of one of the largest lines only a part wanted? One row if so.
-- grain: ledger line
-- reads: what `wanted_candidate` prepares on this cursor
-- units: none
select bucket
from wanted_candidate
where not is_whole
limit 1
