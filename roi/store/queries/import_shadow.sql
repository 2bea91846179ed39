-- The live lines of the file's months as they would be after the import; hides the stored view on this cursor.
-- grain: line
-- reads: ledger_line, coding, staged_sum, staged_typed
-- units: minor units of currency
create or replace temporary table live_ledger_line as
select month, coding, period_first, period_last, amount_minor
from ledger_line
where
    removed_by = 2147483647
    and month in (select staged_sum.month from staged_sum)
    and not (
        $is_replacing
        and (month, coding) in (
            select (staged_month.month, coding.coding)
            from coding
            inner join (select distinct month, scenario from staged_sum) as staged_month using (scenario)
            where coding.source = $source
        )
    )

union all

select month, coding, period_first, period_last, amount_minor
from staged_typed
