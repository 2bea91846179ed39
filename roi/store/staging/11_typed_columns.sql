-- The typed lines of a file that was read as columns in memory, where every value could be read.
-- grain: record
-- reads: staged_typed_column
-- units: as in 11_typed.sql
create or replace temporary view staged_typed as
select
    record,
    source_row,
    booking,
    coding,
    month,
    month as period_first,
    month as period_last,
    true as has_started,
    true as has_ended,
    supplier,
    reference,
    description,
    line_key,
    amount_minor,
    understood = 1 as is_read,
    mark_of_line(words, month, month, month, supplier, reference, description, line_key, amount_minor) as mark
from staged_typed_column
