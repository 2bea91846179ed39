-- For each live tick which version of the outcome stood, and when its epic was delivered, when the tick was
-- given: what was edited later is not confirmed. $outcome takes only the ticks of this one, empty takes all.
-- grain: outcome, tick
-- reads: live_confirmation, outcome, epic
-- units: version is the change that added the outcome's row
select
    outcome.outcome,
    live_confirmation.tick,
    outcome.added_by as version,
    epic.delivered
from live_confirmation
inner join outcome
    on
        live_confirmation.outcome = outcome.outcome
        and outcome.added_by <= live_confirmation.added_by
        and outcome.removed_by > live_confirmation.added_by
inner join epic
    on
        outcome.epic = epic.epic
        and epic.added_by <= live_confirmation.added_by
        and epic.removed_by > live_confirmation.added_by
where $outcome = '' or live_confirmation.outcome = $outcome
order by live_confirmation.outcome, live_confirmation.tick
