-- The ledger and what explains it: numbered changes, temporal tables, live hashes, marts.
-- grain: each temporal table holds one row per key and life; removed_by 2147483647 = still there
-- reads: nothing
-- units: amount_minor in minor units of currency; months as yyyymm; shares in parts per million

create table change (
    change_id integer primary key,
    recorded_at timestamp not null,
    actor varchar not null,
    role varchar not null,
    kind varchar not null,
    reason varchar not null,
    source_name varchar not null,
    source_sha256 varchar not null,
    detail varchar not null,
    undoes integer,
    rows_added bigint not null,
    rows_removed bigint not null,
    lines_added bigint not null,
    lines_amount hugeint not null,
    lines_xor bigint not null,
    content_sha256 varchar not null,
    previous_sha256 varchar not null,
    sha256 varchar not null
);

-- Content that is live right now; undo deletes the row, so the same file may come again.
create table live_hash (
    sha256 varchar primary key,
    change_id integer not null
);

create table cost_line (
    added_by integer not null,
    removed_by integer not null default 2147483647,
    origin_change integer not null,
    source_row integer not null,
    source varchar not null,
    month integer not null,
    period_first integer not null,
    period_last integer not null,
    team varchar not null,
    cost_centre varchar not null,
    pool varchar not null,
    person_key varchar not null,
    category varchar not null,
    supplier varchar not null,
    reference varchar not null,
    description varchar not null,
    scenario varchar not null,
    nature varchar not null,
    intent varchar not null,
    treatment varchar not null,
    line_key varchar not null,
    aside varchar not null,
    currency varchar not null,
    amount_minor bigint not null
);

create table setting (
    name varchar not null,
    value varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (name, removed_by)
);

create table member (
    name varchar not null,
    roles varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (name, removed_by)
);

create table team (
    team varchar not null,
    name varchar not null,
    kind varchar not null,
    value_stream varchar not null,
    division varchar not null,
    starts integer,
    ends integer,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (team, removed_by)
);

-- What was said once about a source's files: columns, stated values, date order, decimal mark (JSON).
create table source (
    source varchar not null,
    settings varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (source, removed_by)
);

-- Their word in one field of a source, and ours: kind is team, cost_centre, pool, or value.
create table value_mapping (
    source varchar not null,
    field varchar not null,
    sent varchar not null,
    kind varchar not null,
    value varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (source, field, sent, removed_by)
);

-- The company's own cost centres and the team that carries each; an empty team is not decided yet.
create table cost_centre (
    cost_centre varchar not null,
    team varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (cost_centre, removed_by)
);

-- What the books show for a source, scenario and currency from first_month to last_month.
create table control_total (
    source varchar not null,
    scenario varchar not null,
    currency varchar not null,
    first_month integer not null,
    last_month integer not null,
    amount_minor bigint not null,
    reason varchar not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (source, scenario, currency, first_month, last_month, removed_by)
);

create table epic (
    epic varchar not null,
    name varchar not null,
    team varchar not null,
    kind varchar not null,
    started date not null,
    delivered date,
    planned_share integer not null,
    is_obligation boolean not null,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (epic, removed_by)
);

create table outcome (
    outcome varchar not null,
    epic varchar not null,
    metric varchar not null,
    unit varchar not null,
    direction varchar not null,
    baseline varchar not null,
    target_low varchar not null,
    target_likely varchar not null,
    target_high varchar not null,
    by_when date,
    value_class varchar not null,
    unit_value varchar not null,
    currency varchar not null,
    value_basis varchar not null,
    owner varchar not null,
    grade varchar not null,
    evidence varchar not null,
    actual varchar not null,
    read_on date,
    share_low integer,
    share_likely integer,
    share_high integer,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (outcome, removed_by)
);

create table confirmation (
    outcome varchar not null,
    tick varchar not null,
    confirmed_by varchar not null,
    confirmed_on date not null,
    valid_to date,
    added_by integer not null,
    removed_by integer not null default 2147483647,
    primary key (outcome, tick, removed_by)
);

-- Which natures are cost; the others are named rows beside it (rule V1).
create table nature (
    nature varchar primary key,
    is_cost boolean not null
);

insert into nature
values
    ('cash_cost', true),
    ('capitalised_labour_credit', false),
    ('amortisation', false),
    ('intercompany_recharge', false),
    ('accrual', false),
    ('accrual_reversal', false),
    ('severance', false),
    ('recoverable_tax', false);

-- Live rows: as of the session variable `as_of`, else as of now.
create view live_cost_line as
select *
from cost_line
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_setting as
select *
from setting
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_member as
select *
from member
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_team as
select *
from team
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_source as
select *
from source
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_value_mapping as
select *
from value_mapping
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_cost_centre as
select *
from cost_centre
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_control_total as
select *
from control_total
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_epic as
select *
from epic
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_outcome as
select *
from outcome
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_confirmation as
select *
from confirmation
where
    added_by <= coalesce(cast(getvariable('as_of') as integer), 2147483646)
    and removed_by > coalesce(cast(getvariable('as_of') as integer), 2147483646);

create view live_change as
select *
from change
where change_id <= coalesce(cast(getvariable('as_of') as integer), 2147483646);

-- Ledger lines summed to the grain at which they are placed (decision D1).
create table mart_cost_bucket (
    month integer not null,
    source varchar not null,
    object_kind varchar not null,
    object varchar not null,
    aside varchar not null,
    scenario varchar not null,
    nature varchar not null,
    intent varchar not null,
    treatment varchar not null,
    category varchar not null,
    currency varchar not null,
    amount_minor bigint not null,
    line_count bigint not null
);

-- The same money with its place: a team, an excluded nature, or suspense with its reason.
create table mart_team_cost (
    month integer not null,
    source varchar not null,
    object_kind varchar not null,
    object varchar not null,
    placed varchar not null,
    team varchar not null,
    reason varchar not null,
    scenario varchar not null,
    nature varchar not null,
    intent varchar not null,
    treatment varchar not null,
    category varchar not null,
    currency varchar not null,
    amount_minor bigint not null,
    line_count bigint not null
);
