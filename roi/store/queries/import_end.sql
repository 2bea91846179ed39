-- Ends the lines that the source has in the file's months and scenarios.
-- grain: line
-- reads: staged_line
-- units: none
update cost_line
set removed_by = $change_id
where
    removed_by = 2147483647
    and source = $source
    and (month, scenario) in (select distinct (staged_line.month, staged_line.scenario) from staged_line)
