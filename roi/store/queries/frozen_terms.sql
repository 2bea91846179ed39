-- What stood beside each promise when it was frozen: before the change that froze it, else as that change made it.
-- A promise that an undo brought back was frozen by the change that first made it (`made` follows it there).
-- grain: outcome
-- reads: live_forecast, live_outcome, forecast, change, epic_plan, outcome_plan, epic, setting
-- units: days; months
with recursive made as (
    select
        outcome,
        frozen_on,
        added_by as change_id
    from live_forecast
    union all
    select
        made.outcome,
        made.frozen_on,
        forecast.added_by as change_id
    from made
    inner join change on made.change_id = change.change_id
    inner join forecast
        on
            made.outcome = forecast.outcome
            and made.frozen_on = forecast.frozen_on
            and change.undoes = forecast.removed_by
),

frozen as (
    select
        made.outcome,
        arg_min(live_outcome.epic, made.frozen_on) as epic,
        min(made.change_id) as change
    from made
    inner join live_outcome on made.outcome = live_outcome.outcome
    group by made.outcome
),

agreed as (
    select
        frozen.outcome,
        arg_min_null(epic_plan.due_on, epic_plan.added_by) as due_on
    from frozen
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
    from frozen
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
    from frozen
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
from frozen
left join agreed on frozen.outcome = agreed.outcome
left join lasts on frozen.outcome = lasts.outcome
left join work on frozen.outcome = work.outcome
left join setting
    on
        setting.name = 'horizon_months'
        and setting.added_by < frozen.change
        and setting.removed_by >= frozen.change
order by frozen.outcome
