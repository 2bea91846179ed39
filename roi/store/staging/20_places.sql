-- What each place costs in the file's months beside what is usual: the median of its months among the six before.
-- grain: place, month, currency, scenario; amount_minor is null where the file has no line of a place that is usual
-- reads: staged_sum, live_cost_line
-- units: minor units of currency; months as yyyymm; usual_months counts the months behind the median
with staged as (

    select
        coalesce(nullif(team, ''), nullif(cost_centre, ''), nullif(pool, ''), '') as place,
        month,
        currency,
        scenario,
        cast(sum(amount_minor) as bigint) as amount_minor,
        min(first_line) as line
    from staged_sum
    where is_understood and month is not null and read_count > 0 and aside = ''
    group by all

),

held as (

    select
        coalesce(nullif(team, ''), nullif(cost_centre, ''), nullif(pool, ''), '') as place,
        month,
        currency,
        scenario,
        cast(sum(amount_minor) as bigint) as amount_minor
    from live_cost_line
    where source = $source and month not in (select staged.month from staged)
    group by all

),

file_month as (

    select distinct month, currency, scenario from staged

),

usual as (

    select
        held.place,
        file_month.month,
        file_month.currency,
        file_month.scenario,
        cast(median(held.amount_minor) as bigint) as usual_minor,
        count(*) as usual_months
    from file_month
    inner join held
        on
            file_month.currency = held.currency
            and file_month.scenario = held.scenario
            and (file_month.month // 100) * 12 + file_month.month % 100
            - (held.month // 100) * 12 - held.month % 100 between 1 and 6
    group by all

)

select
    coalesce(staged.place, usual.place) as place,
    coalesce(staged.month, usual.month) as month,
    coalesce(staged.currency, usual.currency) as currency,
    staged.amount_minor,
    usual.usual_minor,
    coalesce(usual.usual_months, 0) as usual_months,
    staged.line
from staged
full join usual
    on
        staged.place = usual.place
        and staged.month = usual.month
        and staged.currency = usual.currency
        and staged.scenario = usual.scenario
where coalesce(staged.place, usual.place) != ''
order by abs(coalesce(staged.amount_minor, usual.usual_minor)) desc, 1, 2
