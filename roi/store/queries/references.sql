-- Rows that name a team, a pool or an epic that is not there, or give away more than a whole, and the change that
-- added them. What is agreed about value has a file of its own.
-- grain: one row per broken reference
-- reads: live views
-- units: none
select 'cost line' as what, cost_line.team as names, min(cost_line.added_by) as change_id
from live_cost_line as cost_line
where cost_line.team != '' and cost_line.team not in (select live_team.team from live_team)
group by cost_line.team

union all

select 'cost area ' || sent, value, added_by
from live_value_mapping
where kind = 'team' and value not in (select live_team.team from live_team)

union all

select 'cost centre ' || cost_centre, team, added_by
from live_cost_centre
where team != '' and team not in (select live_team.team from live_team)

union all

select 'epic ' || epic, team, added_by
from live_epic
where team not in (select live_team.team from live_team)

union all

select 'outcome ' || outcome, epic, added_by
from live_outcome
where epic not in (select live_epic.epic from live_epic)

union all

select 'confirmation of ' || outcome, outcome, added_by
from live_confirmation
where outcome not in (select live_outcome.outcome from live_outcome)
union all

select 'assignment of a person', team, min(added_by)
from live_assignment
where team not in (select live_team.team from live_team)
group by team

union all

select 'pool ' || pool, team, min(added_by)
from live_pool_driver
where team not in (select live_team.team from live_team)
group by pool, team

union all

select 'driver of pool', pool, min(added_by)
from live_pool_driver
where pool not in (select live_cost_pool.pool from live_cost_pool)
group by pool

union all

select 'usage of platform', platform, min(added_by)
from live_platform_usage
where platform not in (select live_team.team from live_team)
group by platform

union all

select 'usage of platform ' || platform, consumer, min(added_by)
from live_platform_usage
where consumer not in (select live_team.team from live_team)
group by platform, consumer

union all

select 'planned position ' || position, team, added_by
from live_planned_position
where team not in (select live_team.team from live_team)

union all

select 'dated structure', team, min(added_by)
from live_team_structure
where team not in (select live_team.team from live_team)
group by team

union all

select 'an assignment that starts in ' || later.first_month, 'the earlier end of another one', max(held.added_by)
from live_assignment as later
inner join live_assignment as held
    on
        later.person_key = held.person_key
        and later.first_month >= held.first_month
        and later.first_month <= coalesce(held.last_month, 299912)
group by later.person_key, later.team, later.first_month
having sum(held.share) > 1000000

union all

select 'a share of pool ' || later.pool, 'the earlier end of another share', max(held.added_by)
from live_pool_driver as later
inner join live_cost_pool on later.pool = live_cost_pool.pool and live_cost_pool.driver = 'fixed'
inner join live_pool_driver as held
    on
        later.pool = held.pool
        and later.first_month >= held.first_month
        and later.first_month <= coalesce(held.last_month, 299912)
group by later.pool, later.team, later.first_month
having sum(held.quantity) > 1000000

order by change_id, what
