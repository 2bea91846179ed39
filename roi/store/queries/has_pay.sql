-- Whether the ledger holds pay at all; without it there is nothing to hide (decision D23).
-- grain: one row
-- reads: mart_team_cost
-- units: none
select count(*) > 0 as has_pay
from (
    select 1 as one
    from mart_team_cost
    where is_pay
    limit 1
) as found
