-- What a serving team passed on to each team it serves.
-- grain: team
-- reads: shown_full_cost
-- units: minor units as shown, NULL where a rate is missing
-- params: $basis actual or standard, $giver a team key; $first and $last as yyyymm, both included
select
    team,
    case when count(*) = count(amount_minor) then cast(sum(amount_minor) as bigint) end as amount
from shown_full_cost
where
    basis = $basis
    and scenario = 'actual'
    and hop = 'received'
    and giver = $giver
    and month between $first and $last
group by team
order by abs(sum(amount_minor)) desc, team
