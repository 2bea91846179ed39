-- Read a spool whose first cell is the physical line and whose records end with a bare line feed; cells that no field takes start with an underscore.
-- One such column stands past the end.
-- grain: line
-- reads: the spooled file
-- units: text
create or replace temporary table staged_cell as
select
    cast(row_number() over () as integer) as record,
    cast(line_number as integer) as line,
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
        new_line = '\n',
        max_line_size = 8000000,
        buffer_size = 16000000
    )
