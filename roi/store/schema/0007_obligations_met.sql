-- What came of an obligation: on which day it was accepted as met, and the penalty that was paid.
-- grain: one row per epic; temporal as every table: put and ended, never edited
-- reads: nothing
-- units: paid_minor in minor units of currency; null while nobody has said, 0: nothing was paid

create table obligation_met (
    epic varchar not null,
    met_on date,
    paid_minor bigint,
    currency varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (epic, removed_by)
);

create view live_obligation_met as
select *
from obligation_met
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);
