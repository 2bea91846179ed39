-- The figures of the closed months among the touched ones: what each team cost before and after it was passed on,
-- as booked and in the reporting currency, so that a rate moves a closed figure too (decision D11).
-- grain: month, place, team, hop, scenario, treatment, currency as booked, currency of the figure
-- reads: mart_team_cost, mart_full_cost, live_closed_month, live_setting, touched_month
-- units: minor units of the figure's currency; NULL where an exchange rate is missing
with closed as (

    select touched_month.month
    from touched_month
    semi join live_closed_month on touched_month.month = live_closed_month.month

),

figures as (

    -- Why something is in suspense is a word: what stays there to the cent moves no figure.
    select month, placed as place, team, '' as hop, scenario, treatment, currency, amount_minor, reporting_minor
    from mart_team_cost
    where month in (select closed.month from closed)

    union all

    select month, basis, team, hop || ' ' || giver, scenario, treatment, currency, amount_minor, reporting_minor
    from mart_full_cost
    where month in (select closed.month from closed)

)

select
    month, place, team, hop, scenario, treatment, currency as booked, currency,
    cast(sum(amount_minor) as bigint) as amount_minor
from figures
group by all

union all

select
    figures.month, figures.place, figures.team, figures.hop, figures.scenario, figures.treatment,
    figures.currency, reporting.value,
    case when count(*) = count(figures.reporting_minor) then cast(sum(figures.reporting_minor) as bigint) end
from figures
inner join live_setting as reporting on reporting.name = 'currency' and figures.currency != reporting.value
group by all
order by all
