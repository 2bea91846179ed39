-- Outcomes that are read or delivered and whose day of agreement a change takes away or moves to before it was.
-- grain: outcome
-- reads: outcome_plan, live_outcome_plan, live_outcome, live_epic
-- units: days
select
    outcome_plan.outcome,
    live_outcome.metric,
    outcome_plan.agreed_on
from outcome_plan
inner join live_outcome on outcome_plan.outcome = live_outcome.outcome
inner join live_epic on live_outcome.epic = live_epic.epic
left join live_outcome_plan on outcome_plan.outcome = live_outcome_plan.outcome
where
    outcome_plan.removed_by = $change_id
    and outcome_plan.agreed_on is not null
    and (live_outcome_plan.agreed_on is null or live_outcome_plan.agreed_on < outcome_plan.agreed_on)
    and (live_outcome.read_on is not null or (not $is_slip and live_epic.delivered is not null))
order by outcome_plan.outcome
