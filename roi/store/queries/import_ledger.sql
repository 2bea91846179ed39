-- What the source would hold in the file's months and scenarios after the import.
-- grain: currency, scenario
-- reads: staged_line, live_cost_line
-- units: minor units of currency; $is_replacing: the old lines of those months end
with entries as (

    select currency, scenario, amount_minor
    from staged_line

    union all

    select currency, scenario, amount_minor
    from live_cost_line
    where
        not $is_replacing
        and source = $source
        and (month, scenario) in (select (staged_line.month, staged_line.scenario) from staged_line)

)

select
    currency,
    scenario,
    cast(coalesce(sum(amount_minor), 0) as bigint) as amount_minor
from entries
group by currency, scenario
order by currency, scenario
