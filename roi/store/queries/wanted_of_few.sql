-- Buckets are sought only among what is booked on the same: of few teams, or off them, that is little.
-- grain: the table `wanted_few` by place, and the view `wanted_near` of it
-- reads: what `wanted_line` prepares on this cursor
-- units: minor units of currency; shown as the report shows it
create or replace temporary table wanted_few as
select *
from wanted_place
where (object_kind, object) in (select (wanted.object_kind, wanted.object) from wanted_place as wanted where wanted.is_wanted);

create or replace temporary view wanted_near as
select * from wanted_few
