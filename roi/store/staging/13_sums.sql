-- The staged lines, summed by month and by what they are booked on.
-- grain: month, booking
-- reads: staged_typed, staged_coding
-- units: minor units of currency; sums are whole numbers of any size, as the file is not accepted yet; counts of lines
create or replace temporary table staged_sum as
with summed as (

    select
        month,
        booking,
        count(*) as line_count,
        min(source_row) as first_line,
        count(amount_minor) as read_count,
        sum(amount_minor) as amount_minor
    from staged_typed
    group by month, booking

)

select
    summed.* exclude (booking),
    coding.* exclude (key, coding, is_new, words)
from summed
inner join staged_coding as coding on summed.booking = coding.booking
