-- Lines that name no team and no cost area, and lines without a currency, with the first of them.
-- grain: one row
-- reads: staged_line
-- units: counts of lines
select
    count(*) filter (where team = '' and cost_centre = '' and pool = '' and person_key = '' and aside = '')
        as nameless,
    min(source_row, 5) filter (where team = '' and cost_centre = '' and pool = '' and person_key = '' and aside = '')
        as first_nameless,
    count(*) filter (where currency = '') as no_currency,
    min(source_row, 5) filter (where currency = '') as first_no_currency
from staged_line
