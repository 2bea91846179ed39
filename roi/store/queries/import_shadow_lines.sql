-- The live lines with what they are booked on, as this cursor sees them after `import_shadow`.
-- grain: line
-- reads: live_ledger_line, coding
-- units: minor units of currency
create or replace temporary view live_cost_line as
select
    line.month, coding.source, coding.team, coding.cost_centre, coding.pool, coding.person_key, coding.aside,
    coding.scenario, coding.nature, coding.intent, coding.treatment, coding.category,
    line.period_first, line.period_last, coding.currency, line.amount_minor
from live_ledger_line as line
inner join coding on line.coding = coding.coding
