-- When each closed month was closed.
-- grain: month
-- reads: live_closed_month, change
-- units: months as yyyymm
select
    live_closed_month.month,
    change.recorded_at as closed_at
from live_closed_month
inner join change on live_closed_month.added_by = change.change_id
order by live_closed_month.month
