-- The staged lines, summed by month and by what they are booked on, with what that is.
-- A view: to carry the words of each costs more than to put them to it where they are asked for.
-- grain: month, booking
-- reads: staged_summed, staged_coding
-- units: minor units of currency; sums are whole numbers of any size, as the file is not accepted yet; counts of lines
create or replace temporary view staged_sum as
select
    summed.* exclude (booking),
    coding.* exclude (key, coding, is_new, words)
from staged_summed as summed
inner join staged_coding as coding on summed.booking = coding.booking
