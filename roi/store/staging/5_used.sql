-- Every distinct text where a date belongs, and how often it stands there in the lines.
-- grain: written, is_posting
-- reads: staged_text
-- units: counts of lines, and the first of them
create or replace temporary table staged_used as
with lines as (

    select
        line,
        coalesce(month, '') as month,
        coalesce(period_start, '') as period_start,
        coalesce(period_end, '') as period_end
    from staged_text

)

-- All dates of a file are written alike: those of service periods decide the order too, where the file has them.
select month as written, true as is_posting, count(*) as lines, min(line) as first_line
from lines
group by month

union all

select period_start, false, count(*), min(line)
from lines
where $has_start
group by period_start

union all

select period_end, false, count(*), min(line)
from lines
where $has_end
group by period_end
