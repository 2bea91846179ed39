-- Each control total that finance stated, and what the ledger holds for the same posting months.
-- grain: source, scenario, currency, first_month, last_month
-- reads: live_control_total, mart_team_cost
-- units: minor units of currency
select
    live_control_total.source,
    live_control_total.scenario,
    live_control_total.currency,
    live_control_total.first_month,
    live_control_total.last_month,
    live_control_total.amount_minor as stated,
    live_control_total.reason,
    live_control_total.added_by,
    cast(coalesce(sum(mart_team_cost.amount_minor), 0) as bigint) as ledger
from live_control_total
left join mart_team_cost
    on
        live_control_total.source = mart_team_cost.source
        and live_control_total.scenario = mart_team_cost.scenario
        and live_control_total.currency = mart_team_cost.currency
        and mart_team_cost.month between live_control_total.first_month and live_control_total.last_month
group by
    live_control_total.source,
    live_control_total.scenario,
    live_control_total.currency,
    live_control_total.first_month,
    live_control_total.last_month,
    live_control_total.amount_minor,
    live_control_total.reason,
    live_control_total.added_by
order by
    live_control_total.source,
    live_control_total.scenario,
    live_control_total.currency,
    live_control_total.first_month,
    live_control_total.last_month
