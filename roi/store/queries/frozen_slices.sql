-- The parts of an epic that were delivered when a promise of it was frozen, as `frozen_terms` reads the rest.
-- A promise that an undo brought back was frozen by the change that first made it (`made` follows it there).
-- grain: outcome, slice
-- reads: live_forecast, live_outcome, forecast, change, epic_slice
-- units: share in parts per million
with recursive made as (
    select
        outcome,
        frozen_on,
        added_by as change_id
    from live_forecast
    union all
    select
        made.outcome,
        made.frozen_on,
        forecast.added_by as change_id
    from made
    inner join change on made.change_id = change.change_id
    inner join forecast
        on
            made.outcome = forecast.outcome
            and made.frozen_on = forecast.frozen_on
            and change.undoes = forecast.removed_by
),

frozen as (
    select
        made.outcome,
        arg_min(live_outcome.epic, made.frozen_on) as epic,
        min(made.change_id) as change
    from made
    inner join live_outcome on made.outcome = live_outcome.outcome
    group by made.outcome
)

select
    frozen.outcome,
    epic_slice.delivered,
    epic_slice.share
from frozen
inner join epic_slice
    on
        frozen.epic = epic_slice.epic
        and epic_slice.added_by < frozen.change
        and epic_slice.removed_by >= frozen.change
where epic_slice.delivered is not null
order by frozen.outcome, epic_slice.delivered, epic_slice.slice
