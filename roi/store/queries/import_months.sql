-- The staged file by posting month, currency and scenario.
-- grain: month, currency, scenario
-- reads: staged_sum
-- units: minor units of currency; sums are whole numbers of any size, as the file is not accepted yet
select
    month,
    currency,
    scenario,
    cast(sum(read_count) as bigint) as line_count,
    sum(amount_minor) as amount_minor
from staged_sum
where month is not null and read_count > 0
group by month, currency, scenario
order by month, scenario, currency
