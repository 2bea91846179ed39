-- Buckets are sought among all places: most are wanted.
-- grain: the view `wanted_near` by place
-- reads: what `wanted_line` prepares on this cursor
-- units: minor units of currency; shown as the report shows it
create or replace temporary view wanted_near as
select * from wanted_place
