-- Actual cost that no team carries yet, by its name in the source and the reason; largest first. Never by person.
-- grain: source, object, reason
-- reads: shown_team_cost
-- units: minor units as shown, NULL where a rate is missing
-- params: $first and $last as yyyymm, both included; $pay: false leaves pay out
select
    source,
    case object_kind when 'person' then '' else object end as object,
    reason,
    case when count(*) = count(amount_minor) then cast(sum(amount_minor) as bigint) end as amount_minor,
    cast(sum(line_count) as bigint) as line_count
from shown_team_cost
where
    scenario = 'actual'
    and placed = 'suspense'
    and ($pay or not is_pay)
    and month between $first and $last
group by source, case object_kind when 'person' then '' else object end, reason
order by abs(sum(amount_minor)) desc, source, object, reason
