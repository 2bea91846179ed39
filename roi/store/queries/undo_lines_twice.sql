-- Months to which lines would come back although a later import, which did not ask to be added, fills them.
-- grain: month, source and the change that the lines there came from; empty when nothing would be there twice
-- reads: cost_line, change
-- units: months as yyyymm
with back as (

    select distinct cost_line.source, cost_line.scenario, cost_line.month
    from cost_line
    inner join change on cost_line.origin_change = change.change_id
    where
        cost_line.removed_by = $change_id
        and coalesce(json_extract_string(change.detail, '$.mode'), 'add') != 'add'

),

added as (

    select distinct origin_change, source_row, month
    from cost_line
    where added_by = $change_id

)

select
    cost_line.month,
    cost_line.source,
    max(cost_line.added_by) as in_the_way
from cost_line
inner join change on cost_line.origin_change = change.change_id
inner join back
    on
        cost_line.source = back.source
        and cost_line.scenario = back.scenario
        and cost_line.month = back.month
left join added
    on
        cost_line.origin_change = added.origin_change
        and cost_line.source_row = added.source_row
        and cost_line.month = added.month
where
    cost_line.removed_by = 2147483647
    and cost_line.added_by > $change_id
    and added.origin_change is null
    and coalesce(json_extract_string(change.detail, '$.mode'), 'add') != 'add'
group by cost_line.month, cost_line.source
order by cost_line.month, cost_line.source
