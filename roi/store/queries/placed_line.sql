-- Every live ledger line with its places, taken from the mart's rows for its bucket, with its file; and the same
-- for all lines of an import in a bucket together, in `placed_share`: what they hold there, not line by line.
-- grain: live ledger line and place; a line that several teams share stands once for each of them
-- reads: live_cost_line, mart_team_cost, change; the variables in_currency and is_converted of this cursor
-- units: line_minor and part_minor in minor units of currency, shown_minor as the report shows it
-- A line's part is its exact fraction of the bucket's part (decision D1). What lines and places hold together
-- up to here is rounded, and a part is the difference to what came before: so the parts of a line sum to the
-- line, and those of a place to what the place holds.
create or replace temporary macro half_up(lines, parts, whole) as
floor_quotient(2 * lines * parts + whole, 2 * whole);

create or replace temporary macro rounded_part(so_far, line, parts, part, whole) as
cast(
    half_up(so_far, parts, whole)
    - half_up(so_far - line, parts, whole)
    - half_up(so_far, parts - part, whole)
    + half_up(so_far - line, parts - part, whole)
    as bigint
);

create or replace temporary view placed_bucket as
with place as (

    select
        month, source, object_kind, object, scenario, nature, intent, treatment, category, currency, is_pay,
        placed, team, rule, reason,
        case when starts_with(reason, 'set aside: ') then substr(reason, 12) else '' end as aside,
        cast(sum(amount_minor) as hugeint) as part,
        case
            when not getvariable('is_converted') then cast(sum(amount_minor) as hugeint)
            when count(*) = count(reporting_minor) then cast(sum(reporting_minor) as hugeint)
        end as shown
    from mart_team_cost
    group by all

),

bucket as (

    select
        *,
        sum(part) over its_bucket as whole,
        count(*) over its_bucket as places,
        sum(part) over up_to_here as parts,
        sum(shown) over up_to_here as all_shown
    from place
    window
        its_bucket as (
            partition by
                month, source, object_kind, object, scenario, nature, intent, treatment, category, currency, aside
        ),
        up_to_here as (
            partition by
                month, source, object_kind, object, scenario, nature, intent, treatment, category, currency, aside
            order by placed, team, rule, reason
            rows between unbounded preceding and current row
        )

)

select * from bucket;

create or replace temporary view named_line as
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
    end as object
from live_cost_line;

create or replace temporary view placed_line as
with joined as (

    select
        line.origin_change,
        line.source_row,
        line.month,
        line.source,
        line.object_kind,
        line.object,
        line.cost_centre,
        bucket.team,
        bucket.placed,
        bucket.rule,
        bucket.reason,
        bucket.is_pay,
        line.aside,
        line.category,
        line.supplier,
        line.description,
        line.scenario,
        line.nature,
        line.intent,
        line.treatment,
        line.currency,
        line.amount_minor as line_minor,
        bucket.part,
        bucket.shown,
        bucket.whole,
        bucket.places,
        cast(bucket.parts as hugeint) as parts,
        cast(bucket.all_shown as hugeint) as all_shown
    from named_line as line
    inner join placed_bucket as bucket
        on
            line.month = bucket.month
            and line.source = bucket.source
            and line.object_kind = bucket.object_kind
            and line.object = bucket.object
            and line.scenario = bucket.scenario
            and line.nature = bucket.nature
            and line.intent = bucket.intent
            and line.treatment = bucket.treatment
            and line.category = bucket.category
            and line.currency = bucket.currency
            and (bucket.placed = 'excluded' or line.aside = bucket.aside)

),

measured as (

    select
        * exclude (part, shown, whole, places, parts, all_shown),
        line_minor as part_minor,
        line_minor as shown_minor
    from joined
    where places = 1 and (not getvariable('is_converted') or currency = getvariable('in_currency'))

    union all

    select
        * exclude (part, shown, whole, places, parts, all_shown, so_far),
        case
            when places = 1 then line_minor
            when whole = 0 then 0
            else rounded_part(so_far, line_minor, parts, part, whole)
        end as part_minor,
        case when whole = 0 then 0 else rounded_part(so_far, line_minor, all_shown, shown, whole) end as shown_minor
    from (
        select
            *,
            cast(
                sum(line_minor) over (
                    partition by
                        month, source, object_kind, object, scenario, nature, intent, treatment, category,
                        currency, placed, team, reason
                    order by origin_change, source_row, supplier, description, line_minor
                    rows between unbounded preceding and current row
                ) as hugeint
            ) as so_far
        from joined
        where places > 1 or (getvariable('is_converted') and currency != getvariable('in_currency'))
    ) as cumulative

)

select
    measured.* exclude (object_kind, object, cost_centre, aside),
    case when object_kind in ('person', 'nothing') then object_kind else object_kind || ' ' || object end as booked_on,
    change.source_name as file_name,
    change.source_sha256,
    change.recorded_at,
    change.actor,
    case object_kind
        when 'team' then cost_centre
        when 'person' then ''
        else object
    end as area
from measured
inner join change on measured.origin_change = change.change_id;

-- The parts of lines that follow one another telescope to the part of their sum, so no line is spread out here.
create or replace temporary view placed_share as
with line as (

    select
        origin_change, month, source, object_kind, object, scenario, nature, intent, treatment, category, currency, aside,
        cast(sum(amount_minor) as bigint) as line_minor,
        count(distinct source_row) as line_count
    from named_line
    group by all

),

joined as (

    select
        line.*,
        bucket.* exclude (
            month, source, object_kind, object, scenario, nature, intent, treatment, category, currency, aside,
            parts, all_shown
        ),
        cast(bucket.parts as hugeint) as parts,
        cast(bucket.all_shown as hugeint) as all_shown,
        cast(
            sum(line.line_minor) over (
                partition by
                    line.month, line.source, line.object_kind, line.object, line.scenario, line.nature, line.intent,
                    line.treatment, line.category, line.currency, bucket.placed, bucket.team, bucket.rule, bucket.reason
                order by line.origin_change, line.aside
                rows between unbounded preceding and current row
            ) as hugeint
        ) as so_far
    from line
    inner join placed_bucket as bucket
        using (month, source, object_kind, object, scenario, nature, intent, treatment, category, currency)
    where bucket.placed = 'excluded' or line.aside = bucket.aside

)

select
    joined.* exclude (part, shown, whole, places, parts, all_shown, so_far, line_minor),
    case when object_kind in ('person', 'nothing') then object_kind else object_kind || ' ' || object end as booked_on,
    case
        when places = 1 then line_minor
        when whole = 0 then 0
        else rounded_part(so_far, line_minor, parts, part, whole)
    end as part_minor,
    case
        when places = 1 and (not getvariable('is_converted') or currency = getvariable('in_currency')) then line_minor
        when whole = 0 then 0
        else rounded_part(so_far, line_minor, all_shown, shown, whole)
    end as shown_minor,
    change.source_name as file_name,
    change.source_sha256,
    change.recorded_at,
    change.actor
from joined
inner join change on joined.origin_change = change.change_id
