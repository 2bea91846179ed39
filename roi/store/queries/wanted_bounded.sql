-- Between which bounds the part of each ledger line lies that is wanted.
-- grain: the view `wanted_bounded` by live ledger line; the table `wanted_spread` likewise: empty, see `wanted_spread.sql`
-- reads: what `wanted_line` and `wanted_bucket` prepare on this cursor, live_ledger_line
-- units: minor units of currency
create or replace temporary table wanted_spread (
    origin_change integer, source_row integer, month integer, part bigint
);

-- A part differs from its fraction of the line by less than two units a place. So it is known which lines cannot
-- be among those asked for, and only the others are spread over their places, unless all of these are wanted.
create or replace temporary view wanted_bounded as
select
    line.origin_change, line.source_row, line.month, line.coding, line.amount_minor, bucket.bucket,
    bucket.is_whole,
    case
        when bucket.is_whole or bucket.whole = 0 then abs(cast(line.amount_minor as hugeint))
        else abs(line.amount_minor * bucket.part // bucket.whole)
    end as about,
    case
        when bucket.is_whole then 0
        when bucket.whole = 0 then about
        else 2 * bucket.places + 1
    end as give
from live_ledger_line as line
inner join wanted_coding as coded using (month, coding)
inner join wanted_bucket as bucket using (bucket)
where
    is_wanted_month(line.month)
    and coded.is_area
    and meets(getvariable('wanted').change_id, line.origin_change)
