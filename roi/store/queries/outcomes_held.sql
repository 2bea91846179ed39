-- How many outcomes there are, and how many of them are read.
-- grain: one row
-- reads: live_outcome
-- units: counts
select
    count(*) as outcomes,
    count(*) filter (where actual <> '') as read
from live_outcome
