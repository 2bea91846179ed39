-- Heads of one month by role and team, and what of people's month no team has; never by person.
-- grain: role, team ('' for what is unassigned)
-- reads: live_assignment
-- units: share in parts per million of a head; people and teams are counts
-- params: $month as yyyymm
-- A person is in a team once at a time. Most people are in one only: their role has to be chosen of no other's.
with held as materialized (

    select person_key, team, role, share
    from live_assignment
    where first_month <= $month and coalesce(last_month, 299912) >= $month

),

person as (

    select
        person_key,
        min(role) as role,
        count(*) as teams,
        greatest(1000000 - cast(sum(share) as bigint), 0) as rest
    from held
    group by person_key

),

several as (

    select
        held.person_key,
        arg_max(held.role, (held.share, held.role)) as role
    from held
    semi join (select person_key from person where teams > 1) as its using (person_key)
    group by held.person_key

)

select role, team, cast(sum(share) as bigint) as share, 0 as people, 0 as teams
from held
group by role, team

union all

select
    coalesce(several.role, person.role) as its_role,
    '',
    cast(sum(person.rest) as bigint),
    count(*),
    cast(sum(person.teams) as bigint)
from person
left join several using (person_key)
group by its_role
order by role, team
