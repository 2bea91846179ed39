-- How many of the lines that could be read repeat another one in all that the ledger would hold of them.
-- grain: one row
-- reads: staged_typed
-- units: count of lines
select count(*) - count(distinct mark) as repeated
from staged_typed
where is_read
