-- Do several runs of lines share a bucket of which a part is wanted? One row if so.
-- grain: bucket
-- reads: what `wanted_run` prepares on this cursor
-- units: none
select bucket
from wanted_several
limit 1
