-- What reached and left each team when serving teams and overhead were passed on (decision D3).
-- grain: month, team, hop (own only at standard rates), giver ('' unless $by_giver)
-- reads: shown_full_cost
-- units: minor units as shown, NULL where a rate is missing
-- params: $basis actual or standard; $by_giver; $first and $last as yyyymm, both included
select
    month,
    team,
    hop,
    case when $by_giver then giver else '' end as giver,
    case when count(*) = count(amount_minor) then cast(sum(amount_minor) as bigint) end as amount
from shown_full_cost
where
    basis = $basis and scenario = 'actual' and month between $first and $last
    and (hop <> 'own' or basis = 'standard')
group by month, team, hop, case when $by_giver then giver else '' end
