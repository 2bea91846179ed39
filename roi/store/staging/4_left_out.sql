-- Lines that carry no cost: totals at the bottom (they have no month), and lines with none of our cells.
-- grain: line
-- reads: staged_text
-- units: amount and label as written
create or replace temporary table staged_left as
with candidates as (

    select *
    from staged_text
    where not $has_month or not regexp_matches(coalesce(month, ''), '[0-9]')

),

judged as (

    select
        line,
        coalesce(trim(amount), '') as amount,
        coalesce(currency, '') as currency,
        coalesce(
            case when is_total(month) then month end,
            case when is_total(team) then team end,
            case when is_total(cost_centre) then cost_centre end,
            case when is_total(pool) then pool end,
            case when is_total(category) then category end,
            case when is_total(supplier) then supplier end,
            case when is_total(reference) then reference end,
            case when is_total(description) then description end,
            case when list_bool_or(list_transform(split(label, chr(31)), lambda cell: is_total(cell))) then 'total' end
        ) as total,
        coalesce(month, '') || coalesce(amount, '') || coalesce(team, '') || coalesce(cost_centre, '')
        || coalesce(pool, '') || coalesce(person_key, '') as ours
    from candidates

)

select
    line,
    amount,
    currency,
    case when total is not null then 'total' else 'no_cost' end as why,
    coalesce(trim(total), '') as label
from judged
where total is not null or trim(ours) = ''
