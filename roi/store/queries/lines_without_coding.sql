-- Changes with lines whose coding is gone, so that they no longer say what they are booked on.
-- grain: change; empty when every line of every version finds its own
-- reads: ledger_line, coding
-- units: counts of lines
select
    added_by as change_id,
    count(*) as line_count
from ledger_line
where coding not in (select coding.coding from coding)
group by added_by
order by added_by
