-- When the first change after a moment was recorded.
-- grain: one row; NULL when there is none
-- reads: change
-- units: UTC
select min(recorded_at) as recorded_at
from change
where recorded_at > $since
