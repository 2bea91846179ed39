-- Rows about value that share other than a whole, lead to each other, name a cell or an input that is not there or a
-- line in another currency, put the same money in two places, or tell the life of a value stream in which no team ever
-- stood; and the change that added them.
-- grain: one row per broken reference
-- reads: live views
-- units: none
select 'epic ' || epic as what, 'the whole of its effort' as names, max(added_by) as change_id
from live_epic_team
group by epic
having sum(effort) != 1000000

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

select 'outcome ' || outcome, 'an input of ' || driver, added_by
from live_outcome_plan
where driver != '' and driver not in (select live_driver_input.driver from live_driver_input)

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

select 'the life of a product', value_stream, added_by
from live_product_life
where
    value_stream not in (select live_team.value_stream from live_team)
    and value_stream not in (select live_team_structure.value_stream from live_team_structure)
