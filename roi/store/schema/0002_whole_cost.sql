-- The whole cost of a team: who works where, what is shared by which driver, who serves whom, rates, plans.
-- grain: each temporal table holds one row per key and life; a row without last_month holds until further notice
-- reads: nothing
-- units: shares in parts per million; rates in billionths of the target currency; money in minor units
-- Whole division that rounds down for negative numbers too.
create macro floor_quotient(over, under) as
(over - ((over % under) + under) % under) // under;

-- What people do, and whether one person usually does it for one team or for several.
create table role (
    role varchar not null,
    name varchar not null,
    is_shared boolean not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (role, removed_by)
);

-- What a role and band costs a month outside finance's view (decision D23).
create table standard_rate (
    role varchar not null,
    band varchar not null,
    first_month integer not null,
    currency varchar not null,
    amount_minor bigint not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (role, band, first_month, removed_by)
);

-- Which share of a person's month a team has. Below one in sum, the rest is unassigned.
create table assignment (
    person_key varchar not null,
    team varchar not null,
    first_month integer not null,
    last_month integer,
    role varchar not null,
    band varchar not null,
    share integer not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (person_key, team, first_month, removed_by)
);

-- A position that is planned; without an epic no outcome stands behind it.
create table planned_position (
    position varchar not null,
    team varchar not null,
    role varchar not null,
    band varchar not null,
    starts integer not null,
    share integer not null,
    epic varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (position, removed_by)
);

-- Cost that several teams share. driver: headcount, even, fixed, usage. Overhead is shared out last.
create table cost_pool (
    pool varchar not null,
    name varchar not null,
    driver varchar not null,
    is_overhead boolean not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (pool, removed_by)
);

-- A team's part of a pool: parts per million for fixed shares, a quantity for usage.
create table pool_driver (
    pool varchar not null,
    team varchar not null,
    first_month integer not null,
    last_month integer,
    quantity bigint not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (pool, team, first_month, removed_by)
);

-- What a team took from a platform team in a month, in the platform's own unit.
create table platform_usage (
    platform varchar not null,
    consumer varchar not null,
    first_month integer not null,
    last_month integer,
    quantity bigint not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (platform, consumer, first_month, removed_by)
);

-- One unit of currency in the target currency. basis: average (of the month), or the scenario it is frozen for.
create table exchange_rate (
    currency varchar not null,
    target varchar not null,
    month integer not null,
    basis varchar not null,
    rate_billionths bigint not null,
    rate_source varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (currency, target, month, basis, removed_by)
);

-- A frozen plan by name; its lines have the scenario `plan: NAME`. The current one is compared (rule V5).
create table plan_version (
    plan_version varchar not null,
    frozen_on date not null,
    is_current boolean not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (plan_version, removed_by)
);

-- Heads that a plan gives a team, to tell volume from price when the plan is compared (rule V5).
create table plan_headcount (
    plan_version varchar not null,
    team varchar not null,
    role varchar not null,
    first_month integer not null,
    last_month integer,
    share integer not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (plan_version, team, role, first_month, removed_by)
);

-- From a month on, whether a nature is cost (rule V1); without a row the table nature decides.
create table nature_policy (
    nature varchar not null,
    first_month integer not null,
    is_cost boolean not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (nature, first_month, removed_by)
);

-- Categories that are pay, so that standard rates stand for them outside finance (decision D23).
create table people_category (
    category varchar not null,
    is_pay boolean not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (category, removed_by)
);

-- Months whose figures may be moved only by a named restatement (decision D11).
create table closed_month (
    month integer not null,
    reason varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (month, removed_by)
);

-- From a month on, where a team stood (decision D5); before its first row the team's own row counts.
create table team_structure (
    team varchar not null,
    first_month integer not null,
    kind varchar not null,
    value_stream varchar not null,
    division varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (team, first_month, removed_by)
);

