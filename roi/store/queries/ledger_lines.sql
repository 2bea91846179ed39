-- The ledger lines that are wanted, or those of each month, largest first; of a shared line the part that is wanted.
-- grain: live ledger line; team is empty where several teams share it
-- reads: what `wanted_line`, `wanted_candidate` and `wanted_spread` prepare on this cursor, live_ledger_line, change
-- units: minor units of currency
with shown as (

    select candidate.*, case when is_whole then candidate.amount_minor else spread.part end as wanted_minor
    from wanted_candidate as candidate
    left join wanted_spread as spread using (origin_change, source_row, month)
    qualify
        row_number() over (
            partition by if($by_month, month, 0)
            order by abs(wanted_minor) desc, month, origin_change, source_row
        ) between $offset + 1 and coalesce($offset + $limit, 9000000000)

)

select
    shown.origin_change,
    change.source_name as file_name,
    shown.source_row,
    shown.month,
    coding.source,
    coding.area,
    bucket.team,
    bucket.placed,
    bucket.reason,
    coding.category,
    line.supplier,
    line.description,
    coding.scenario,
    coding.nature,
    coding.intent,
    coding.treatment,
    coding.currency,
    shown.wanted_minor as amount_minor
from shown
inner join wanted_bucket as bucket using (bucket)
inner join named_coding as coding using (coding)
inner join change on shown.origin_change = change.change_id
inner join live_ledger_line as line
    on
        shown.origin_change = line.origin_change
        and shown.source_row = line.source_row
        and shown.month = line.month
order by abs(shown.wanted_minor) desc, shown.month, shown.origin_change, shown.source_row
