-- The ledger lines that may be among the largest of their month that are wanted.
-- grain: the table `wanted_candidate` by live ledger line
-- reads: what `wanted_bounded` prepares on this cursor
-- units: minor units of currency
create or replace temporary table wanted_candidate as
with bounded as (select * from wanted_bounded),

least as (select month, list_min(max(about - give, cast($limit as integer))) as at_least from bounded group by month)

select bounded.*
from bounded
inner join least using (month)
where bounded.about + bounded.give >= least.at_least
