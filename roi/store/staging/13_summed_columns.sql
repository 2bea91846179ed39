-- The lines of a file that was read as columns in memory, summed there by month and by what they are booked on.
-- grain: month, booking
-- reads: staged_summed_column
-- units: as in 13_sums.sql
create or replace temporary view staged_summed as
select
    month,
    booking,
    line_count,
    first_line,
    line_count as read_count,
    cast(amount_minor as hugeint) as amount_minor
from staged_summed_column
