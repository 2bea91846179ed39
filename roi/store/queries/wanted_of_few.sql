-- Buckets are sought by what is wanted, numbered first: of few teams, or off them, that is little.
-- grain: the table `wanted_named` by bucket of which something is wanted, and the view `wanted_summed` of it
-- reads: what `wanted_line` prepares on this cursor
-- units: minor units of currency; shown as the report shows it
-- Many teams share a bucket, so its words are compared once a place, and all its places are summed by its number.
create or replace temporary table wanted_named as
select cast(row_number() over () as integer) as number, *
from (
    select
        month, source, object_kind, object, scenario, nature, intent, treatment, category, currency, aside, is_excluded,
        cast(sum(amount_minor) as hugeint) as part,
        cast(sum(shown_minor) as hugeint) as known_part,
        count(*) as places,
        min(team) as first_team,
        max(team) as last_team,
        min(reason) as first_reason,
        max(reason) as last_reason,
        max(rule) as rule,
        max(placed) as placed
    from wanted_place
    where is_wanted
    group by all
) as named;

create or replace temporary view wanted_summed as
with summed as (

    select
        named.number,
        cast(sum(amount_minor) as hugeint) as whole,
        count(*) as all_places,
        count(shown_minor) as known_places
    from wanted_place
    inner join wanted_named as named
        using (
            month, source, object_kind, object, scenario, nature, intent, treatment, category, currency, aside,
            is_excluded
        )
    group by named.number

)

select
    named.* exclude (number, known_part),
    summed.whole,
    case when known_places = all_places then known_part end as shown,
    places = all_places as is_all
from wanted_named as named
inner join summed using (number)
