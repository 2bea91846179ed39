-- The ledger lines that the variable `wanted` of this cursor names (`wanted.sql`), and their places as the mart has them.
-- grain: views by coding and place, a macro by place; the tables `wanted_bucket` by bucket of which something is
--        wanted, `wanted_coding` by month, coding and bucket
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
    );

-- What a bucket holds, what of it is wanted, and whether that is all of its places, so that parts sum to lines.
create or replace temporary table wanted_bucket as
select
    cast(row_number() over () as integer) as bucket,
    month, source, object_kind, object, scenario, nature, intent, treatment, category, currency, aside,
    placed = 'excluded' as is_excluded,
    cast(sum(amount_minor) as hugeint) as whole,
    cast(sum(amount_minor) filter (is_wanted) as hugeint) as part,
    case
        when count(shown_minor) = count(*) then cast(sum(shown_minor) filter (is_wanted) as hugeint)
    end as shown,
    count(*) filter (is_wanted) as places,
    min(team) filter (is_wanted) as first_team,
    min(reason) filter (is_wanted) as first_reason,
    first_team = max(team) filter (is_wanted) as is_of_one,
    max(placed) filter (is_wanted) as placed,
    case when is_of_one then first_team else '' end as team,
    case
        when is_of_one and first_reason = max(reason) filter (is_wanted) then first_reason
        else max(rule) filter (is_wanted)
    end as reason,
    whole != 0 and bool_and(is_wanted) as is_whole,
    is_whole and (not getvariable('is_converted') or max(currency) = getvariable('in_currency')) as is_plain
from wanted_place
group by all
having bool_or(is_wanted);

-- Which codings lie in which of these buckets: lines and words meet here, and nowhere else.
create or replace temporary table wanted_coding as
select bucket.month, coding.coding, bucket.bucket, meets(getvariable('wanted').area, coding.area) as is_area
from named_coding as coding
inner join wanted_bucket as bucket
    using (source, object_kind, object, scenario, nature, intent, treatment, category, currency)
where bucket.is_excluded or coding.aside = bucket.aside;

-- The wanted places of some buckets, with what these hold in all places up to there.
create or replace temporary macro wanted_part(buckets) as table (

    with its as materialized (

        select wanted_place.*, bucket.bucket, bucket.whole
        from wanted_place
        inner join (select * from wanted_bucket where bucket in (select unnest(buckets))) as bucket
            using (month, source, object_kind, object, scenario, nature, intent, treatment, category, currency, aside)

    ),

    place as (

        select
            bucket, whole, placed, team, rule, reason, is_pay, is_wanted,
            cast(sum(amount_minor) as hugeint) as part,
            case when count(*) = count(shown_minor) then cast(sum(shown_minor) as hugeint) end as shown
        from its
        group by all

    )

    select
        *,
        count(*) over (partition by bucket) as places,
        cast(sum(part) over up_to_here as hugeint) as parts,
        cast(sum(shown) over up_to_here as hugeint) as all_shown
    from place
    window up_to_here as (
        partition by bucket
        order by placed, team, rule, reason, is_pay
        rows between unbounded preceding and current row
    )
    qualify is_wanted

)
