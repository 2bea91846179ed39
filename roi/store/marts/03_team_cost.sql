-- Each bucket's place: excluded nature, a team it names, is mapped to or is shared with, overhead, else suspense.
-- grain: as mart_cost_bucket, times the teams that share it; parts sum to their bucket (laws T1, D1)
-- reads: mart_cost_bucket, mart_share, live_value_mapping, live_cost_centre, live_cost_pool, live_nature_policy,
--        live_people_category, live_setting, live_exchange_rate, currency, nature, touched_month
-- units: minor units of currency; parts by largest remainder, ties to the earlier team key
-- A bucket goes through this by its number; its words are put to it at the end, for to carry them is dear.
insert into mart_team_cost
with

-- only with: nature_policy
policy as (

    select
        touched_month.month,
        live_nature_policy.nature,
        arg_max(live_nature_policy.is_cost, live_nature_policy.first_month) as is_cost
    from live_nature_policy
    inner join touched_month on live_nature_policy.first_month <= touched_month.month
    group by touched_month.month, live_nature_policy.nature

),

-- always
mapped as (

    select
        mart_cost_bucket.bucket,
        mart_cost_bucket.month,
        mart_cost_bucket.object_kind,
        mart_cost_bucket.object,
        mart_cost_bucket.aside,
        mart_cost_bucket.scenario,
        mart_cost_bucket.currency,
        mart_cost_bucket.amount_minor,
        coalesce(
            -- only with: nature_policy
            policy.is_cost,
            -- always
            nature.is_cost
        ) as is_cost,
        case when live_value_mapping.kind = 'team' then live_value_mapping.value else '' end as mapped_team,
        case
            when live_value_mapping.kind = 'pool' then live_value_mapping.value
            when mart_cost_bucket.object_kind = 'pool' then mart_cost_bucket.object
            else ''
        end as its_pool,
        coalesce(live_cost_centre.team, '') as centre_team,
        coalesce(
            -- only with: people_category
            live_people_category.is_pay,
            -- always
            mart_cost_bucket.is_personal
        ) as is_pay
    from mart_cost_bucket
    inner join nature on mart_cost_bucket.nature = nature.nature
    -- only with: nature_policy
    left join policy
        on
            mart_cost_bucket.month = policy.month
            and mart_cost_bucket.nature = policy.nature
    -- always
    -- only with: people_category
    left join live_people_category on mart_cost_bucket.category = live_people_category.category
    -- always
    left join live_value_mapping
        on
            mart_cost_bucket.object_kind = 'cost_centre'
            and live_value_mapping.field = 'cost_centre'
            and mart_cost_bucket.source = live_value_mapping.source
            and mart_cost_bucket.object = live_value_mapping.sent
    left join live_cost_centre
        on
            case
                when live_value_mapping.kind = 'cost_centre' then live_value_mapping.value
                when live_value_mapping.kind is null and mart_cost_bucket.object_kind = 'cost_centre'
                    then mart_cost_bucket.object
            end = live_cost_centre.cost_centre
    where mart_cost_bucket.month in (select touched_month.month from touched_month)

),

-- only with: assignment, cost_pool
overhead_month as (

    select distinct month, object
    from mart_share
    where kind = 'overhead' and month in (select touched_month.month from touched_month)

),

-- always
ruled as (

    select
        mapped.bucket,
        mapped.month,
        mapped.scenario,
        mapped.currency,
        mapped.amount_minor,
        mapped.is_pay,
        case
            when mapped.object_kind = 'team' then mapped.object
            when mapped_team != '' then mapped_team
            when its_pool != '' then ''
            else centre_team
        end as its_team,
        case
            when object_kind = 'person' then 'person'
            -- only with: assignment, cost_pool
            when its_pool != '' and coalesce(live_cost_pool.is_overhead, false) then 'overhead'
            -- always
            when its_pool != '' then 'pool'
            else ''
        end as share_kind,
        case when object_kind = 'person' then mapped.object else its_pool end as share_object,
        case
            when not is_cost then 'excluded'
            when aside != '' then 'suspense'
            when its_team != '' then 'team'
            -- only with: assignment, cost_pool
            when share_kind = 'overhead' and overhead_month.object is not null then 'overhead'
            -- always
            else 'suspense'
        end as its_place,
        its_place = 'suspense' and aside = '' and share_kind in ('person', 'pool') as may_be_shared
    from mapped
    -- only with: assignment, cost_pool
    left join live_cost_pool on mapped.its_pool = live_cost_pool.pool
    left join overhead_month on mapped.month = overhead_month.month and mapped.its_pool = overhead_month.object
    -- always

),

