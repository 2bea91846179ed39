-- The months and cost types that the staged file names, with where they stand first.
-- grain: month, category
-- reads: staged_line
-- units: months as yyyymm; counts of lines, and the first five lines of each
select
    month,
    category,
    count(*) as line_count,
    min(source_row, 5) as first_lines
from staged_line
where month is not null and category is not null and aside = ''
group by month, category
order by min(source_row)
