-- Lines that may have a month, amount, period or length that cannot be taken, or only with a warning.
-- grain: record
-- reads: staged_line
-- units: none
create or replace temporary table staged_suspect as
select record
from staged_line
where
    month is null
    or amount_minor is null
    or month != coalesce($stated_month, month)
    or not has_started
    or not has_ended
    or period_first > period_last
    or abs(amount_minor) >= $large
    -- Bytes are never fewer than letters, and need no counting; the letters are counted later.
    or greatest(
        strlen(team), strlen(cost_centre), strlen(pool), strlen(category), strlen(supplier), strlen(reference),
        strlen(line_key)
    ) > $name_letters
    or strlen(description) > $description_letters
