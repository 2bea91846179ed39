-- The cells that are read otherwise than sent; of several corrections of one cell that of its line counts, the last one.
-- grain: record, field
-- reads: staged_asked, staged_matched
-- units: text; sent as it stands in the file, value as it was put
create or replace temporary table staged_corrected as
select
    staged_matched.record,
    staged_matched.line,
    staged_asked.field,
    staged_matched.sent,
    staged_asked.value
from staged_matched
inner join staged_asked on staged_matched.place = staged_asked.place
qualify
    row_number() over (
        partition by staged_matched.record, staged_asked.field
        order by staged_asked.line is null, staged_asked.place desc
    ) = 1
