-- Which imports brought pay, whether or not it is still live: their sums are for finance.
-- grain: change that imported the file
-- reads: cost_line, live_people_category; $changes a list of change numbers
-- units: none
select distinct cost_line.origin_change as change_id
from cost_line
left join live_people_category on cost_line.category = live_people_category.category
where
    list_contains($changes, cost_line.origin_change)
    and (coalesce(live_people_category.is_pay, false) or cost_line.person_key != '')
order by change_id
