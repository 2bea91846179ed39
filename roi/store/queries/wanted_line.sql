-- The ledger lines that the variable `wanted` of this cursor names (`wanted.sql`), and their places as the mart has them.
-- grain: views by coding and place
-- reads: coding, mart_team_cost; the variables wanted, in_currency and is_converted
-- units: minor units of currency, shown_minor as the report shows it
-- A line's part is its exact fraction of the bucket's part (decision D1). What lines and places hold together
-- up to here is rounded, and a part is the difference to what came before: so the parts of a line sum to the
-- line, and those of a place to what the place holds; and what follows one another may be taken as one.
create or replace temporary macro half_up(lines, parts, whole) as
floor_quotient(2 * lines * parts + whole, 2 * whole);

create or replace temporary macro rounded_part(so_far, line, parts, part, whole) as
half_up(so_far, parts, whole)
- half_up(so_far - line, parts, whole)
- half_up(so_far, parts - part, whole)
+ half_up(so_far - line, parts - part, whole);

create or replace temporary macro meets(asked, cell) as (asked is null or cell = asked);

create or replace temporary macro is_among(asked, cell) as (asked is null or list_contains(asked, cell));

create or replace temporary macro is_wanted_month(month) as (
    (getvariable('wanted').first is null or month >= getvariable('wanted').first)
    and (getvariable('wanted').last is null or month <= getvariable('wanted').last)
);

-- What lines are booked on, as the mart names it, and the cost area that is told of it.
create or replace temporary view named_coding as
select
    *,
    case
        when team != '' then 'team'
        when cost_centre != '' then 'cost_centre'
        when pool != '' then 'pool'
        when person_key != '' then 'person'
        else 'nothing'
    end as object_kind,
    case
        when team != '' then team
        when cost_centre != '' then cost_centre
        when pool != '' then pool
        else person_key
    end as object,
    case object_kind
        when 'team' then cost_centre
        when 'person' then ''
        else object
    end as area
from coding;

-- Whole buckets are wanted by what all their lines share, and of those their places.
create or replace temporary view wanted_place as
select
    month, source, object_kind, object, scenario, nature, intent, treatment, category, currency,
    placed, team, rule, reason, is_pay, amount_minor,
    case when starts_with(reason, 'set aside: ') then substr(reason, 12) else '' end as aside,
    placed = 'excluded' as is_excluded,
    case when getvariable('is_converted') then reporting_minor else amount_minor end as shown_minor,
    (getvariable('wanted').pay or not is_pay)
    and (getvariable('wanted').teams is null or placed = 'team')
    and is_among(getvariable('wanted').teams, team)
    and meets(getvariable('wanted').placed, placed)
    and meets(getvariable('wanted').reason, reason) as is_wanted
from mart_team_cost
where
    is_wanted_month(month)
    and meets(getvariable('wanted').scenario, scenario)
    and meets(getvariable('wanted').source, source)
    and meets(getvariable('wanted').currency, currency)
    and meets(getvariable('wanted').treatment, treatment)
    and meets(getvariable('wanted').nature, nature)
    and meets(getvariable('wanted').intent, intent)
    and meets(getvariable('wanted').category, category)
    and is_among(
        getvariable('wanted').booked_on,
        case when object_kind in ('person', 'nothing') then object_kind else object_kind || ' ' || object end
    )
