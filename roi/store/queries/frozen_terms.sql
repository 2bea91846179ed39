-- What stood beside each promise when it was frozen: before the change that froze it, else as that change made it.
-- grain: outcome
-- reads: frozen_promise (temporary view of this cursor), epic_plan, outcome_plan, epic, setting
-- units: days; months
with agreed as (
    select
        frozen.outcome,
        arg_min_null(epic_plan.due_on, epic_plan.added_by) as due_on
    from frozen_promise as frozen
    inner join epic_plan
        on
            frozen.epic = epic_plan.epic
            and epic_plan.added_by <= frozen.change
            and epic_plan.removed_by >= frozen.change
    group by frozen.outcome
),

lasts as (
    select
        frozen.outcome,
        arg_min_null(outcome_plan.horizon_months, outcome_plan.added_by) as horizon_months
    from frozen_promise as frozen
    inner join outcome_plan
        on
            frozen.outcome = outcome_plan.outcome
            and outcome_plan.added_by <= frozen.change
            and outcome_plan.removed_by >= frozen.change
    group by frozen.outcome
),

work as (
    select
        frozen.outcome,
        arg_min_null(epic.delivered, epic.added_by) as delivered
    from frozen_promise as frozen
    inner join epic
        on
            frozen.epic = epic.epic
            and epic.added_by <= frozen.change
            and epic.removed_by >= frozen.change
    group by frozen.outcome
)

select
    frozen.outcome,
    agreed.due_on,
    work.delivered,
    coalesce(lasts.horizon_months, try_cast(setting.value as integer), 0) as horizon_months
from frozen_promise as frozen
left join agreed on frozen.outcome = agreed.outcome
left join lasts on frozen.outcome = lasts.outcome
left join work on frozen.outcome = work.outcome
left join setting
    on
        setting.name = 'horizon_months'
        and setting.added_by < frozen.change
        and setting.removed_by >= frozen.change
order by frozen.outcome
