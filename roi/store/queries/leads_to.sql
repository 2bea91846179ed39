-- The links of every chain of outcomes, and the change that made each.
-- grain: outcome
-- reads: live_outcome_plan
-- units: none
select
    outcome,
    leads_to,
    added_by
from live_outcome_plan
where leads_to != ''
order by outcome
