-- Heads of one month by role and team, and what of people's month no team has; never by person.
-- grain: role, team ('' for what is unassigned)
-- reads: live_assignment
-- units: share in parts per million of a head; people and teams are counts
-- params: $month as yyyymm
with held as (

    select person_key, team, role, share
    from live_assignment
    where first_month <= $month and coalesce(last_month, 299912) >= $month

),

person as (

    select
        person_key,
        arg_max(role, (share, role)) as role,
        count(distinct team) as teams,
        greatest(1000000 - cast(sum(share) as bigint), 0) as rest
    from held
    group by person_key

)

select role, team, cast(sum(share) as bigint) as share, 0 as people, 0 as teams
from held
group by role, team

union all

select role, '', cast(sum(rest) as bigint), count(*), cast(sum(teams) as bigint)
from person
group by role
order by role, team
