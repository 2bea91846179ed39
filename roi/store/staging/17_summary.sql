-- The staged lines as one row: their number, signs, those that name nothing, their size.
-- grain: one row
-- reads: staged_typed, staged_sum
-- units: counts of lines; size in minor units, currencies mixed, as it only guards against overflow
with amounts as (

    select
        count(*) as line_count,
        count(*) filter (where amount_minor < 0) as negative,
        coalesce(sum(abs(amount_minor)), 0) as size
    from staged_typed

),

named as (

    select
        coalesce(bool_or(team = '' and cost_centre = '' and pool = '' and person_key = '' and aside = ''), false)
            as has_nameless,
        coalesce(bool_or(currency = ''), false) as has_no_currency
    from staged_sum

)

select line_count, negative, has_nameless, has_no_currency, size
from amounts, named
