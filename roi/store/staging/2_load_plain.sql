-- Read a spool in which each physical line is a record, so that lines are counted here.
-- Cells that no field takes start with an underscore; one such column stands past the end.
-- grain: line
-- reads: the spooled file
-- units: text
create or replace temporary table staged_cell as
select
    cast(row_number() over () as integer) as record,
    cast($header_line + record as integer) as line,
    columns('^(month|amount|currency|team|cost_centre|pool|person_key|category|supplier|reference|description|scenario|nature|intent|treatment|line_key|period_start|period_end)$'),
    columns('^_'),
    hundredths(amount) as hundredths,
    case when hundredths is not null then true else is_plain_amount(amount) end as is_plain,
    hash(*columns('^(team|cost_centre|pool|person_key|category|scenario|nature|intent|treatment|currency|_nameless_past_the_end)$')) as key,
    true as may_total
from
    read_csv(
        $path,
        columns = $columns,
        delim = $delimiter,
        quote = '"',
        escape = '"',
        header = false,
        auto_detect = false,
        null_padding = true,
        strict_mode = true,
        parallel = false,
        max_line_size = 8000000,
        buffer_size = 16000000
    )
