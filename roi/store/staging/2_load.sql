-- Read the spooled file; cells that no field takes are named with a leading underscore and left out.
-- grain: line
-- reads: the spooled file
-- units: text
insert into staged_text by name
select columns('^[a-z]')
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
        max_line_size = 20000000
    )
