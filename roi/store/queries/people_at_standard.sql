-- The people of some teams by role and band, with what they cost at standard rates.
-- grain: role, band
-- reads: shown_role_month
-- units: share in parts per million of a head, summed over months; minor units as shown, NULL without a rate
-- params: $teams and $months lists
select
    role,
    band,
    cast(sum(share) as bigint) as share,
    case when count(*) = count(amount_minor) then cast(sum(amount_minor) as bigint) end as amount
from shown_role_month
where list_contains($teams, team) and list_contains($months, month)
group by role, band
order by sum(share) desc, role, band
