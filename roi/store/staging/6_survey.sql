-- What the whole file says about its dates and its decimal mark.
-- grain: one row
-- reads: staged_text, staged_used, staged_date
-- units: counts of lines; first lines where a question stays open
with lines as (

    select
        line,
        amount,
        strpos(amount, '.') > 0 as has_dot,
        is_plain and not contains(amount, ',') and not (has_dot and strlen(amount) - strpos(amount, '.') = 3) as is_simple
    from staged_text
    where hundredths is null

),

dates as (

    select
        coalesce(sum(lines) filter (where plain is null and day_first is not null and month_first is null), 0)
            as only_day_first,
        coalesce(sum(lines) filter (where plain is null and day_first is null and month_first is not null), 0)
            as only_month_first,
        coalesce(sum(lines) filter (
            where plain is null and day_first != month_first and not is_dotted
        ), 0) as either,
        min(first_line) filter (where plain is null and day_first != month_first and not is_dotted) as first_either,
        min(first_line) filter (where plain is null and day_first is not null and month_first is null) as first_day_first,
        min(first_line) filter (where plain is null and day_first is null and month_first is not null)
            as first_month_first,
        min(written) filter (where plain is null and day_first != month_first and not is_dotted) as either_written,
        coalesce(
            bool_and(plain is not null or day_first = $stated_month) filter (where is_posting), false
        ) as day_first_fits,
        coalesce(
            bool_and(plain is not null or month_first = $stated_month) filter (where is_posting), false
        ) as month_first_fits
    from (
        select
            staged_date.*,
            staged_used.lines,
            staged_used.first_line,
            staged_used.is_posting
        from staged_used
        inner join staged_date on staged_used.written = staged_date.written
        where staged_date.written != ''
    )

),

bodies as (

    select
        line,
        trim(amount) as amount,
        -- Blanks and apostrophes only stand between thousands; they say nothing about the decimal mark.
        regexp_extract(
            translate(amount, ' ''’' || chr(160) || chr(8239) || chr(8201), ''), '[0-9][0-9.,]*'
        ) as body
    from lines
    where not is_simple

),

-- Most amounts are digits, at most one dot, one or two decimals. Only the others are looked at closely.
plain as (

    select
        count(*) as dots,
        min(line) as first_dot
    from (
        select line from staged_text
        where hundredths is not null

        union all

        select line from lines
        where is_simple and has_dot
    )

),

shaped as (

    select
        line,
        amount,
        regexp_full_match(body, '[1-9][0-9]{0,2}[.,][0-9]{3}') as is_either,
        regexp_full_match(body, '[0-9,]*[.][0-9]+') or regexp_full_match(body, '[1-9][0-9]{0,2}(,[0-9]{3}){2,}') as is_dot,
        (regexp_full_match(body, '[0-9.]*,[0-9]+') and not regexp_full_match(body, '[1-9][0-9]{0,2}(,[0-9]{3})+'))
        or regexp_full_match(body, '[1-9][0-9]{0,2}([.][0-9]{3}){2,}') as is_comma
    from bodies

),

amounts as (

    select
        count(*) filter (where not is_either and is_dot) as dot_votes,
        min(line) filter (where not is_either and is_dot) as first_dot,
        count(*) filter (where not is_either and is_comma) as comma_votes,
        min(line) filter (where not is_either and is_comma) as first_comma,
        arg_min(amount, line) filter (where not is_either and is_comma) as comma_amount,
        count(*) filter (where is_either) as either_mark,
        min(line) filter (where is_either) as first_either_mark,
        arg_min(amount, line) filter (where is_either) as either_amount
    from shaped

)

select
    cast(only_day_first as bigint) as only_day_first,
    cast(only_month_first as bigint) as only_month_first,
    cast(either as bigint) as either,
    first_either,
    first_day_first,
    first_month_first,
    either_written,
    day_first_fits,
    month_first_fits,
    plain.dots + amounts.dot_votes as dot_votes,
    least(plain.first_dot, amounts.first_dot) as first_dot,
    comma_votes,
    first_comma,
    comma_amount,
    either_mark,
    first_either_mark,
    either_amount
from dates, plain, amounts
