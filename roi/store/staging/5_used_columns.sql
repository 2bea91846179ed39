-- Every distinct text where a date belongs of a file that was read as columns in memory, counted there.
-- grain: written, is_posting
-- reads: staged_used_column
-- units: as in 5_used.sql
create or replace temporary table staged_used as
select written, is_posting, lines, first_line
from staged_used_column
