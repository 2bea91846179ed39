-- What some teams received from each serving team and each overhead pool.
-- grain: hop, giver
-- reads: shown_full_cost
-- units: minor units as shown, NULL where a rate is missing
-- params: $basis actual or standard; $teams and $months lists
select
    hop,
    giver,
    case when count(*) = count(amount_minor) then cast(sum(amount_minor) as bigint) end as amount
from shown_full_cost
where
    basis = $basis
    and scenario = 'actual'
    and hop in ('received', 'overhead')
    and list_contains($teams, team)
    and list_contains($months, month)
group by hop, giver
order by hop desc, abs(sum(amount_minor)) desc, giver
