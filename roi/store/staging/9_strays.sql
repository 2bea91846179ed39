-- Lines whose words are not those of their key: a hash may be the same by chance.
-- grain: record; empty but for that chance
-- reads: staged_text, staged_aside, staged_booking
-- units: none
create or replace temporary table staged_stray as
select text.record
from staged_text as text
inner join staged_booking as booking on text.key = booking.key
left join staged_aside as aside on text.line = aside.line
where
    coalesce(text.team, '') != booking.team
    or coalesce(text.cost_centre, '') != booking.cost_centre
    or coalesce(text.pool, '') != booking.pool
    or coalesce(text.person_key, '') != booking.person_key
    or coalesce(text.category, '') != booking.category
    or coalesce(text.scenario, '') != booking.scenario
    or coalesce(text.nature, '') != booking.nature
    or coalesce(text.intent, '') != booking.intent
    or coalesce(text.treatment, '') != booking.treatment
    or coalesce(text.currency, '') != booking.currency
    or aside.reason is distinct from booking.aside
