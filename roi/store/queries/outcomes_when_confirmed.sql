-- Every version of an outcome that stood when one of its live ticks was given, each once.
-- $outcome takes only this one, empty takes all; $only_edited leaves out versions of which outcome and epic
-- still stand as they did.
-- grain: outcome, version of it
-- reads: live_confirmation, live_outcome, live_epic, outcome
-- units: as in outcome
select outcome.*
from outcome
inner join live_outcome on outcome.outcome = live_outcome.outcome
inner join live_epic on live_outcome.epic = live_epic.epic
where
    ($outcome = '' or outcome.outcome = $outcome)
    and exists (
        select 1
        from live_confirmation
        where
            live_confirmation.outcome = outcome.outcome
            and outcome.added_by <= live_confirmation.added_by
            and outcome.removed_by > live_confirmation.added_by
            and (
                not $only_edited
                or outcome.added_by <> live_outcome.added_by
                or live_epic.added_by > live_confirmation.added_by
            )
    )
