-- The staged lines as one row: their number, signs, those that name nothing, their content's sums.
-- grain: one row
-- reads: staged_line
-- units: counts of lines; the sums of hashes identify the content in whatever order it stands
select
    count(*) as line_count,
    count(*) filter (where amount_minor < 0) as negative,
    count(*) filter (where team = '' and cost_centre = '' and pool = '' and person_key = '' and aside = '')
        as nameless,
    min(source_row, 5) filter (where team = '' and cost_centre = '' and pool = '' and person_key = '' and aside = '')
        as first_nameless,
    count(*) filter (where currency = '') as no_currency,
    min(source_row, 5) filter (where currency = '') as first_no_currency,
    count(*) filter (where is_read) - count(distinct mark) filter (where is_read) as repeated,
    coalesce(sum(mark), 0) as marks,
    coalesce(bit_xor(hash(mark, amount_minor)), 0) as mixed,
    coalesce(sum(abs(cast(amount_minor as hugeint))), 0) as size
from staged_line
