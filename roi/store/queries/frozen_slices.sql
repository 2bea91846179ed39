-- The parts of an epic that were delivered when a promise of it was frozen, as `frozen_terms` reads the rest.
-- grain: outcome, slice
-- reads: frozen_promise (temporary view of this cursor), epic_slice
-- units: share in parts per million
select
    frozen.outcome,
    epic_slice.delivered,
    epic_slice.share
from frozen_promise as frozen
inner join epic_slice
    on
        frozen.epic = epic_slice.epic
        and epic_slice.added_by < frozen.change
        and epic_slice.removed_by >= frozen.change
where epic_slice.delivered is not null
order by frozen.outcome, epic_slice.delivered, epic_slice.slice
