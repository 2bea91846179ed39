-- Lines that carry no cost and are left out.
-- grain: line
-- reads: staged_judged
-- units: amount and label as written
create or replace temporary table staged_left as
select *
from staged_judged
where why != 'maybe_total'
