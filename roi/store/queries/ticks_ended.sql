-- The changes that ended ticks of finance on $outcome, newest first: another line was named, or what they said edited.
-- Not those by which finance took them back, which are undos, nor those that were undone, which gave them back.
-- grain: change
-- reads: confirmation, change
-- units: numbers of changes
select distinct change.change_id
from confirmation
inner join change on confirmation.removed_by = change.change_id
where
    confirmation.outcome = $outcome
    and change.undoes is null
    and not exists (select 1 from change as undo where undo.undoes = change.change_id)
order by change.change_id desc
