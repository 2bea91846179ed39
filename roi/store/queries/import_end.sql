-- Ends the lines that the source has in the file's months and scenarios.
-- grain: line
-- reads: staged_sum, coding
-- units: none
update ledger_line
set removed_by = $change_id
where
    removed_by = 2147483647
    and (month, coding) in (
        select (staged_month.month, coding.coding)
        from coding
        inner join (select distinct month, scenario from staged_sum) as staged_month using (scenario)
        where coding.source = $source
    )
