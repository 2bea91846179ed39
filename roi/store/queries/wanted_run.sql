-- Runs of ledger lines of a file in a bucket, and what each brings to the figure; `wanted_shared.sql` adds the others.
-- grain: the tables `wanted_run` by bucket and change, and by line where a cost area is wanted; `wanted_several` by
--        bucket whose runs share it; `wanted_sum` by run that has its bucket to itself
-- reads: what `wanted_line` and `wanted_bucket` prepare on this cursor, live_ledger_line
-- units: minor units of currency; shown as the report shows it, NULL where a rate is missing
-- Parts of lines that follow one another sum to the part of their sum, so lines of a file in a bucket are one run.
-- It is spread over places only where neither all places are wanted nor the bucket has no other run.
create or replace temporary table wanted_run as
select
    coded.bucket, line.origin_change,
    case when getvariable('wanted').area is null then 0 else line.source_row end as source_row,
    coded.is_area and meets(getvariable('wanted').change_id, line.origin_change) as is_wanted,
    cast(sum(line.amount_minor) as hugeint) as line,
    count(*) as line_count
from live_ledger_line as line
inner join wanted_coding as coded using (month, coding)
where is_wanted_month(line.month)
group by all;

create or replace temporary table wanted_several as
select run.bucket
from wanted_run as run
inner join wanted_bucket as bucket using (bucket)
where not bucket.is_plain
group by run.bucket
having count(*) > 1;

create or replace temporary table wanted_sum as
select
    bucket.month, run.origin_change, bucket.currency, run.line_count,
    case
        when bucket.is_plain then run.line
        when bucket.whole = 0 then 0
        else bucket.part
    end as amount,
    case
        when bucket.is_plain then run.line
        when bucket.whole = 0 then 0
        else bucket.shown
    end as shown
from wanted_run as run
inner join wanted_bucket as bucket using (bucket)
anti join wanted_several using (bucket)
where run.is_wanted
