-- Every distinct written date with what it can mean.
-- grain: written
-- reads: staged_used
-- units: months as yyyymm; NULL where a reading is impossible
-- What is a month's name is left to `named_month`: letters of any script, and how many, take long to prepare, for
-- every file. So here is all but blanks, digits and most signs. What a macro names several times is reckoned before it.
create or replace temporary table staged_date as
with written_dates as (

    select distinct
        written,
        plain_date(written) as said
    from staged_used

),

parts as (

    select
        written,
        said,
        regexp_extract(said, '^(\d{4})[-/.]?(\d{2})$', ['y', 'm']) as year_month,
        regexp_extract(said, '^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$', ['y', 'm', 'd']) as iso,
        regexp_extract(said, '^(\d{4})(\d{2})(\d{2})$', ['y', 'm', 'd']) as closed,
        regexp_extract(said, '^([^ -@]+)[.]? (\d{1,2}),? (\d{4})$', ['m', 'd', 'y']) as american,
        regexp_extract(said, '^(\d{1,2})[/.-](\d{4})$', ['m', 'y']) as month_year,
        regexp_extract(said, '^(\d{1,2})([-/. ])(\d{1,2})[-/. ](\d{4}|\d{2})$', ['a', 's', 'b', 'y']) as numeric,
        regexp_extract(
            said,
            '^(?:(\d{1,2})[-/. ]{1,2}(?:de )?)?([^ -@]+)[.]?(?:[-/, ]{1,2}| de )(\d{4}|\d{2})$',
            ['d', 'm', 'y']
        ) as named
    from written_dates

),

numbers as (

    select
        written,
        -- Most ways of writing a date leave no doubt, and no text is written in two of them.
        coalesce(
            try_cast(year_month.y as integer), try_cast(iso.y as integer), try_cast(closed.y as integer),
            try_cast(month_year.y as integer)
        ) as year,
        coalesce(
            try_cast(year_month.m as integer), try_cast(iso.m as integer), try_cast(closed.m as integer),
            try_cast(month_year.m as integer)
        ) as month,
        coalesce(try_cast(iso.d as integer), try_cast(closed.d as integer), 1) as day,
        coalesce(try_cast(american.y as integer), full_year(named.y)) as named_year,
        named_month(coalesce(nullif(american.m, ''), named.m)) as named_month,
        coalesce(try_cast(american.d as integer), try_cast(named.d as integer), 1) as named_day,
        regexp_full_match(said, '[^ -@]+[.]? \d{2}') as is_short,
        numeric.s = '.' as is_dotted,
        full_year(numeric.y) as numeric_year,
        try_cast(numeric.a as integer) as first_number,
        try_cast(numeric.b as integer) as second_number
    from parts

)

select
    written,
    coalesce(
        month_if_day(year, month, day),
        -- Jan 25 may be a day without its year.
        case when not is_short then month_if_day(named_year, named_month, named_day) end
    ) as plain,
    is_dotted,
    month_if_day(numeric_year, second_number, first_number) as day_first,
    month_if_day(numeric_year, first_number, second_number) as month_first
from numbers
