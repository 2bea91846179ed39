-- What the ledger itself holds of actual cost, read from its lines and not from a mart.
-- grain: month, currency
-- reads: live_cost_line
-- units: minor units of currency
select
    month,
    currency,
    cast(sum(amount_minor) as bigint) as amount_minor,
    count(*) as line_count
from live_cost_line
where scenario = 'actual'
group by month, currency
order by month, currency
