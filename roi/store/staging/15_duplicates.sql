-- Lines of the file that are alike in every cell, with the first lines on which they stand.
-- grain: one row per group of identical lines, the largest amounts first
-- reads: staged_line
-- units: minor units of currency
with repeated as (

    select
        min(source_row, 5) as lines,
        count(*) as line_count,
        any_value(currency) as currency,
        any_value(amount_minor) as amount_minor
    from staged_line
    where is_read
    group by mark, label
    having count(*) > 1

)

select
    lines,
    line_count,
    currency,
    amount_minor,
    sum(line_count - 1) over () as extra
from repeated
order by abs(amount_minor) desc, lines
limit 20
