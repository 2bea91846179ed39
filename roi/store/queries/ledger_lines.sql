-- The ledger lines that a filter names, largest first; of a shared line the part that the filter names.
-- grain: live ledger line; team is empty where several teams share it
-- reads: placed_line (temporary view of this cursor); a filter that is null names everything
-- units: minor units of currency; $first and $last as yyyymm, both included; $pay: false leaves pay out
select
    origin_change,
    file_name,
    source_row,
    month,
    source,
    area,
    case when count(distinct team) = 1 then min(team) else '' end as team,
    max(placed) as placed,
    case when count(distinct (team, reason)) = 1 then min(reason) else max(rule) end as reason,
    category,
    supplier,
    description,
    scenario,
    nature,
    intent,
    treatment,
    currency,
    cast(sum(part_minor) as bigint) as amount_minor
from placed_line
where
    ($first is null or month between $first and $last)
    and ($scenario is null or scenario = $scenario)
    and ($source is null or source = $source)
    and ($teams is null or (placed = 'team' and list_contains($teams, team)))
    and ($area is null or area = $area)
    and ($currency is null or currency = $currency)
    and ($placed is null or placed = $placed)
    and ($change_id is null or origin_change = $change_id)
    and ($treatment is null or treatment = $treatment)
    and ($nature is null or nature = $nature)
    and ($intent is null or intent = $intent)
    and ($category is null or category = $category)
    and ($reason is null or reason = $reason)
    and ($booked_on is null or list_contains($booked_on, booked_on))
    and ($pay or not is_pay)
group by
    origin_change, file_name, source_row, month, source, area, category, supplier, description, scenario, nature,
    intent, treatment, currency, line_minor
order by abs(sum(part_minor)) desc, month, origin_change, source_row
limit $limit offset $offset