-- only with: assignment, cost_pool
shared as (

    select
        bucket,
        month,
        share_kind,
        share_object,
        abs(amount_minor) as size
    from ruled
    where may_be_shared

),

whole as (

    select month, kind, object, cast(sum(weight) as bigint) as weight
    from mart_share
    where kind in ('person', 'pool') and month in (select touched_month.month from touched_month)
    group by month, kind, object

),

place as (

    select
        team,
        cast(row_number() over (order by team desc) as bigint) as place,
        cast(count(*) over () + 1 as hugeint) as places
    from mart_share
    where kind in ('person', 'pool') and month in (select touched_month.month from touched_month)
    group by team

),

sized as (

    select shared.*, whole.weight as whole
    from shared
    inner join whole
        on shared.month = whole.month and shared.share_kind = whole.kind and shared.share_object = whole.object

),

measured as (

    select
        sized.bucket,
        mart_share.team as share_team,
        portion(sized.size, mart_share.weight, sized.whole) as whole_part,
        portion_rest(sized.size, mart_share.weight, sized.whole) * place.places + place.place as turn
    from sized
    inner join mart_share
        on
            sized.month = mart_share.month
            and sized.share_kind = mart_share.kind
            and sized.share_object = mart_share.object
    inner join place on mart_share.team = place.team

),

-- The largest remainders get one more, ties to the earlier team: all whose turn is not after the last of them.
last_turn as (

    select
        measured.bucket,
        list_sort(list(measured.turn), 'DESC')[
            cast(any_value(sized.size) - sum(measured.whole_part) as bigint)
        ] as turn
    from measured
    inner join sized on measured.bucket = sized.bucket
    group by measured.bucket

),

-- always
placed as (

    -- only with: assignment, cost_pool
    select
        ruled.bucket,
        ruled.month,
        ruled.scenario,
        ruled.currency,
        ruled.is_pay,
        ruled.share_kind,
        ruled.share_object,
        true as is_shared,
        case when measured.share_team != '' then 'team' else 'suspense' end as placed,
        measured.share_team as team,
        sign(ruled.amount_minor)
        * (measured.whole_part + case when measured.turn >= last_turn.turn then 1 else 0 end) as amount_minor
    from measured
    inner join last_turn on measured.bucket = last_turn.bucket
    inner join ruled on measured.bucket = ruled.bucket
    where measured.whole_part > 0 or measured.turn >= last_turn.turn or ruled.amount_minor = 0

    union all

    -- always
    -- Most buckets are a team's alone, or nobody's: nothing of them is split.
    select
        bucket,
        month,
        scenario,
        currency,
        is_pay,
        share_kind,
        share_object,
        false as is_shared,
        its_place as placed,
        case its_place when 'team' then its_team else '' end as team,
        amount_minor
    from ruled
    -- only with: assignment, cost_pool
    anti join sized on ruled.bucket = sized.bucket
    -- always

),

-- only with: exchange_rate
pot as (

    select
        month,
        currency,
        scenario,
        sum(amount_minor) as amount_minor
    from placed
    group by month, currency, scenario

),

-- Of each pot, for one unit of its currency; 10^digits of the one is taken off that of the other.
rate as (

    select
        pot.*,
        exchange.rate_billionths * cast(power(10, greatest(target.minor_digits - original.minor_digits, 0)) as hugeint)
            as rate_over,
        1000000000 * cast(power(10, greatest(original.minor_digits - target.minor_digits, 0)) as bigint) as rate_under,
        case when rate_under <= 9223372036854775807 // greatest(rate_over, 1) then cast(rate_over as bigint) end
            as small_over,
        floor_quotient(2 * pot.amount_minor * rate_over + rate_under, 2 * cast(rate_under as hugeint)) as target_total
    from pot
    inner join (select value as currency from live_setting where name = 'currency') as reporting
        on pot.currency != reporting.currency
    inner join currency as target on reporting.currency = target.currency
    inner join currency as original on pot.currency = original.currency
    inner join live_exchange_rate as exchange
        on
            pot.currency = exchange.currency
            and reporting.currency = exchange.target
            and pot.month = exchange.month
            and exchange.basis = case pot.scenario when 'actual' then 'average' else pot.scenario end

),

