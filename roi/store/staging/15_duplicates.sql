-- Lines of the file that are alike in every cell, with the first lines on which they stand.
-- grain: one row per group of identical lines, the largest amounts first
-- reads: staged_line, staged_text
-- units: minor units of currency
with repeated as (

    select
        min(line.source_row, 5) as lines,
        count(*) as line_count,
        any_value(line.currency) as currency,
        any_value(line.amount_minor) as amount_minor
    from staged_line as line
    inner join staged_text as text on line.record = text.record
    where line.is_read
    group by line.mark, text.label
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
