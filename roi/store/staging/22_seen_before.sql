-- Staged lines whose document (reference, supplier, amount) the source already has in another month.
-- grain: staged line
-- reads: staged_line, staged_sum, live_cost_line
-- units: months as yyyymm; the latest of those months
with documents as (

    select source_row, reference, supplier, currency, amount_minor, scenario
    from staged_line
    where reference != '' and amount_minor != 0

),

held as (

    select reference, supplier, currency, amount_minor, scenario, max(month) as month
    from live_cost_line
    where
        source = $source
        and reference in (select documents.reference from documents)
        and month not in (select staged_sum.month from staged_sum)
    group by all

)

select
    documents.source_row,
    documents.reference,
    held.month
from documents
inner join held using (reference, supplier, currency, amount_minor, scenario)
order by documents.source_row
