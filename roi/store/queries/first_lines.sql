-- The outcomes that named their first finance line when finance had confirmed them on none, as stores from before cash
-- needed one hold them, and the change that named it: it ended ticks. $outcome takes only this one, empty takes all.
-- grain: outcome
-- reads: outcome_plan, confirmation
-- units: none
select
    named.outcome,
    max(named.added_by) as change_id
from outcome_plan as named
inner join outcome_plan as before
    on named.outcome = before.outcome and named.added_by = before.removed_by
where
    ($outcome = '' or named.outcome = $outcome)
    and before.line = ''
    and named.line != ''
    and exists (
        select 1
        from confirmation
        where confirmation.outcome = named.outcome and confirmation.removed_by = named.added_by
    )
group by named.outcome
order by named.outcome
