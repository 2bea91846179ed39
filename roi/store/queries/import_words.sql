-- The months and cost types that the staged file names, with where they stand first.
-- grain: month, category
-- reads: staged_sum
-- units: months as yyyymm; counts of lines, and the first line of each
select
    month,
    category,
    cast(sum(line_count) as bigint) as line_count,
    min(first_line) as first_line
from staged_sum
where month is not null and category is not null and aside = ''
group by month, category
order by min(first_line)
