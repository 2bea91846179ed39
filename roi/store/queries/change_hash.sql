-- The hash of one change: with it, what the store held after that change is known for good.
-- grain: change
-- reads: change
-- units: none
select change.sha256
from change
where change.change_id = $change_id
