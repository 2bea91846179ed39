-- Staged lines whose amount explains a difference: the same amount, or half of it with the wrong sign.
-- grain: line, at most ten
-- reads: staged_line
-- units: minor units of currency
select
    source_row,
    amount_minor
from staged_line
where amount_minor != 0 and (amount_minor = $difference or 2 * amount_minor = $difference)
order by source_row
limit 10
