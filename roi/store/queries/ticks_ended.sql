-- The changes that ended ticks of finance on $outcome, newest first: another line was named, or what they said edited.
-- Not those by which finance took them back, which are undos, nor those that were undone, which gave them back;
-- but the undo of an undo, which is the edit once more.
-- grain: change
-- reads: confirmation, change
-- units: numbers of changes
with recursive way as (

    select change_id, undoes, 0 as steps
    from change
    where change_id in (select confirmation.removed_by from confirmation where confirmation.outcome = $outcome)

    union all

    select way.change_id, change.undoes, way.steps + 1
    from way
    inner join change on way.undoes = change.change_id
)

select change_id
from way
where
    undoes is null
    and steps % 2 = 0
    and not exists (select 1 from change as undo where undo.undoes = way.change_id)
order by change_id desc
