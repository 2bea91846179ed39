-- What is demanded of an epic that is an obligation: by which day, and the penalty when that day is missed.
-- grain: one row per epic; temporal as every table: put and ended, never edited
-- reads: nothing
-- units: penalty_minor in minor units of currency; null while it is not known

create table obligation (
    epic varchar not null,
    kind varchar not null,
    deadline date not null,
    penalty_minor bigint,
    currency varchar not null,
    note varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (epic, removed_by)
);

create view live_obligation as
select *
from obligation
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);
