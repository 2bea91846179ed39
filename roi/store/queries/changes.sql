-- The history: every change, newest first.
-- grain: change
-- reads: live_change
-- units: none
select
    change_id,
    recorded_at,
    actor,
    kind,
    reason,
    source_name,
    source_sha256,
    detail,
    undoes,
    rows_added,
    rows_removed,
    lines_added
from live_change
order by change_id desc
