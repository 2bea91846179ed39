-- Staged lines that another source has just so in the same months and scenarios, as multisets.
-- grain: source
-- reads: staged_typed, staged_sum, live_cost_line
-- units: counts of lines; a line is the same when every column but its row, source and reason to be aside is
with held as (

    select
        source,
        mark_of_line(
            mark_of_words(
                team, cost_centre, pool, person_key, category, scenario, nature, intent, treatment, currency
            ),
            month, period_first, period_last, supplier, reference, description, line_key, amount_minor
        ) as mark,
        count(*) as line_count
    from live_cost_line
    where
        source != $source
        and (month, scenario) in (select (staged_sum.month, staged_sum.scenario) from staged_sum)
        and amount_minor in (select staged_typed.amount_minor from staged_typed)
    group by all

),

sent as (

    select
        mark,
        count(*) as line_count
    from staged_typed
    where mark in (select held.mark from held)
    group by mark

)

select
    held.source,
    cast(sum(least(held.line_count, sent.line_count)) as bigint) as line_count
from held
inner join sent on held.mark = sent.mark
group by held.source
order by line_count desc, held.source
