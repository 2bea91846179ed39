-- The staged lines as one row: their number, signs, those that name nothing, their size.
-- grain: one row
-- reads: staged_sum
-- units: counts of lines; size in minor units, currencies mixed, as it only guards against overflow
select
    cast(coalesce(sum(line_count), 0) as bigint) as line_count,
    cast(coalesce(sum(negative), 0) as bigint) as negative,
    coalesce(bool_or(team = '' and cost_centre = '' and pool = '' and person_key = '' and aside = ''), false)
        as has_nameless,
    coalesce(bool_or(currency = ''), false) as has_no_currency,
    coalesce(sum(size), 0) as size
from staged_sum
