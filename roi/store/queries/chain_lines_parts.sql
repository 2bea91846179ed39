-- How many lines a change added in each ten thousand rows of the files they came from.
-- grain: origin_change and part of ten thousand source rows
-- reads: ledger_line
-- units: counts of lines
select
    origin_change,
    source_row // 10000 as part,
    count(*) as line_count
from ledger_line
where added_by = $change_id
group by all
order by all
