-- Every distinct written date with what it can mean.
-- grain: written
-- reads: staged_used
-- units: months as yyyymm; NULL where a reading is impossible
-- How long a month's name may be is left to `named_month`: counted letters of any script took a twentieth of a second
-- to prepare, for every file.
create or replace temporary table staged_date as
with written_dates as (

    select distinct written from staged_used

),

parts as (

    select
        written,
        regexp_extract(plain_date(written), '^(\d{4})[-/.]?(\d{2})$', ['y', 'm']) as year_month,
        regexp_extract(plain_date(written), '^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$', ['y', 'm', 'd']) as iso,
        regexp_extract(plain_date(written), '^(\d{4})(\d{2})(\d{2})$', ['y', 'm', 'd']) as closed,
        regexp_extract(plain_date(written), '^(\pL+)[.]? (\d{1,2}),? (\d{4})$', ['m', 'd', 'y']) as american,
        regexp_extract(plain_date(written), '^(\d{1,2})[/.-](\d{4})$', ['m', 'y']) as month_year,
        regexp_extract(
            plain_date(written), '^(\d{1,2})([-/. ])(\d{1,2})[-/. ](\d{4}|\d{2})$', ['a', 's', 'b', 'y']
        ) as numeric,
        regexp_extract(
            plain_date(written),
            '^(?:(\d{1,2})[-/. ]{1,2}(?:de )?)?(\pL+)[.]?(?:[-/, ]{1,2}| de )(\d{4}|\d{2})$',
            ['d', 'm', 'y']
        ) as named
    from written_dates

)

select
    written,
    coalesce(
        month_if_day(try_cast(year_month.y as integer), try_cast(year_month.m as integer), 1),
        month_if_day(try_cast(iso.y as integer), try_cast(iso.m as integer), try_cast(iso.d as integer)),
        month_if_day(try_cast(closed.y as integer), try_cast(closed.m as integer), try_cast(closed.d as integer)),
        month_if_day(try_cast(month_year.y as integer), try_cast(month_year.m as integer), 1),
        month_if_day(try_cast(american.y as integer), named_month(american.m), try_cast(american.d as integer)),
        -- Jan 25 may be a day without its year.
        case
            when not regexp_full_match(plain_date(written), '\pL+[.]? \d{2}')
                then month_if_day(
                    full_year(named.y), named_month(named.m), coalesce(try_cast(nullif(named.d, '') as integer), 1)
                )
        end
    ) as plain,
    numeric.s = '.' as is_dotted,
    month_if_day(full_year(numeric.y), try_cast(numeric.b as integer), try_cast(numeric.a as integer)) as day_first,
    month_if_day(full_year(numeric.y), try_cast(numeric.a as integer), try_cast(numeric.b as integer)) as month_first
from parts
