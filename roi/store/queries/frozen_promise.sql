-- Every promise that is frozen: its epic, and the change that froze it.
-- A promise that an undo brought back was frozen by the change that first made it (`made` follows it there).
-- grain: outcome
-- reads: live_forecast, live_outcome, forecast, change
-- units: none; a change by its number
create or replace temporary view frozen_promise as
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
)

select
    made.outcome,
    arg_min(live_outcome.epic, made.frozen_on) as epic,
    min(made.change_id) as change
from made
inner join live_outcome on made.outcome = live_outcome.outcome
group by made.outcome
