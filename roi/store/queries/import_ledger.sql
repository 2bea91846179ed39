-- What the source would hold in the file's months and scenarios after the import.
-- grain: currency, scenario
-- reads: staged_sum, live_cost_line
-- units: minor units of currency; $is_replacing: the old lines of those months end
with entries as (

    select currency, scenario, amount_minor
    from staged_sum

    union all

    select currency, scenario, amount_minor
    from live_cost_line
    where
        not $is_replacing
        and source = $source
        and (month, scenario) in (select (staged_sum.month, staged_sum.scenario) from staged_sum)

)

select
    currency,
    scenario,
    cast(coalesce(sum(amount_minor), 0) as bigint) as amount_minor
from entries
group by currency, scenario
order by currency, scenario
