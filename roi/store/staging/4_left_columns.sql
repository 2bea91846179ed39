-- The cells of a file that was read as columns in memory, but for lines that are left out.
-- grain: line
-- reads: staged_column, staged_left
-- units: as in 2_text.sql
create or replace temporary view staged_cell as
select *
from staged_column
where line not in (select staged_left.line from staged_left)
