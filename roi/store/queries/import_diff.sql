-- The staged lines against those that the source has in the same months and scenarios, as multisets (D20).
-- grain: one row
-- reads: staged_typed, staged_sum, live_cost_line
-- units: counts of lines; a line is the same when every column but its row and its reason to be aside is
with held as (

    select
        mark_of_line(
            mark_of_words(
                team, cost_centre, pool, person_key, category, scenario, nature, intent, treatment, currency
            ),
            month, period_first, period_last, supplier, reference, description, line_key, amount_minor
        ) as mark,
        count(*) as lines
    from live_cost_line
    where
        source = $source
        and (month, scenario) in (select (staged_sum.month, staged_sum.scenario) from staged_sum)
    group by all

),

sent as (

    select
        mark,
        count(*) as lines
    from staged_typed
    group by mark

)

select
    cast(coalesce(sum(greatest(coalesce(sent.lines, 0) - coalesce(held.lines, 0), 0)), 0) as bigint) as new,
    cast(coalesce(sum(least(coalesce(sent.lines, 0), coalesce(held.lines, 0))), 0) as bigint) as unchanged,
    cast(coalesce(sum(greatest(coalesce(held.lines, 0) - coalesce(sent.lines, 0), 0)), 0) as bigint) as removed
from sent
full join held on sent.mark = held.mark