create view live_role as
select *
from role
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_standard_rate as
select *
from standard_rate
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_assignment as
select *
from assignment
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_planned_position as
select *
from planned_position
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_cost_pool as
select *
from cost_pool
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_pool_driver as
select *
from pool_driver
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_platform_usage as
select *
from platform_usage
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_exchange_rate as
select *
from exchange_rate
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_plan_version as
select *
from plan_version
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_plan_headcount as
select *
from plan_headcount
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_nature_policy as
select *
from nature_policy
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_people_category as
select *
from people_category
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_closed_month as
select *
from closed_month
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_team_structure as
select *
from team_structure
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

-- Minor digits of each currency, as in roi/domain/money.py (a test compares them).
create table currency (
    currency varchar primary key,
    minor_digits integer not null
);

insert into currency
values
    ('AED', 2),
    ('AFN', 2),
    ('ALL', 2),
    ('AMD', 2),
    ('AOA', 2),
    ('ARS', 2),
    ('AUD', 2),
    ('AWG', 2),
    ('AZN', 2),
    ('BAM', 2),
    ('BBD', 2),
    ('BDT', 2),
    ('BGN', 2),
    ('BHD', 3),
    ('BIF', 0),
    ('BMD', 2),
    ('BND', 2),
    ('BOB', 2),
    ('BRL', 2),
    ('BSD', 2),
    ('BTN', 2),
    ('BWP', 2),
    ('BYN', 2),
    ('BZD', 2),
    ('CAD', 2),
    ('CDF', 2),
    ('CHF', 2),
    ('CLP', 0),
    ('CNY', 2),
    ('COP', 2),
    ('CRC', 2),
    ('CUP', 2),
    ('CVE', 2),
    ('CZK', 2),
    ('DJF', 0),
    ('DKK', 2),
    ('DOP', 2),
    ('DZD', 2),
    ('EGP', 2),
    ('ERN', 2),
    ('ETB', 2),
    ('EUR', 2),
    ('FJD', 2),
    ('FKP', 2),
    ('GBP', 2),
    ('GEL', 2),
    ('GHS', 2),
    ('GIP', 2),
    ('GMD', 2),
    ('GNF', 0),
    ('GTQ', 2),
    ('GYD', 2),
    ('HKD', 2),
    ('HNL', 2),
    ('HTG', 2),
    ('HUF', 2),
    ('IDR', 2),
    ('ILS', 2),
    ('INR', 2),
    ('IQD', 3),
    ('IRR', 2),
    ('ISK', 0),
    ('JMD', 2),
    ('JOD', 3),
    ('JPY', 0),
    ('KES', 2),
    ('KGS', 2),
    ('KHR', 2),
    ('KMF', 0),
    ('KPW', 2),
    ('KRW', 0),
    ('KWD', 3),
    ('KYD', 2),
    ('KZT', 2),
    ('LAK', 2),
    ('LBP', 2),
    ('LKR', 2),
    ('LRD', 2),
    ('LSL', 2),
    ('LYD', 3),
    ('MAD', 2),
    ('MDL', 2),
    ('MGA', 2),
    ('MKD', 2),
    ('MMK', 2),
    ('MNT', 2),
    ('MOP', 2),
    ('MRU', 2),
    ('MUR', 2),
    ('MVR', 2),
    ('MWK', 2),
    ('MXN', 2),
    ('MYR', 2),
    ('MZN', 2),
    ('NAD', 2),
    ('NGN', 2),
    ('NIO', 2),
    ('NOK', 2),
    ('NPR', 2),
    ('NZD', 2),
    ('OMR', 3),
    ('PAB', 2),
    ('PEN', 2),
    ('PGK', 2),
    ('PHP', 2),
    ('PKR', 2),
    ('PLN', 2),
    ('PYG', 0),
    ('QAR', 2),
    ('RON', 2),
    ('RSD', 2),
    ('RUB', 2),
    ('RWF', 0),
    ('SAR', 2),
    ('SBD', 2),
    ('SCR', 2),
    ('SDG', 2),
    ('SEK', 2),
    ('SGD', 2),
    ('SHP', 2),
    ('SLE', 2),
    ('SOS', 2),
    ('SRD', 2),
    ('SSP', 2),
    ('STN', 2),
    ('SVC', 2),
    ('SYP', 2),
    ('SZL', 2),
    ('THB', 2),
    ('TJS', 2),
    ('TMT', 2),
    ('TND', 3),
    ('TOP', 2),
    ('TRY', 2),
    ('TTD', 2),
    ('TWD', 2),
    ('TZS', 2),
    ('UAH', 2),
    ('UGX', 0),
    ('USD', 2),
    ('UYI', 0),
    ('UYU', 2),
    ('UZS', 2),
    ('VED', 2),
    ('VES', 2),
    ('VND', 0),
    ('VUV', 0),
    ('WST', 2),
    ('XAF', 0),
    ('XCD', 2),
    ('XOF', 0),
    ('XPF', 0),
    ('YER', 2),
    ('ZAR', 2),
    ('ZMW', 2),
    ('ZWG', 2);

