-- The staged file by posting month, currency and scenario.
-- grain: month, currency, scenario
-- reads: staged_line
-- units: minor units of currency; sums are whole numbers of any size, as the file is not accepted yet
select
    month,
    currency,
    scenario,
    count(*) as line_count,
    sum(amount_minor) as amount_minor
from staged_line
where month is not null and amount_minor is not null
group by month, currency, scenario
order by month, scenario, currency
