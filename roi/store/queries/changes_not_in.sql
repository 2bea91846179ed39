-- When the changes were recorded that a backup does not hold: all of them where it is of another history.
-- grain: one row; NULL when there is none
-- reads: change
-- units: UTC
select
    min(recorded_at) as oldest,
    max(recorded_at) as newest
from change
where
    change_id > $change_id
    or (select count(*) from change where change_id = $change_id and starts_with(sha256, $sha256)) = 0
