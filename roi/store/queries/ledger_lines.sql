-- The ledger lines that a filter names, largest first.
-- grain: live ledger line
-- reads: placed_line (temporary view of this cursor); a filter that is null names everything
-- units: minor units of currency; $first and $last as yyyymm, both included
select
    origin_change,
    file_name,
    source_row,
    month,
    source,
    area,
    team,
    placed,
    reason,
    category,
    supplier,
    description,
    scenario,
    nature,
    intent,
    treatment,
    currency,
    amount_minor
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
order by abs(amount_minor) desc, month, origin_change, source_row
limit $limit offset $offset
