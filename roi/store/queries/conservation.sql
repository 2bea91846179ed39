-- Law T1: months and currencies in which a mart does not hold exactly the ledger's sum, hop after hop.
-- grain: month, currency; empty when nothing is lost
-- reads: live_ledger_line, coding, mart_cost_bucket, mart_team_cost, mart_full_cost, touched_month
-- units: minor units of currency
with entries as (

    select
        line.month, coding.currency, cast(sum(line.amount_minor) as bigint) as ledger, count(*) as ledger_lines,
        0 as bucket, 0 as bucket_lines, 0 as placed, 0 as on_teams, 0 as full_cost
    from live_ledger_line as line
    left join coding on line.coding = coding.coding
    where line.month in (select touched_month.month from touched_month)
    group by line.month, coding.currency

    union all

    select month, currency, 0, 0, cast(sum(amount_minor) as bigint), cast(sum(line_count) as bigint), 0, 0, 0
    from mart_cost_bucket
    where month in (select touched_month.month from touched_month)
    group by month, currency

    union all

    select
        month, currency, 0, 0, 0, 0,
        cast(sum(amount_minor) as bigint),
        cast(coalesce(sum(amount_minor) filter (where placed in ('team', 'overhead')), 0) as bigint),
        0
    from mart_team_cost
    where month in (select touched_month.month from touched_month)
    group by month, currency

    union all

    select month, currency, 0, 0, 0, 0, 0, 0, cast(sum(amount_minor) as bigint)
    from mart_full_cost
    where basis = 'actual' and month in (select touched_month.month from touched_month)
    group by month, currency

)

select
    month,
    currency,
    cast(sum(ledger) as bigint) as ledger,
    cast(sum(bucket) as bigint) as bucket,
    cast(sum(placed) as bigint) as placed
from entries
group by month, currency
having
    sum(ledger) != sum(bucket)
    or sum(ledger) != sum(placed)
    or sum(ledger_lines) != sum(bucket_lines)
    or sum(on_teams) != sum(full_cost)
order by month, currency
