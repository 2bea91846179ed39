-- What round sums of other currencies are worth in closed months, at the rates as they were after change $change_id:
-- of the currencies in which value of the month was confirmed when it closed, or a finance line moved in it. No ledger
-- line need be in them, so that a rate moves a closed figure of value alone (decision D11).
-- grain: month, place, team, currency
-- reads: confirmation, confirmed_reading, epic, epic_slice, exchange_rate, finance_line, line_month, live_closed_month,
-- live_setting, outcome
-- params: $change_id
-- units: minor units of the reporting currency, of as many units that each billionth of a rate is one of them
with closed as (

    select live_closed_month.month, live_closed_month.added_by, reporting.value as target, currency.minor_digits
    from live_closed_month
    cross join (select value from live_setting where name = 'currency') as reporting
    inner join currency on reporting.value = currency.currency

),

deliveries as (

    select epic, delivered, added_by, removed_by
    from epic
    union all
    select epic, delivered, added_by, removed_by
    from epic_slice

),

readings as (

    select
        outcome.epic,
        outcome.currency,
        outcome.read_on,
        greatest(outcome.added_by, ticks.added_by) as added_by,
        least(outcome.removed_by, ticks.removed_by) as removed_by
    from outcome
    inner join confirmation as ticks on outcome.outcome = ticks.outcome and ticks.tick = 'movement'
    union all
    select
        outcome.epic,
        held.currency,
        held.read_on,
        greatest(outcome.added_by, held.added_by) as added_by,
        least(outcome.removed_by, held.removed_by) as removed_by
    from confirmed_reading as held
    inner join outcome on held.outcome = outcome.outcome

),

held as (

    select closed.month, readings.currency
    from closed
    inner join readings
        on
            closed.added_by >= readings.added_by
            and closed.added_by < readings.removed_by
            and closed.month <= year(readings.read_on) * 100 + month(readings.read_on)
    inner join deliveries
        on
            readings.epic = deliveries.epic
            and closed.added_by >= deliveries.added_by
            and closed.added_by < deliveries.removed_by
            and closed.month > year(deliveries.delivered) * 100 + month(deliveries.delivered)

    union

    select line_month.month, finance_line.currency
    from line_month
    inner join finance_line on line_month.line = finance_line.line
    inner join closed
        on
            line_month.month = closed.month
            and closed.added_by >= line_month.added_by
            and closed.added_by < line_month.removed_by

)

select distinct
    closed.month,
    'what '
    || format('{:,}', cast(power(10, 9 - closed.minor_digits) as bigint))
    || ' '
    || held.currency
    || ' are worth' as place,
    '' as team,
    closed.target as currency,
    rates.rate_billionths as amount_minor
from held
inner join closed on held.month = closed.month
left join exchange_rate as rates
    on
        held.currency = rates.currency
        and closed.target = rates.target
        and closed.month = rates.month
        and rates.basis = 'average'
        and rates.added_by <= $change_id
        and rates.removed_by > $change_id
where held.currency not in ('', closed.target)
order by all
