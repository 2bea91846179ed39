-- The links of every chain of outcomes.
-- grain: outcome
-- reads: live_outcome_plan
-- units: none
select
    outcome,
    leads_to
from live_outcome_plan
where leads_to != ''
order by outcome