drop table mart_cost_bucket;

drop table mart_team_cost;

-- Ledger lines summed to the grain at which they are placed (decision D1).
create table mart_cost_bucket (
    bucket bigint not null,
    month integer not null,
    source varchar not null,
    object_kind varchar not null,
    object varchar not null,
    aside varchar not null,
    is_personal boolean not null,
    scenario varchar not null,
    nature varchar not null,
    intent varchar not null,
    treatment varchar not null,
    category varchar not null,
    currency varchar not null,
    amount_minor bigint not null,
    line_count bigint not null
);

-- Who gets which part of what is shared: people by assignment, pools by driver, overhead by headcount.
create table mart_share (
    month integer not null,
    kind varchar not null,
    object varchar not null,
    team varchar not null,
    weight bigint not null
);

-- The same money with its place: a team, overhead, an excluded nature, or suspense with its reason.
create table mart_team_cost (
    month integer not null,
    source varchar not null,
    object_kind varchar not null,
    object varchar not null,
    placed varchar not null,
    team varchar not null,
    rule varchar not null,
    pool varchar not null,
    reason varchar not null,
    is_pay boolean not null,
    scenario varchar not null,
    nature varchar not null,
    intent varchar not null,
    treatment varchar not null,
    category varchar not null,
    currency varchar not null,
    amount_minor bigint not null,
    reporting_minor bigint,
    line_count bigint not null
);

-- Heads of a team by role, with what they cost at standard rates (decision D23). Both NULL without a rate.
create table mart_role_month (
    month integer not null,
    team varchar not null,
    role varchar not null,
    band varchar not null,
    share bigint not null,
    people bigint not null,
    currency varchar,
    standard_minor bigint,
    reporting_minor bigint
);

-- The weights by which a serving team's cost passes on; each giver's weights sum to a thousand million.
create table mart_platform_weight (
    month integer not null,
    giver varchar not null,
    receiver varchar not null,
    weight bigint not null
);

-- Team cost after serving teams and overhead were passed on. hop: own, passed_on, received, overhead.
-- basis: actual, or standard, where people are at standard rates instead of their pay.
create table mart_full_cost (
    basis varchar not null,
    month integer not null,
    team varchar not null,
    hop varchar not null,
    giver varchar not null,
    scenario varchar not null,
    treatment varchar not null,
    category varchar not null,
    currency varchar not null,
    amount_minor bigint not null,
    reporting_minor bigint
);


-- What a report looks at: one original currency, or everything in the reporting currency. Set `in_currency`
-- and `is_converted` on the cursor first. amount_minor is NULL where an exchange rate is missing.
create view shown_team_cost as
select
    month, source, object_kind, object, placed, team, rule, pool, reason, is_pay, scenario, nature, intent,
    treatment, category, currency, line_count,
    case when getvariable('is_converted') then reporting_minor else amount_minor end as amount_minor
from mart_team_cost
where getvariable('is_converted') or currency = getvariable('in_currency');

create view shown_full_cost as
select
    basis, month, team, hop, giver, scenario, treatment, category, currency,
    case when getvariable('is_converted') then reporting_minor else amount_minor end as amount_minor
from mart_full_cost
where getvariable('is_converted') or currency = getvariable('in_currency');

create view shown_role_month as
select
    month, team, role, band, share, people, currency,
    case
        when getvariable('is_converted') then reporting_minor
        when currency = getvariable('in_currency') then standard_minor
    end as amount_minor
from mart_role_month;
