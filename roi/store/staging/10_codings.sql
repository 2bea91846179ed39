-- What each combination of words means, and its number in the ledger: one that is there, else the next.
-- grain: booking; several may mean the same and have one number
-- reads: staged_booking, staged_word, staged_currency, coding
-- units: digits of minor units of the currency; NULL where a word could not be read, '' where there is none;
--        is_understood: every word could be read; words is a hash of them
create or replace temporary table staged_coding as
with meant as (

    select
        booking.booking,
        booking.key,
        $source as source,
        case when booking.aside is null then team.value else coalesce(team.value, '') end as team,
        case when booking.aside is null then cost_centre.value else coalesce(cost_centre.value, '') end as cost_centre,
        case when booking.aside is null then pool.value else coalesce(pool.value, '') end as pool,
        case when booking.aside is null then person_key.value else coalesce(person_key.value, '') end as person_key,
        case when booking.aside is null then category.value else coalesce(category.value, '') end as category,
        scenario.value as scenario,
        nature.value as nature,
        intent.value as intent,
        treatment.value as treatment,
        coalesce(booking.aside, '') as aside,
        currency.value as currency,
        staged_currency.digits,
        (booking.aside is not null or (
            team.value is not null and cost_centre.value is not null and pool.value is not null
            and person_key.value is not null and category.value is not null
        ))
        and scenario.value is not null and nature.value is not null and intent.value is not null
        and treatment.value is not null as is_understood
    from staged_booking as booking
    left join staged_word as team on team.field = 'team' and booking.team = team.sent
    left join staged_word as cost_centre
        on cost_centre.field = 'cost_centre' and booking.cost_centre = cost_centre.sent
    left join staged_word as pool on pool.field = 'pool' and booking.pool = pool.sent
    left join staged_word as person_key on person_key.field = 'person_key' and booking.person_key = person_key.sent
    left join staged_word as category on category.field = 'category' and booking.category = category.sent
    left join staged_word as scenario on scenario.field = 'scenario' and booking.scenario = scenario.sent
    left join staged_word as nature on nature.field = 'nature' and booking.nature = nature.sent
    left join staged_word as intent on intent.field = 'intent' and booking.intent = intent.sent
    left join staged_word as treatment on treatment.field = 'treatment' and booking.treatment = treatment.sent
    left join staged_word as currency on currency.field = 'currency' and booking.currency = currency.sent
    left join staged_currency on currency.value = staged_currency.currency

)

select
    meant.*,
    cast(coalesce(
        coding.coding,
        (select coalesce(max(coding.coding), 0) from coding) + dense_rank() over (
            order by
                meant.team, meant.cost_centre, meant.pool, meant.person_key, meant.category, meant.scenario,
                meant.nature, meant.intent, meant.treatment, meant.aside, meant.currency
        )
    ) as integer) as coding,
    coding.coding is null as is_new,
    mark_of_words(
        meant.team, meant.cost_centre, meant.pool, meant.person_key, meant.category, meant.scenario, meant.nature,
        meant.intent, meant.treatment, meant.currency
    ) as words
from meant
left join coding using (
    source, team, cost_centre, pool, person_key, category, scenario, nature, intent, treatment, aside, currency
)
