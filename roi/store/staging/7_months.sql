-- The month of each written date, now that the date order is known.
-- grain: written
-- reads: staged_date
-- units: months as yyyymm; NULL where it cannot be read
create or replace temporary table staged_month as
select
    written,
    coalesce(
        plain,
        case
            when $order = 'iso' then null
            when $order = 'month-first' then month_first
            when $order = 'day-first' or is_dotted then day_first
            when day_first = month_first then day_first
        end
    ) as month
from staged_date
