-- The numbered changes that put or ended something of one epic or of its outcomes.
-- grain: change
-- reads: epic, epic_plan, epic_team, epic_slice, epic_wait, obligation, obligation_met, success_measure, outcome,
--   outcome_plan, forecast, reading, confirmed_reading, confirmation, question, closure
-- units: none
-- params: epic
with its_outcome as (
    select distinct outcome.outcome
    from outcome
    where outcome.epic = $epic
),

touched as (
    select added_by, removed_by
    from epic
    where epic = $epic
    union
    select added_by, removed_by
    from epic_plan
    where epic = $epic
    union
    select added_by, removed_by
    from epic_team
    where epic = $epic
    union
    select added_by, removed_by
    from epic_slice
    where epic = $epic
    union
    select added_by, removed_by
    from epic_wait
    where epic = $epic
    union
    select added_by, removed_by
    from obligation
    where epic = $epic
    union
    select added_by, removed_by
    from obligation_met
    where epic = $epic
    union
    select added_by, removed_by
    from success_measure
    where epic = $epic
    union
    select added_by, removed_by
    from outcome
    where epic = $epic
    union
    select added_by, removed_by
    from outcome_plan
    where outcome in (select its_outcome.outcome from its_outcome)
    union
    select added_by, removed_by
    from forecast
    where outcome in (select its_outcome.outcome from its_outcome)
    union
    select added_by, removed_by
    from reading
    where outcome in (select its_outcome.outcome from its_outcome)
    union
    select added_by, removed_by
    from confirmed_reading
    where outcome in (select its_outcome.outcome from its_outcome)
    union
    select added_by, removed_by
    from confirmation
    where outcome in (select its_outcome.outcome from its_outcome)
    union
    select added_by, removed_by
    from question
    where outcome in (select its_outcome.outcome from its_outcome)
    union
    select added_by, removed_by
    from closure
    where outcome in (select its_outcome.outcome from its_outcome)
)

select added_by as change_id
from touched
union
select removed_by as change_id
from touched
where removed_by < 2147483647
order by change_id
