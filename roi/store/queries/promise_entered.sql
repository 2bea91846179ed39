-- When the promise of each outcome was told here, and when it was read first: the version that its frozen forecast
-- holds stood before the change that froze it; an outcome that was new is frozen as it is first saved.
-- grain: outcome that is frozen
-- reads: forecast, outcome, live_reading, live_outcome, change
-- units: days in UTC; first_read is NULL where it is not read
-- params: epic; NULL: of all epics
with its as (
    select
        outcome,
        min(added_by) as frozen_by
    from forecast
    where $epic is null or outcome in (select told.outcome from outcome as told where told.epic = $epic)
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
),

read_first as (
    select
        outcome,
        min(read_on) as read_on
    from (
        select outcome, read_on from live_reading
        union all
        select outcome, read_on from live_outcome
    )
    where outcome in (select its.outcome from its)
    group by outcome
)

select
    entered.outcome,
    cast(change.recorded_at as date) as entered_on,
    read_first.read_on as first_read
from entered
inner join change on entered.change_id = change.change_id
left join read_first on entered.outcome = read_first.outcome
order by entered.outcome
