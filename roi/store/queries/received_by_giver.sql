-- What some teams received from each serving team and each overhead pool in each month.
-- grain: month, hop, giver
-- reads: shown_full_cost
-- units: minor units as shown, NULL where a rate is missing
-- params: $basis actual or standard; $teams a list
select
    month,
    hop,
    giver,
    case when count(*) = count(amount_minor) then cast(sum(amount_minor) as bigint) end as amount
from shown_full_cost
where
    basis = $basis
    and scenario = 'actual'
    and hop in ('received', 'overhead')
    and list_contains($teams, team)
group by month, hop, giver
order by month, hop desc, giver
