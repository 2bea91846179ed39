-- What each team took from each serving team in the touched months.
-- grain: month, platform, consumer
-- reads: live_platform_usage, touched_month
-- units: the platform's own unit
select
    touched_month.month,
    live_platform_usage.platform,
    live_platform_usage.consumer,
    cast(sum(live_platform_usage.quantity) as bigint) as quantity
from live_platform_usage
inner join touched_month
    on
        live_platform_usage.first_month <= touched_month.month
        and coalesce(live_platform_usage.last_month, 299912) >= touched_month.month
group by touched_month.month, live_platform_usage.platform, live_platform_usage.consumer
order by touched_month.month, live_platform_usage.platform, live_platform_usage.consumer
