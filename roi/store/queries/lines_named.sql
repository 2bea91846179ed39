-- The changes by which the plan of $outcome named another finance line, cell or origin and so ended ticks of finance
-- that said whose money it is; newest first. Those that were undone gave the ticks back.
-- grain: change
-- reads: outcome_plan, confirmation, change
-- units: numbers of changes
select named.added_by as change_id
from outcome_plan as named
inner join outcome_plan as before
    on named.outcome = before.outcome and named.added_by = before.removed_by
where
    named.outcome = $outcome
    and (named.line, named.cell, named.copied_from) is distinct from (before.line, before.cell, before.copied_from)
    and exists (
        select 1
        from confirmation
        where
            confirmation.outcome = named.outcome
            and confirmation.removed_by = named.added_by
            and confirmation.tick in ('unit_value', 'share')
    )
    and not exists (select 1 from change where change.undoes = named.added_by)
order by named.added_by desc
