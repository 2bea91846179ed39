-- The outcomes that an epic has or had.
-- grain: outcome
-- reads: outcome
-- units: none
-- params: epic
select distinct outcome
from outcome
where epic = $epic
order by outcome
