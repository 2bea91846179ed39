-- The ledger lines that may be among the largest that are wanted.
-- grain: the table `wanted_candidate` by live ledger line
-- reads: what `wanted_bounded` prepares on this cursor
-- units: minor units of currency
create or replace temporary table wanted_candidate as
with bounded as (select * from wanted_bounded)

select *
from bounded
where
    about + give >= (
        select min(at_least)
        from (select about - give as at_least from bounded order by at_least desc limit ($limit + $offset)) as largest
    )
