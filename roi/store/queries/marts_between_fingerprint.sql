-- What stands between the ledger and the figures, to compare what is stored with what is built again.
-- grain: every dimension of the marts; the number of a bucket is left out, as it is given anew each time
-- reads: mart_cost_bucket, mart_share, mart_platform_weight
-- units: minor units of currency; weights in parts per million, thousand million, or the driver's own unit
select
    'bucket' as step, month, source, object_kind, object, aside, is_personal, scenario, nature, intent, treatment,
    category, currency, cast(sum(amount_minor) as bigint) as amount, cast(sum(line_count) as bigint) as line_count
from mart_cost_bucket
group by all

union all

select
    'share', month, '', kind, object, team, false, '', '', '', '', '', '', cast(sum(weight) as bigint), 0
from mart_share
group by all

union all

select
    'weight', month, '', '', giver, receiver, false, '', '', '', '', '', '', cast(sum(weight) as bigint), 0
from mart_platform_weight
group by all
order by all
