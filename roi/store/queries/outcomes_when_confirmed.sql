-- Every version of an outcome that stood when one of its live ticks was given, each once.
-- $outcome takes only this one, empty takes all.
-- grain: outcome, version of it
-- reads: live_confirmation, outcome
-- units: as in outcome
select outcome.*
from outcome
where
    ($outcome = '' or outcome.outcome = $outcome)
    and exists (
        select 1
        from live_confirmation
        where
            live_confirmation.outcome = outcome.outcome
            and outcome.added_by <= live_confirmation.added_by
            and outcome.removed_by > live_confirmation.added_by
    )
