-- Every nature that a cost line may have, and whether it is cost unless a dated policy says otherwise.
-- grain: nature
-- reads: nature
-- units: none
select nature, is_cost
from nature
order by nature
