-- The first five lines of the staged file in a month, or of a cost type; NULL: whichever.
-- grain: one row
-- reads: staged_line
-- units: months as yyyymm
select min(source_row, 5) as first_lines
from staged_line
where
    month is not null and category is not null and aside = ''
    and month = coalesce($month, month) and category = coalesce($category, category)