measured_pot as (

    select
        month,
        currency,
        scenario,
        cast(any_value(target_total) - sum(floored(amount_minor, rate_over, rate_under, small_over)) as bigint)
            as one_more,
        list_sort(list(floored_rest(amount_minor, rate_over, rate_under, small_over)), 'DESC') as rests
    from (
        select placed.amount_minor, rate.* exclude (amount_minor)
        from placed
        inner join rate
            on
                placed.month = rate.month
                and placed.currency = rate.currency
                and placed.scenario = rate.scenario
    ) as rated
    group by month, currency, scenario

),

-- The largest rests of a pot get one more: all above the last of them, and of those equal to it the first.
last_of_pot as (

    select
        rate.* exclude (amount_minor, target_total),
        case when one_more > 0 then rests[one_more] end as last_rest,
        case when one_more > 0 then one_more + 1 - list_position(rests, rests[one_more]) end as equal_ones
    from rate
    inner join measured_pot
        on
            rate.month = measured_pot.month
            and rate.currency = measured_pot.currency
            and rate.scenario = measured_pot.scenario

),

-- always
converted as not materialized (

    select
        placed.*,
        case
            when placed.currency = reporting.currency then placed.amount_minor
            -- only with: exchange_rate
            else floored(placed.amount_minor, last_of_pot.rate_over, last_of_pot.rate_under, last_of_pot.small_over)
            -- always
        end as floor_part,
        -- only with: exchange_rate
        floored_rest(placed.amount_minor, last_of_pot.rate_over, last_of_pot.rate_under, last_of_pot.small_over)
        - last_of_pot.last_rest as above_last,
        last_of_pot.equal_ones
        -- always
    from placed
    left join (select value as currency from live_setting where name = 'currency') as reporting on true
    -- only with: exchange_rate
    left join last_of_pot
        on
            placed.month = last_of_pot.month
            and placed.currency = last_of_pot.currency
            and placed.scenario = last_of_pot.scenario
    -- always

),

named as not materialized (

    select
        converted.month,
        mart_cost_bucket.source,
        mart_cost_bucket.object_kind,
        mart_cost_bucket.object,
        converted.placed,
        converted.team,
        case
            when placed != 'team' then ''
            when share_kind = 'person' then 'assignment'
            when share_kind = 'pool' and is_shared then 'pool ' || share_object
            when object_kind = 'team' then 'named'
            else 'mapped'
        end as rule,
        case when share_kind in ('pool', 'overhead') then share_object else '' end as pool,
        case
            when placed in ('team', 'overhead') then ''
            when placed = 'excluded' then nature
            when aside != '' then 'set aside: ' || aside
            when share_kind = 'person' and is_shared then 'part of a person''s month that no team has'
            when share_kind = 'person' then 'person not assigned to a team yet'
            when share_kind = 'pool' and is_shared then 'part of pool ' || share_object || ' that no team has'
            when share_kind = 'overhead' then 'overhead ' || share_object || ' in a month without headcount'
            when share_kind = 'pool' then 'in pool ' || share_object || ', which has no driver yet'
            when object_kind = 'nothing' then 'names no team and no cost area'
            else 'cost area not mapped to a team yet'
        end as reason,
        converted.is_pay,
        converted.scenario,
        mart_cost_bucket.nature,
        mart_cost_bucket.intent,
        mart_cost_bucket.treatment,
        mart_cost_bucket.category,
        converted.currency,
        converted.amount_minor,
        converted.floor_part,
        -- only with: exchange_rate
        converted.above_last,
        converted.equal_ones,
        -- always
        mart_cost_bucket.line_count
    from converted
    inner join mart_cost_bucket
        on converted.month = mart_cost_bucket.month and converted.bucket = mart_cost_bucket.bucket

)

select
    * exclude (
        -- only with: exchange_rate
        above_last, equal_ones,
        -- always
        floor_part, line_count
    ),
    floor_part
    -- only with: exchange_rate
    + case when above_last > 0 then 1 else 0 end
    -- always
    as reporting_minor,
    line_count
from named
-- only with: exchange_rate
where above_last is distinct from 0

union all

select
    * exclude (floor_part, above_last, equal_ones, line_count),
    floor_part + case
        when row_number() over (
            partition by month, currency, scenario
            order by placed, team, source, object_kind, object, reason, rule, nature, intent, treatment, category
        ) <= equal_ones then 1
        else 0
    end as reporting_minor,
    line_count
from named
where above_last = 0
-- always
