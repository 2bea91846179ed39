-- One hash for every ten thousand lines that a change added, over every column.
-- grain: origin_change and part of ten thousand source rows
-- reads: cost_line
-- units: none
with written as (

    select
        origin_change,
        source_row,
        source_row // 10000 as part,
        concat_ws(
            chr(31), source_row, source, month, period_first, period_last, team, cost_centre, pool,
            person_key, category, supplier, reference, description, scenario, nature, intent, treatment,
            line_key, aside, currency, amount_minor
        ) as line
    from cost_line
    where added_by = $change_id

)

select
    origin_change || '/' || part as part,
    sha256(string_agg(line, chr(10) order by source_row, line)) as digest
from written
group by origin_change, written.part
order by origin_change, written.part
