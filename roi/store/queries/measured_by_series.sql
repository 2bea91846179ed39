-- The outcomes that name a series by month as their measure, with metric, unit and whose money it is.
-- grain: outcome
-- reads: live_outcome_plan, live_outcome
-- units: words
select
    live_outcome_plan.series,
    live_outcome.outcome,
    live_outcome.metric,
    live_outcome.unit,
    live_outcome_plan.line,
    live_outcome_plan.cell
from live_outcome_plan
inner join live_outcome on live_outcome_plan.outcome = live_outcome.outcome
where live_outcome_plan.series <> ''
order by live_outcome_plan.series, live_outcome.outcome
