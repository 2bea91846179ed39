-- Cost areas that name a team that is not there, and people and pools that are given away as more than a whole; and
-- the change that added them. What merely names a row of another table stands in `references.py`.
-- grain: one row per broken reference
-- reads: live views
-- units: none
select 'cost area ' || sent as what, value as names, added_by as change_id
from live_value_mapping
where kind = 'team' and value not in (select live_team.team from live_team)

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
