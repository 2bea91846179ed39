-- Every combination of words that decide where a line belongs, as they were written: those of the first line of each key.
-- grain: key; aside is the reason for which its lines are set aside, NULL where they are not
-- reads: staged_text, staged_aside
-- units: none
create or replace temporary table staged_booking as
with first_line as (

    select
        key,
        min(record) as record
    from staged_text
    group by key

)

select
    cast(row_number() over () as integer) as booking,
    first_line.key,
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
from first_line
inner join staged_text as text on first_line.record = text.record
left join staged_aside as aside on text.line = aside.line
