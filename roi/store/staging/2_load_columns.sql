-- The cells of a file that was read as columns in memory.
-- grain: line
-- reads: staged_column
-- units: as in 2_text.sql
create or replace temporary view staged_cell as
select * from staged_column
