-- For each live tick which version of the outcome stood, and when its epic was delivered, when the tick was
-- given: what was edited later is not confirmed. $outcome takes only the ticks of this one, empty takes all;
-- $only_edited leaves out ticks of which outcome and epic still stand as they did.
-- grain: outcome, tick
-- reads: live_confirmation, live_outcome, live_epic, outcome, epic
-- units: version is the change that added the outcome's row, null where none stood
select
    live_confirmation.outcome,
    live_confirmation.tick,
    outcome.added_by as version,
    epic.delivered
from live_confirmation
inner join live_outcome on live_confirmation.outcome = live_outcome.outcome
inner join live_epic on live_outcome.epic = live_epic.epic
left join outcome
    on
        live_confirmation.outcome = outcome.outcome
        and outcome.added_by <= live_confirmation.added_by
        and outcome.removed_by > live_confirmation.added_by
left join epic
    on
        outcome.epic = epic.epic
        and epic.added_by <= live_confirmation.added_by
        and epic.removed_by > live_confirmation.added_by
where
    ($outcome = '' or live_confirmation.outcome = $outcome)
    and (
        not $only_edited
        or live_outcome.added_by is distinct from outcome.added_by
        or live_epic.added_by is distinct from epic.added_by
    )
order by live_confirmation.outcome, live_confirmation.tick
