-- Each bucket's place: excluded nature, a team it names, is mapped to or is shared with, overhead, else suspense.
-- grain: as mart_cost_bucket, times the teams that share it; parts sum to their bucket (laws T1, D1)
-- reads: mart_cost_bucket, mart_share, live_value_mapping, live_cost_centre, live_cost_pool, live_nature_policy,
--        live_people_category, live_setting, live_exchange_rate, currency, nature, touched_month
-- units: minor units of currency; parts by largest remainder, ties to the earlier team key
insert into mart_team_cost
with policy as (

    select
        touched_month.month,
        live_nature_policy.nature,
        arg_max(live_nature_policy.is_cost, live_nature_policy.first_month) as is_cost
    from live_nature_policy
    inner join touched_month on live_nature_policy.first_month <= touched_month.month
    group by touched_month.month, live_nature_policy.nature

),

mapped as (

    select
        mart_cost_bucket.*,
        coalesce(policy.is_cost, nature.is_cost) as is_cost,
        case when live_value_mapping.kind = 'team' then live_value_mapping.value else '' end as mapped_team,
        case
            when live_value_mapping.kind = 'pool' then live_value_mapping.value
            when mart_cost_bucket.object_kind = 'pool' then mart_cost_bucket.object
            else ''
        end as its_pool,
        coalesce(live_cost_centre.team, '') as centre_team,
        coalesce(
            live_people_category.is_pay,
            mart_cost_bucket.is_personal
        ) as is_pay
    from mart_cost_bucket
    inner join nature on mart_cost_bucket.nature = nature.nature
    left join policy
        on
            mart_cost_bucket.month = policy.month
            and mart_cost_bucket.nature = policy.nature
    left join live_people_category on mart_cost_bucket.category = live_people_category.category
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

ruled as (

    select
        mapped.*,
        coalesce(live_cost_pool.is_overhead, false) as is_overhead,
        case
            when object_kind = 'team' then object
            when mapped_team != '' then mapped_team
            when its_pool != '' then ''
            else centre_team
        end as its_team,
        case
            when object_kind = 'person' then 'person'
            when its_pool != '' and coalesce(live_cost_pool.is_overhead, false) then 'overhead'
            when its_pool != '' then 'pool'
            else ''
        end as share_kind,
        case when object_kind = 'person' then object else its_pool end as share_object,
        is_cost and aside = '' and its_team = '' and share_kind in ('person', 'pool') as may_be_shared
    from mapped
    left join live_cost_pool on mapped.its_pool = live_cost_pool.pool

),

spread as (

    select
        ruled.*,
        mart_share.team as share_team,
        mart_share.weight
    from ruled
    inner join mart_share
        on
            ruled.may_be_shared
            and ruled.month = mart_share.month
            and ruled.share_kind = mart_share.kind
            and ruled.share_object = mart_share.object

),

measured as (

    select
        *,
        cast(abs(amount_minor) as hugeint) * weight // sum(weight) over (partition by bucket) as whole_part,
        cast(abs(amount_minor) as hugeint) * weight % sum(weight) over (partition by bucket) as remainder
    from spread

),

ranked as (

    select
        *,
        row_number() over (partition by bucket order by remainder desc, share_team) as place,
        abs(amount_minor) - sum(whole_part) over (partition by bucket) as left_over
    from measured

),

placed as (

    select
        * exclude (share_team, weight, whole_part, remainder, place, left_over),
        true as is_shared,
        cast(sign(amount_minor) as bigint)
        * cast(whole_part + case when place <= left_over then 1 else 0 end as bigint) as part,
        share_team as final_team
    from ranked

    union all by name

    -- Most buckets are a team's alone, or nobody's: nothing of them is split.
    select
        ruled.*,
        false as is_shared,
        amount_minor as part,
        its_team as final_team
    from ruled
    anti join mart_share
        on
            ruled.may_be_shared
            and ruled.month = mart_share.month
            and ruled.share_kind = mart_share.kind
            and ruled.share_object = mart_share.object

),

overhead_month as (

    select distinct month, object
    from mart_share
    where kind = 'overhead'

),

stated as (

    select
        *,
        case
            when not is_cost then 'excluded'
            when aside != '' then 'suspense'
            when final_team != '' then 'team'
            when share_kind = 'overhead' and (placed.month, share_object) in (select (month, object) from overhead_month)
                then 'overhead'
            else 'suspense'
        end as its_place
    from placed

),

named_place as (

    select
        month,
        source,
        object_kind,
        object,
        its_place as placed,
        case its_place when 'team' then final_team else '' end as team,
        case
            when its_place != 'team' then ''
            when share_kind = 'person' then 'assignment'
            when share_kind = 'pool' and is_shared then 'pool ' || share_object
            when object_kind = 'team' then 'named'
            else 'mapped'
        end as rule,
        case when share_kind in ('pool', 'overhead') then share_object else '' end as pool,
        case
            when its_place in ('team', 'overhead') then ''
            when its_place = 'excluded' then nature
            when aside != '' then 'set aside: ' || aside
            when share_kind = 'person' and is_shared then 'part of a person''s month that no team has'
            when share_kind = 'person' then 'person not assigned to a team yet'
            when share_kind = 'pool' and is_shared then 'part of pool ' || share_object || ' that no team has'
            when share_kind = 'overhead' then 'overhead ' || share_object || ' in a month without headcount'
            when share_kind = 'pool' then 'in pool ' || share_object || ', which has no driver yet'
            when object_kind = 'nothing' then 'names no team and no cost area'
            else 'cost area not mapped to a team yet'
        end as reason,
        is_pay,
        scenario,
        nature,
        intent,
        treatment,
        category,
        currency,
        part as amount_minor,
        line_count
    from stated
    where part != 0 or amount_minor = 0

),

rated as (

    select
        named_place.*,
        coalesce(named_place.currency = reporting.currency, false) as is_reporting,
        exchange.rate_billionths * cast(power(10, target.minor_digits) as hugeint) as rate_over,
        cast(1000000000 as hugeint) * cast(power(10, original.minor_digits) as hugeint) as rate_under
    from named_place
    left join (select value as currency from live_setting where name = 'currency') as reporting on true
    left join currency as target on reporting.currency = target.currency
    left join currency as original on named_place.currency = original.currency
    left join live_exchange_rate as exchange
        on
            named_place.currency = exchange.currency
            and reporting.currency = exchange.target
            and named_place.month = exchange.month
            and exchange.basis = case named_place.scenario when 'actual' then 'average' else named_place.scenario end

),

converted as (

    select
        * exclude (is_reporting),
        cast(floor_quotient(amount_minor * rate_over, rate_under) as bigint) as floor_part,
        amount_minor * rate_over - floor_quotient(amount_minor * rate_over, rate_under) * rate_under as rate_rest,
        floor_quotient(2 * sum(amount_minor) over pot * rate_over + rate_under, 2 * rate_under) as target_total
    from rated
    where not is_reporting
    window pot as (partition by month, currency, scenario)

)

select
    * exclude (is_reporting, rate_over, rate_under, line_count),
    amount_minor as reporting_minor,
    line_count
from rated
where is_reporting

union all

select
    * exclude (rate_over, rate_under, floor_part, rate_rest, target_total, line_count),
    floor_part + case
        when row_number() over (
            partition by month, currency, scenario
            order by rate_rest desc, placed, team, source, object_kind, object, reason, rule, nature, intent, treatment, category
        ) <= target_total - sum(floor_part) over (partition by month, currency, scenario) then 1
        else 0
    end as reporting_minor,
    line_count
from converted
