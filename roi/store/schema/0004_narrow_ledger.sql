-- What lines are booked on is held once, and a line by its number: a million lines are a few thousand combinations.
-- grain: coding: one row per combination that a line ever named; ledger_line: as cost_line was, which is a view now
-- reads: cost_line of the schemas before
-- units: amount_minor in minor units of currency; months as yyyymm

-- Rows are only ever added, so that a line of any past version finds its own.
create table coding (
    coding integer primary key,
    source varchar not null,
    team varchar not null,
    cost_centre varchar not null,
    pool varchar not null,
    person_key varchar not null,
    category varchar not null,
    scenario varchar not null,
    nature varchar not null,
    intent varchar not null,
    treatment varchar not null,
    aside varchar not null,
    currency varchar not null
);

insert into coding
select
    cast(row_number() over () as integer) as coding,
    *
from (
    select distinct
        source, team, cost_centre, pool, person_key, category, scenario, nature, intent, treatment, aside, currency
    from cost_line
    order by all
) as named;

-- The compression is named, as trying them all out costs as much as writing.
create table ledger_line (
    added_by integer not null,
    removed_by integer not null default 2147483647,
    origin_change integer not null,
    source_row integer not null,
    coding integer not null,
    month integer not null,
    period_first integer not null,
    period_last integer not null,
    supplier varchar not null using compression dict_fsst,
    reference varchar not null using compression dict_fsst,
    description varchar not null using compression zstd,
    line_key varchar not null using compression dict_fsst,
    amount_minor bigint not null
);

insert into ledger_line by name
select cost_line.* exclude (
    source, team, cost_centre, pool, person_key, category, scenario, nature, intent, treatment, aside, currency
), coding.coding
from cost_line
inner join coding using (
    source, team, cost_centre, pool, person_key, category, scenario, nature, intent, treatment, aside, currency
);

create view whole_line as
select
    ledger_line.added_by, ledger_line.removed_by, ledger_line.origin_change, ledger_line.source_row, coding.source,
    ledger_line.month, ledger_line.period_first, ledger_line.period_last, coding.team, coding.cost_centre, coding.pool,
    coding.person_key, coding.category, ledger_line.supplier, ledger_line.reference, ledger_line.description,
    coding.scenario, coding.nature, coding.intent, coding.treatment, ledger_line.line_key, coding.aside,
    coding.currency, ledger_line.amount_minor
from ledger_line
inner join coding on ledger_line.coding = coding.coding;

-- Every line is the same as before in every cell, or nothing is migrated.
select case when held != moved then error('the lines are not the same after the migration') end
from
    (select (count(*), sum(hash(*columns(*))), bit_xor(hash(1, *columns(*)))) as held from cost_line),
    (select (count(*), sum(hash(*columns(*))), bit_xor(hash(1, *columns(*)))) as moved from whole_line);

drop view live_cost_line;
drop table cost_line;

-- Every line of every version with all that it says.
alter view whole_line rename to cost_line;

create view live_cost_line as
select *
from cost_line
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_ledger_line as
select *
from ledger_line
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);
