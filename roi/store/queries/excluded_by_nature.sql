-- Lines of excluded natures, which tie the cost base to the books (rule V1).
-- grain: nature
-- reads: shown_team_cost
-- units: minor units as shown, NULL where a rate is missing
-- params: $first and $last as yyyymm, both included; $pay: false leaves pay out
select
    nature as name,
    case when count(*) = count(amount_minor) then cast(sum(amount_minor) as bigint) end as amount_minor,
    cast(sum(line_count) as bigint) as line_count
from shown_team_cost
where
    scenario = 'actual'
    and placed = 'excluded'
    and ($pay or not is_pay)
    and month between $first and $last
group by nature
order by abs(sum(amount_minor)) desc, nature
