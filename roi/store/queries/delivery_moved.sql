-- Whether an epic, or a part of it, counts as delivered on another day than as of a change, and by which change.
-- grain: one row; change_id is empty where nothing moved
-- reads: epic, epic_slice
-- units: none
with
was as (
    select
        '' as part,
        delivered,
        1000000 as share
    from epic
    where epic = $epic and added_by <= $based_on and removed_by > $based_on
    union all
    select
        slice,
        delivered,
        share
    from epic_slice
    where epic = $epic and added_by <= $based_on and removed_by > $based_on
),
live as (
    select
        '' as part,
        delivered,
        1000000 as share
    from epic
    where epic = $epic and removed_by = 2147483647
    union all
    select
        slice,
        delivered,
        share
    from epic_slice
    where epic = $epic and removed_by = 2147483647
),
moved as (
    (select * from was except select * from live)
    union all
    (select * from live except select * from was)
),
changes as (
    select added_by as change_id from epic where epic = $epic and added_by > $based_on
    union all
    select added_by from epic_slice where epic = $epic and added_by > $based_on
    union all
    select removed_by from epic_slice
    where epic = $epic and removed_by > $based_on and removed_by < 2147483647
)
select max(changes.change_id) as change_id
from changes
where exists (select 1 from moved)
