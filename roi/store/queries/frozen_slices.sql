-- The parts of an epic that were delivered when a promise of it was frozen, as `frozen_terms` reads the rest.
-- grain: outcome, slice
-- reads: live_forecast, live_outcome, forecast, epic_slice
-- units: share in parts per million
with frozen as (
    select
        live_forecast.outcome,
        arg_min(live_outcome.epic, live_forecast.frozen_on) as epic,
        min(forecast.added_by) as change
    from live_forecast
    inner join live_outcome on live_forecast.outcome = live_outcome.outcome
    inner join forecast
        on live_forecast.outcome = forecast.outcome and live_forecast.frozen_on = forecast.frozen_on
    group by live_forecast.outcome
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
