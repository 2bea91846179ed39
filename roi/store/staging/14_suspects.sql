-- Lines that may have a month, amount, period or length that cannot be taken, or only with a warning.
-- grain: record
-- reads: staged_typed, staged_coding
-- units: none
create or replace temporary table staged_suspect as
with long_name as (

    select booking
    from staged_coding
    where greatest(strlen(team), strlen(cost_centre), strlen(pool), strlen(category)) > $name_letters

)

select record
from staged_typed
where
    month is null
    or amount_minor is null
    or month != coalesce($stated_month, month)
    or not has_started
    or not has_ended
    or period_first > period_last
    or abs(amount_minor) >= $large
    -- Bytes are never fewer than letters, and need no counting; the letters are counted later.
    or booking in (select long_name.booking from long_name)
    or greatest(strlen(supplier), strlen(reference), strlen(line_key)) > $name_letters
    or strlen(description) > $description_letters
