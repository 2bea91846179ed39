-- Every combination of words that decide where a line belongs, of a file that was read as columns in memory.
-- grain: key
-- reads: staged_booking_column
-- units: as in 9_bookings.sql; no line is aside
create or replace temporary table staged_booking as
select
    cast(row_number() over () as integer) as booking,
    key,
    coalesce(team, '') as team,
    coalesce(cost_centre, '') as cost_centre,
    coalesce(pool, '') as pool,
    coalesce(person_key, '') as person_key,
    coalesce(category, '') as category,
    coalesce(scenario, '') as scenario,
    coalesce(nature, '') as nature,
    coalesce(intent, '') as intent,
    coalesce(treatment, '') as treatment,
    coalesce(currency, '') as currency,
    cast(null as varchar) as aside
from staged_booking_column
