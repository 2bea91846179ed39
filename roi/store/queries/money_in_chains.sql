-- The outcomes of chains that claim money, with their measure and whose money it is.
-- grain: outcome
-- reads: live_outcome, live_outcome_plan
-- units: words
select
    live_outcome.outcome,
    live_outcome.metric,
    live_outcome.value_class,
    coalesce(live_outcome_plan.line, '') as line,
    coalesce(live_outcome_plan.cell, '') as cell
from live_outcome
left join live_outcome_plan on live_outcome.outcome = live_outcome_plan.outcome
where
    live_outcome.unit_value <> ''
    and live_outcome.value_class <> 'not_financial'
    and (
        live_outcome_plan.leads_to <> ''
        or live_outcome.outcome in (select leads_to from live_outcome_plan)
    )
order by live_outcome.outcome
