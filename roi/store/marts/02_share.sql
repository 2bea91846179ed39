-- Who gets which part of what is shared in a month: a person's months, a pool, overhead.
-- grain: month, kind (person, pool, overhead), object, team; team '' is the part that nobody has
-- reads: live_assignment, live_cost_pool, live_pool_driver, live_team, mart_cost_bucket, mart_platform_weight,
--        touched_month
-- Only persons that a line of the month names: those of the others are nobody's business here, and many.
-- units: weights; parts per million for people and fixed shares, else the driver's own unit
-- only with: assignment, cost_pool
insert into mart_share
with assigned as (

    select
        touched_month.month,
        live_assignment.person_key,
        live_assignment.team,
        live_assignment.share
    from live_assignment
    inner join touched_month
        on
            live_assignment.first_month <= touched_month.month
            and coalesce(live_assignment.last_month, 299912) >= touched_month.month

),

person_share as (

    select month, person_key, team, cast(sum(share) as bigint) as weight
    from assigned
    semi join mart_cost_bucket
        on
            mart_cost_bucket.object_kind = 'person'
            and assigned.month = mart_cost_bucket.month
            and assigned.person_key = mart_cost_bucket.object
    group by month, person_key, team

),

headcount as (

    select month, team, cast(sum(share) as bigint) as weight
    from assigned
    group by month, team

),

driver as (

    select
        touched_month.month,
        live_pool_driver.pool,
        live_pool_driver.team,
        cast(sum(live_pool_driver.quantity) as bigint) as weight
    from live_pool_driver
    inner join touched_month
        on
            live_pool_driver.first_month <= touched_month.month
            and coalesce(live_pool_driver.last_month, 299912) >= touched_month.month
    group by touched_month.month, live_pool_driver.pool, live_pool_driver.team

),

shares as (

    select month, 'person' as kind, person_key as object, team, weight
    from person_share

    union all

    select month, 'person', person_key, '', greatest(1000000 - cast(sum(weight) as bigint), 0)
    from person_share
    group by month, person_key

    union all

    select headcount.month, 'pool', live_cost_pool.pool, headcount.team, headcount.weight
    from live_cost_pool
    inner join headcount on live_cost_pool.driver = 'headcount'
    where not live_cost_pool.is_overhead

    union all

    select touched_month.month, 'pool', live_cost_pool.pool, live_team.team, 1
    from live_cost_pool
    inner join live_team on live_cost_pool.driver = 'even'
    inner join touched_month
        on
            coalesce(live_team.starts, 190001) <= touched_month.month
            and coalesce(live_team.ends, 299912) >= touched_month.month
    where not live_cost_pool.is_overhead

    union all

    select driver.month, 'pool', live_cost_pool.pool, driver.team, driver.weight
    from live_cost_pool
    inner join driver
        on
            live_cost_pool.pool = driver.pool
            and live_cost_pool.driver in ('fixed', 'usage')
    where not live_cost_pool.is_overhead

    union all

    select driver.month, 'pool', live_cost_pool.pool, '', greatest(1000000 - cast(sum(driver.weight) as bigint), 0)
    from live_cost_pool
    inner join driver
        on
            live_cost_pool.pool = driver.pool
            and live_cost_pool.driver = 'fixed'
    where not live_cost_pool.is_overhead
    group by driver.month, live_cost_pool.pool

    union all

    select headcount.month, 'overhead', live_cost_pool.pool, headcount.team, headcount.weight
    from live_cost_pool
    inner join headcount on live_cost_pool.is_overhead
    anti join mart_platform_weight
        on
            headcount.month = mart_platform_weight.month
            and headcount.team = mart_platform_weight.giver

)

select month, kind, object, team, weight
from shares
where weight > 0
-- always
