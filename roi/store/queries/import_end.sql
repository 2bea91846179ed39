-- Ends the lines that the source has in the file's months and scenarios.
-- grain: line
-- reads: staged_sum
-- units: none
update cost_line
set removed_by = $change_id
where
    removed_by = 2147483647
    and source = $source
    and (month, scenario) in (select distinct (staged_sum.month, staged_sum.scenario) from staged_sum)
