-- By which weights a serving team's cost passed on to those it serves; each giver's weights sum to a thousand million.
-- grain: month, giver, receiver
-- reads: mart_platform_weight
-- units: weights
-- params: $first and $last as yyyymm, both included
select month, giver, receiver, weight
from mart_platform_weight
where month between $first and $last
order by month, giver, receiver
