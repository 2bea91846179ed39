-- Every combination of words that decide where a line belongs, as they were written.
-- grain: the words; aside is the reason for which the line is set aside, NULL where it is not
-- reads: staged_text, staged_left, staged_aside
-- units: none
create or replace temporary table staged_booking as
with written as (

    select distinct
        coalesce(text.team, '') as team,
        coalesce(text.cost_centre, '') as cost_centre,
        coalesce(text.pool, '') as pool,
        coalesce(text.person_key, '') as person_key,
        coalesce(text.category, '') as category,
        coalesce(text.scenario, '') as scenario,
        coalesce(text.nature, '') as nature,
        coalesce(text.intent, '') as intent,
        coalesce(text.treatment, '') as treatment,
        coalesce(text.currency, '') as currency,
        aside.reason as aside
    from staged_text as text
    left join staged_aside as aside on text.line = aside.line
    where text.line not in (select staged_left.line from staged_left)

)

select
    cast(row_number() over () as integer) as booking,
    *
from written
