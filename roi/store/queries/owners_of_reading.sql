-- Who has owned $outcome since its reading that stands was recorded, undone edits left out.
-- grain: owner
-- reads: outcome, live_outcome, change
-- units: names
select distinct outcome.owner
from outcome
inner join live_outcome
    on
        outcome.outcome = live_outcome.outcome
        and outcome.actual is not distinct from live_outcome.actual
        and outcome.read_on is not distinct from live_outcome.read_on
where
    outcome.outcome = $outcome
    and live_outcome.read_on is not null
    and not exists (select 1 from change as undo where undo.undoes = outcome.added_by)
order by outcome.owner
