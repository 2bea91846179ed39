-- Actual cost of each month by what it is: place, nature, pool, intent and treatment; pay apart.
-- grain: month, placed, nature, pool, intent, treatment, is_pay
-- reads: shown_team_cost
-- units: minor units as shown, NULL where a rate is missing
select
    month,
    placed,
    nature,
    pool,
    intent,
    treatment,
    is_pay,
    case when count(*) = count(amount_minor) then cast(sum(amount_minor) as bigint) end as amount_minor,
    cast(sum(line_count) as bigint) as line_count
from shown_team_cost
where scenario = 'actual'
group by month, placed, nature, pool, intent, treatment, is_pay
order by month, placed, nature, pool, intent, treatment, is_pay
