-- For each live tick the outcome as it stood when the tick was given: a value edited later is not confirmed.
-- grain: outcome, tick
-- reads: live_confirmation, outcome
-- units: as in outcome
select
    live_confirmation.tick,
    outcome.*
from live_confirmation
inner join outcome
    on
        live_confirmation.outcome = outcome.outcome
        and outcome.added_by <= live_confirmation.added_by
        and outcome.removed_by > live_confirmation.added_by
order by live_confirmation.outcome, live_confirmation.tick
