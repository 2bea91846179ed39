-- What an epic waits for, as somebody recorded it: another team, or a decision, a supplier, in a few words.
-- grain: one row per epic, team or words, and day since when; temporal as every table: put and ended, never edited
-- reads: nothing
-- units: days

create table epic_wait (
    epic varchar not null,
    team varchar not null,
    waits_for varchar not null,
    since date not null,
    ended_on date,
    note varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (epic, team, waits_for, since, removed_by)
);

create view live_epic_wait as
select *
from epic_wait
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);
