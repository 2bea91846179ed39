-- Rows about value that name something that is not there (epic, outcome, initiative, finance line, driver), share
-- other than a whole, or put the same money in two places; and the change that added them.
-- grain: one row per broken reference
-- reads: live views
-- units: none
select 'planned position ' || position as what, epic as names, added_by as change_id
from live_planned_position
where epic != '' and epic not in (select live_epic.epic from live_epic)

union all

select 'plan of epic ' || epic, epic, added_by
from live_epic_plan
where epic not in (select live_epic.epic from live_epic)

union all

select 'plan of epic ' || epic, initiative, added_by
from live_epic_plan
where initiative != '' and initiative not in (select live_initiative.initiative from live_initiative)

union all

select 'copy ' || epic, copied_from, added_by
from live_epic_plan
where copied_from != '' and copied_from not in (select live_epic.epic from live_epic)

union all

select 'team ' || team || ' of an epic', epic, added_by
from live_epic_team
where epic not in (select live_epic.epic from live_epic)

union all

select 'epic ' || epic, team, added_by
from live_epic_team
where team not in (select live_team.team from live_team)

union all

select 'epic ' || epic, 'the whole of its effort', max(added_by)
from live_epic_team
group by epic
having sum(effort) != 1000000

union all

select 'slice ' || slice, epic, added_by
from live_epic_slice
where epic not in (select live_epic.epic from live_epic)

union all

select 'effort', epic, min(added_by)
from live_epic_effort
where epic != '' and epic not in (select live_epic.epic from live_epic)
group by epic

union all

select 'effort', team, min(added_by)
from live_epic_effort
where team not in (select live_team.team from live_team)
group by team

union all

select 'measure ' || name, initiative, added_by
from live_success_measure
where initiative != '' and initiative not in (select live_initiative.initiative from live_initiative)

union all

select 'measure ' || name, epic, added_by
from live_success_measure
where epic != '' and epic not in (select live_epic.epic from live_epic)

union all

select 'plan of outcome', outcome, min(added_by)
from live_outcome_plan
where outcome not in (select live_outcome.outcome from live_outcome)
group by outcome

union all

select 'forecast', outcome, min(added_by)
from live_forecast
where outcome not in (select live_outcome.outcome from live_outcome)
group by outcome

union all

select 'reading', outcome, min(added_by)
from live_reading
where outcome not in (select live_outcome.outcome from live_outcome)
group by outcome

union all

select 'confirmed reading', outcome, min(added_by)
from live_confirmed_reading
where outcome not in (select live_outcome.outcome from live_outcome)
group by outcome

union all

select 'end of outcome', outcome, min(added_by)
from live_closure
where outcome not in (select live_outcome.outcome from live_outcome)
group by outcome

union all

select 'question', outcome, min(added_by)
from live_question
where outcome not in (select live_outcome.outcome from live_outcome)
group by outcome

union all

select 'outcome ' || outcome, leads_to, added_by
from live_outcome_plan
where leads_to != '' and leads_to not in (select live_outcome.outcome from live_outcome)

union all

select 'copy ' || outcome, copied_from, added_by
from live_outcome_plan
where copied_from != '' and copied_from not in (select live_outcome.outcome from live_outcome)

union all

select 'outcome ' || one.outcome, other.outcome || ', to which it leads and which leads to it', max(other.added_by)
from live_outcome_plan as one
inner join live_outcome_plan as other on one.leads_to = other.outcome and other.leads_to = one.outcome
group by one.outcome, other.outcome

union all

select
    'outcome ' || live_outcome_plan.outcome,
    live_outcome_plan.line || ' ' || live_outcome_plan.cell,
    live_outcome_plan.added_by
from live_outcome_plan
anti join live_line_cell
    on live_outcome_plan.line = live_line_cell.line and live_outcome_plan.cell = live_line_cell.cell
where live_outcome_plan.line != ''

union all

select 'outcome ' || live_outcome_plan.outcome, 'the currency of ' || live_finance_line.name, live_outcome_plan.added_by
from live_outcome_plan
inner join live_finance_line on live_outcome_plan.line = live_finance_line.line
inner join live_outcome on live_outcome_plan.outcome = live_outcome.outcome
where live_outcome.unit_value != '' and live_outcome.currency != live_finance_line.currency

union all

select 'outcome ' || outcome, driver, added_by
from live_outcome_plan
where driver != '' and driver not in (select live_value_driver.driver from live_value_driver)

union all

select 'outcome ' || outcome, 'an input of ' || driver, added_by
from live_outcome_plan
where driver != '' and driver not in (select live_driver_input.driver from live_driver_input)

union all

select 'cell ' || cell, line, added_by
from live_line_cell
where line not in (select live_finance_line.line from live_finance_line)

union all

select 'months', live_line_month.line || ' ' || live_line_month.cell, min(live_line_month.added_by)
from live_line_month
anti join live_line_cell on live_line_month.line = live_line_cell.line and live_line_month.cell = live_line_cell.cell
group by live_line_month.line, live_line_month.cell

union all

select 'two cells of ' || line, 'the segment ' || segment, max(added_by)
from (select line, added_by, unnest(string_split(segments, '|')) as segment from live_line_cell where segments != '')
group by line, segment
having count(*) > 1

union all

select 'input ' || input, driver, added_by
from live_driver_input
where driver not in (select live_value_driver.driver from live_value_driver)

order by change_id, what
