-- What the hops of a month hold together: the cost of teams and overhead, in both bases (law T1).
-- grain: basis, month
-- reads: shown_full_cost
-- units: minor units as shown, NULL where a rate is missing
-- params: $first and $last as yyyymm, both included
select
    basis,
    month,
    case when count(*) = count(amount_minor) then cast(sum(amount_minor) as bigint) end as amount
from shown_full_cost
where scenario = 'actual' and month between $first and $last
group by basis, month
order by basis, month
