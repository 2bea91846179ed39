-- When the promise of each outcome of one epic was told here: the version that its frozen forecast holds stood
-- before the change that froze it; an outcome that was new is frozen as it is first saved.
-- grain: outcome
-- reads: forecast, outcome, change
-- units: UTC
-- params: epic
with its as (
    select
        outcome,
        min(added_by) as frozen_by
    from forecast
    where outcome in (select distinct told.outcome from outcome as told where told.epic = $epic)
    group by outcome
),

entered as (
    select
        its.outcome,
        coalesce(max(outcome.added_by), its.frozen_by) as change_id
    from its
    left join outcome
        on
            its.outcome = outcome.outcome
            and outcome.added_by < its.frozen_by
            and outcome.removed_by >= its.frozen_by
    group by its.outcome, its.frozen_by
)

select
    entered.outcome,
    change.recorded_at
from entered
inner join change on entered.change_id = change.change_id
order by entered.outcome
