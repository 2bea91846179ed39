-- What the whole file says about its dates and its decimal mark.
-- grain: one row
-- reads: staged_text, staged_date
-- units: counts of lines; first lines where a question stays open
with dates as (

    select
        count(*) filter (where plain is null and day_first is not null and month_first is null) as only_day_first,
        count(*) filter (where plain is null and day_first is null and month_first is not null) as only_month_first,
        count(*) filter (
            where plain is null and day_first is not null and month_first is not null
            and day_first != month_first and not is_dotted
        ) as either,
        min(staged_text.line) filter (
            where plain is null and day_first is not null and month_first is not null
            and day_first != month_first and not is_dotted
        ) as first_either,
        count(*) filter (where plain is null and (day_first is not null or month_first is not null)) as numeric_dates,
        count(*) filter (where plain is null and is_dotted) as dotted
    from staged_text
    inner join staged_date on coalesce(staged_text.month, '') = staged_date.written

),

bodies as (

    select
        line,
        regexp_extract(trim(amount), '[0-9][0-9.,]*') as body
    from staged_text

),

amounts as (

    select
        count(*) filter (where regexp_full_match(body, '[0-9,]*[.][0-9]+') and not regexp_full_match(body, '[1-9][0-9]{0,2}[.][0-9]{3}'))
            as dot_decimal,
        count(*) filter (where regexp_full_match(body, '[0-9.]*,[0-9]+') and not regexp_full_match(body, '[1-9][0-9]{0,2},[0-9]{3}')
            and not regexp_full_match(body, '[0-9]{1,3}(,[0-9]{3})+')) as comma_decimal,
        count(*) filter (where regexp_full_match(body, '[0-9]{1,3}(,[0-9]{3}){2,}')) as comma_thousands,
        count(*) filter (where regexp_full_match(body, '[0-9]{1,3}([.][0-9]{3}){2,}')) as dot_thousands,
        count(*) filter (where regexp_full_match(body, '[1-9][0-9]{0,2}[.,][0-9]{3}')) as either_mark,
        min(line) filter (where regexp_full_match(body, '[1-9][0-9]{0,2}[.,][0-9]{3}')) as first_either_mark
    from bodies

)

select
    only_day_first,
    only_month_first,
    either,
    first_either,
    numeric_dates,
    dotted,
    dot_decimal + comma_thousands as dot_votes,
    comma_decimal + dot_thousands as comma_votes,
    either_mark,
    first_either_mark
from dates, amounts
