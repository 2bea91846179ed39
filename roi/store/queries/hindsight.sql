-- How many frozen promises were told here only on or after the day of their first reading (law T11). The version
-- that a frozen promise holds stood before the change that froze it, or came with it where it was new.
-- grain: one row
-- reads: forecast, outcome, live_reading, live_outcome, change
-- units: counts
with frozen as (
    select
        outcome,
        min(added_by) as frozen_by
    from forecast
    group by outcome
),

entered as (
    select
        frozen.outcome,
        coalesce(max(outcome.added_by), frozen.frozen_by) as change_id
    from frozen
    left join outcome
        on
            frozen.outcome = outcome.outcome
            and outcome.added_by < frozen.frozen_by
            and outcome.removed_by >= frozen.frozen_by
    group by frozen.outcome, frozen.frozen_by
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
    group by outcome
)

select count(*) as told_late
from entered
inner join read_first on entered.outcome = read_first.outcome
inner join change on entered.change_id = change.change_id
where read_first.read_on <= cast(change.recorded_at as date)
