-- The lines as the ledger would get them, NULL where a value could not be read, '' where there is none.
-- grain: record
-- reads: staged_typed, staged_coding
-- units: amount_minor in minor units of currency; months as yyyymm
create or replace temporary view staged_line as
select
    typed.* exclude (booking, coding),
    coding.* exclude (booking, key, digits, is_understood, coding, is_new, words)
from staged_typed as typed
inner join staged_coding as coding on typed.booking = coding.booking
