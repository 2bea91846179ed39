-- Which amounts are written plainly, and those written as most are as whole numbers.
-- grain: record
-- reads: staged_column
-- units: hundredths as in 2_text.sql
select
    record,
    hundredths(amount) as hundredths,
    case when hundredths is not null then true else is_plain_amount(amount) end as is_plain
from staged_column
