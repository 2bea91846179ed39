-- The typed lines, summed by month and by what they are booked on.
-- grain: month, booking
-- reads: staged_typed
-- units: as in 13_sums.sql
create or replace temporary table staged_summed as
select
    month,
    booking,
    count(*) as line_count,
    min(source_row) as first_line,
    count(amount_minor) as read_count,
    sum(amount_minor) as amount_minor
from staged_typed
group by month, booking
