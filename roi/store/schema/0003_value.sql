-- From anticipated outcome to return: initiatives, what epics and outcomes plan, readings, finance lines, the closed loop.
-- grain: each temporal table holds one row per key and life; removed_by 2147483647 = still there
-- reads: nothing
-- units: shares in parts per million; money in minor units; levels of metrics as they were written; months as yyyymm

-- More than 2,147 planned people of one role in one team are possible.
alter table plan_headcount alter column share set data type bigint;

-- What boards approve: a reason with the four questions, an owner, a cost and a date.
create table initiative (
    initiative varchar not null,
    name varchar not null,
    owner varchar not null,
    value_stream varchar not null,
    approved_on date,
    due_on date,
    approved_minor bigint,
    currency varchar not null,
    problem varchar not null,
    result varchar not null,
    measure varchar not null,
    learning varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (initiative, removed_by)
);

-- What an initiative or epic is also judged by; target and actual as they were written, never money (rule V9).
create table success_measure (
    measure varchar not null,
    initiative varchar not null,
    epic varchar not null,
    name varchar not null,
    unit varchar not null,
    direction varchar not null,
    target varchar not null,
    actual varchar not null,
    read_on date,
    stated varchar not null,
    source varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (measure, removed_by)
);

-- What was agreed about an epic beside its team and dates; run_share is run cost a year as a share of build cost (rule V4).
create table epic_plan (
    epic varchar not null,
    initiative varchar not null,
    origin varchar not null,
    owner varchar not null,
    agreed_on date,
    due_on date,
    is_product_oriented boolean not null,
    copied_from varchar not null,
    ended_on date,
    ended_by varchar not null,
    ended_because varchar not null,
    run_share integer,
    launch_minor bigint,
    currency varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (epic, removed_by)
);

-- A team of an epic: the planned share of its months, and its frozen share of the epic's value (rule V3).
create table epic_team (
    epic varchar not null,
    team varchar not null,
    planned_share integer not null,
    effort integer not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (epic, team, removed_by)
);

-- A part of an epic that is delivered by itself.
create table epic_slice (
    epic varchar not null,
    slice varchar not null,
    name varchar not null,
    delivered date,
    share integer not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (epic, slice, removed_by)
);

-- Work done as a log shows it, in thousandths of an item-day; epic empty: run and unplanned work.
create table epic_effort (
    team varchar not null,
    month integer not null,
    epic varchar not null,
    milli_days bigint not null,
    basis varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (team, month, epic, removed_by)
);

-- What was agreed about an outcome beside its targets: whose money, by which driver, how long, who confirms.
create table outcome_plan (
    outcome varchar not null,
    line varchar not null,
    cell varchar not null,
    driver varchar not null,
    series varchar not null,
    leads_to varchar not null,
    copied_from varchar not null,
    agreed_on date,
    horizon_months integer,
    half_life_months integer,
    confirmer varchar not null,
    evidence_planned varchar not null,
    planned_share integer,
    capacity_milliweeks bigint,
    problem varchar not null,
    result varchar not null,
    learning varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (outcome, removed_by)
);

-- What was promised as it stood when work started (law T11); it is never edited.
create table forecast (
    outcome varchar not null,
    frozen_on date not null,
    baseline varchar not null,
    target_low varchar not null,
    target_likely varchar not null,
    target_high varchar not null,
    by_when date,
    unit_value varchar not null,
    currency varchar not null,
    share_likely integer,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (outcome, frozen_on, removed_by)
);

-- One reading of an outcome; effect_* is an entered estimate of the movement with its range, else empty (decision D31).
create table reading (
    outcome varchar not null,
    read_on date not null,
    actual varchar not null,
    grade varchar not null,
    evidence varchar not null,
    share_low integer,
    share_likely integer,
    share_high integer,
    effect_low varchar not null,
    effect_likely varchar not null,
    effect_high varchar not null,
    also_happened varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (outcome, read_on, removed_by)
);

-- An earlier reading with all three ticks, kept as it was confirmed when a later one came (rule V11).
create table confirmed_reading (
    outcome varchar not null,
    read_on date not null,
    baseline varchar not null,
    actual varchar not null,
    unit_value varchar not null,
    currency varchar not null,
    grade varchar not null,
    share_low integer,
    share_likely integer,
    share_high integer,
    confirmed_by varchar not null,
    confirmed_on date not null,
    valid_to date,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (outcome, read_on, removed_by)
);

-- The end of an outcome: closed, written off or dropped; how it landed, and what was learned.
create table closure (
    outcome varchar not null,
    ended_on date not null,
    ended_by varchar not null,
    landed varchar not null,
    learned varchar not null,
    reason varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (outcome, removed_by)
);

-- What finance asks before it confirms; open while nobody answered: the claim is disputed.
create table question (
    outcome varchar not null,
    asked_on date not null,
    asked_by varchar not null,
    text varchar not null,
    answered_on date,
    answered_by varchar not null,
    answer varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (outcome, asked_on, removed_by)
);

-- A line of the company's own results that value is claimed on: margin, cost_outside or engineering_cost (rules V8, V13).
create table finance_line (
    line varchar not null,
    name varchar not null,
    kind varchar not null,
    currency varchar not null,
    source varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (line, removed_by)
);

-- A cell of a line's one partition, with the segments that lie in it (rule V8).
create table line_cell (
    line varchar not null,
    cell varchar not null,
    name varchar not null,
    segments varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (line, cell, removed_by)
);

-- What a cell showed in a month beside its baseline; the difference caps every claim on it (rule V8).
create table line_month (
    line varchar not null,
    cell varchar not null,
    month integer not null,
    baseline_minor bigint not null,
    actual_minor bigint not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (line, cell, month, removed_by)
);

-- What one unit of a metric is worth a month: a formula of the safe menu, its basis and owner (rule V7).
create table value_driver (
    driver varchar not null,
    name varchar not null,
    formula varchar not null,
    currency varchar not null,
    basis varchar not null,
    owner varchar not null,
    source varchar not null,
    dated date,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (driver, removed_by)
);

-- An input of a driver's formula, low, likely and high, each with its owner, source and date.
create table driver_input (
    driver varchar not null,
    input varchar not null,
    low varchar not null,
    likely varchar not null,
    high varchar not null,
    owner varchar not null,
    source varchar not null,
    dated date,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (driver, input, removed_by)
);

-- A month of a metric's own series.
create table metric_month (
    series varchar not null,
    month integer not null,
    value varchar not null,
    source varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (series, month, removed_by)
);

create view live_initiative as
select *
from initiative
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_success_measure as
select *
from success_measure
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_epic_plan as
select *
from epic_plan
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_epic_team as
select *
from epic_team
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_epic_slice as
select *
from epic_slice
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_epic_effort as
select *
from epic_effort
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_outcome_plan as
select *
from outcome_plan
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_forecast as
select *
from forecast
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_reading as
select *
from reading
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_confirmed_reading as
select *
from confirmed_reading
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_closure as
select *
from closure
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_question as
select *
from question
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_finance_line as
select *
from finance_line
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_line_cell as
select *
from line_cell
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_line_month as
select *
from line_month
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_value_driver as
select *
from value_driver
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_driver_input as
select *
from driver_input
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_metric_month as
select *
from metric_month
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);
