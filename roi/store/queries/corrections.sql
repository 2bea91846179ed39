-- What was put instead of what was sent, by the imports named.
-- grain: change
-- reads: change
-- units: corrections as JSON: field, what was sent, what was put, and the lines
select
    change_id,
    json_extract(detail, '$.corrections') as corrections
from change
where change_id in (select unnest($changes)) and json_exists(detail, '$.corrections')
