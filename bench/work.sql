-- A made-up company's epics and outcomes, as one change.
-- Variables: change, teams, epics, months (how many), month_list, first_day, last_day, pools (shared metrics).
-- Four of five delivered outcomes are read, most of them confirmed, some twice; a fifth share a metric of a
-- finance line with caps; some use a driver, some are a second team's too, are disputed, copied or ended.

create temp table made_epic as
select
    i, 'epic-' || i as epic, 'team-' || hash(i, 1) % getvariable('teams') as team, started,
    case when done < getvariable('last_day') then done end as delivered, done as due_on
from
    (
        select
            i, getvariable('first_day') + cast(hash(i, 2) % (getvariable('months') * 29) as integer) as started,
            getvariable('first_day') + cast(hash(i, 2) % (getvariable('months') * 29) + 60 + hash(i, 3) % 240 as integer) as done
        from range(getvariable('epics')) as r(i)
    );

create temp table made_outcome as
select
    *, case when is_read then least(delivered + 40 + cast(hash(i, k, 6) % 360 as integer), getvariable('last_day')) end as read_on,
    is_read and hash(i, k, 7) % 100 < 85 as is_confirmed
from
    (
        select
            *, 'outcome-' || i || '-' || k as outcome, hash(i, k, 4) % 5 = 0 as is_shared,
            delivered is not null and hash(i, k, 5) % 100 < 80 as is_read
        from made_epic, range(2) as s(k)
    );

insert into epic by name
select
    epic, 'Epic ' || i as name, team, ['feature', 'technical_debt', 'defect', 'risk'][1 + cast(i % 4 as integer)] as kind,
    started, delivered, 150000 as planned_share, i % 50 = 0 as is_obligation, cast(getvariable('change') as integer) as added_by
from made_epic;

insert into epic_plan by name
select
    epic, case when i % 4 = 0 then 'initiative-' || i % 200 else '' end as initiative, 'roadmap' as origin,
    'Olga' as owner, started as agreed_on, due_on, i % 3 = 0 as is_product_oriented,
    case when i % 100 = 1 then 'epic-' || i - 1 else '' end as copied_from,
    case when i % 97 = 0 then due_on end as ended_on, case when i % 97 = 0 then 'written_off' else '' end as ended_by,
    '' as ended_because, case when i % 5 = 0 then 200000 end as run_share, null as launch_minor, '' as currency,
    cast(getvariable('change') as integer) as added_by
from made_epic;

insert into epic_team by name
select
    epic, case when part = 0 then team else 'team-' || (cast(replace(team, 'team-', '') as integer) + 1) % getvariable('teams') end as team,
    80000 as planned_share, case when part = 0 then 600000 else 400000 end as effort,
    cast(getvariable('change') as integer) as added_by
from made_epic, range(2) as s(part)
where i % 10 = 0;

insert into initiative by name
select
    'initiative-' || 4 * i as initiative, 'Initiative ' || i as name, 'Olga' as owner, '' as value_stream,
    null as approved_on, null as due_on, null as approved_minor, '' as currency, '' as problem, '' as result,
    '' as measure, '' as learning, cast(getvariable('change') as integer) as added_by
from range(50) as r(i);

insert into outcome by name
select
    outcome, epic, case when is_shared then 'shared metric ' || hash(i, k, 8) % getvariable('pools') else 'metric ' || i || ' ' || k end
        as metric,
    'x' as unit, case when i % 7 = 0 then 'down' else 'up' end as direction, '100' as baseline,
    case when i % 7 = 0 then '97.5' else '105' end as target_low,
    case when i % 7 = 0 then '90' else '110' end as target_likely,
    case when i % 7 = 0 then '70' else '130' end as target_high, null as by_when,
    ['revenue', 'retention', 'cost_avoided', 'not_financial'][1 + cast(hash(i, k, 9) % 4 as integer)] as value_class,
    '5000.25' as unit_value, case when i % 11 = 0 and not is_shared then 'USD' else 'EUR' end as currency, 'booked' as value_basis,
    'Olga' as owner, case when is_read then ['B', 'C', 'D'][1 + cast(i % 3 as integer)] else 'E' end as grade, '' as evidence,
    case when is_read then cast(100 + (case when i % 7 = 0 then -1 else 1 end)
        * (cast(hash(i, k, 10) % 35 as integer) - 5) as varchar) else '' end as actual, read_on,
    case when is_read then 400000 end as share_low, case when is_read then 500000 end as share_likely,
    case when is_read then 650000 end as share_high, cast(getvariable('change') as integer) as added_by
from made_outcome;

insert into outcome_plan by name
select
    outcome, case when is_shared then 'line-' || i % 5 when i % 11 = 0 then 'line-6' else 'line-5' end as line, 'all' as cell,
    case when hash(i, k, 11) % 6 = 0 then 'driver-' || i % 20 else '' end as driver, '' as series, '' as leads_to,
    '' as copied_from, started as agreed_on, case when i % 13 = 0 then 24 end as horizon_months,
    case when i % 17 = 0 then 6 end as half_life_months, 'Fiona' as confirmer, '' as evidence_planned,
    case when i % 3 = 0 then 450000 end as planned_share, null as capacity_milliweeks, '' as problem, '' as result,
    '' as learning, cast(getvariable('change') as integer) as added_by
from made_outcome;

insert into forecast by name
select
    outcome, started as frozen_on, '100' as baseline, '103' as target_low, '112' as target_likely,
    '125' as target_high, null as by_when, '5000.25' as unit_value, 'EUR' as currency, 500000 as share_likely,
    cast(getvariable('change') as integer) as added_by
from made_outcome;

insert into confirmation by name
select outcome, tick, 'Fiona' as confirmed_by, read_on as confirmed_on, null as valid_to, cast(getvariable('change') as integer) as added_by
from made_outcome, (values ('movement'), ('unit_value'), ('share')) as t(tick)
where is_confirmed;

insert into reading by name
select
    outcome, read_on - 35 as read_on, '104' as actual, 'C' as grade, '' as evidence, 300000 as share_low,
    450000 as share_likely, 500000 as share_high, '' as effect_low, '' as effect_likely, '' as effect_high,
    '' as also_happened, cast(getvariable('change') as integer) as added_by
from made_outcome
where is_read and read_on - 35 > delivered and (i + k) % 3 = 0;

insert into confirmed_reading by name
select
    outcome, read_on - 35 as read_on, '100' as baseline, '104' as actual, '5000.25' as unit_value,
    case when i % 11 = 0 and not is_shared then 'USD' else 'EUR' end as currency, 'C' as grade, 300000 as share_low,
    450000 as share_likely, 500000 as share_high, 'Fred' as confirmed_by, read_on - 30 as confirmed_on,
    null as valid_to, cast(getvariable('change') as integer) as added_by
from made_outcome
where is_confirmed and read_on - 35 > delivered and (i + k) % 3 = 0;

insert into question by name
select
    outcome, read_on as asked_on, 'Fiona' as asked_by, 'Which of it is ours?' as text, null as answered_on,
    '' as answered_by, '' as answer, cast(getvariable('change') as integer) as added_by
from made_outcome
where is_read and hash(i, k, 12) % 60 = 0;

insert into closure by name
select
    outcome, read_on + 10 as ended_on, case when i % 2 = 0 then 'closed' else 'dropped' end as ended_by, '' as landed,
    'Ask earlier' as learned, '' as reason, cast(getvariable('change') as integer) as added_by
from made_outcome
where is_read and hash(i, k, 13) % 40 = 0;

insert into finance_line by name
select
    'line-' || i as line, 'Line ' || i as name, case when i = 4 then 'cost_outside' else 'margin' end as kind,
    case when i = 6 then 'USD' else 'EUR' end as currency, '' as source, cast(getvariable('change') as integer) as added_by
from range(7) as r(i);

insert into line_cell by name
select 'line-' || i as line, 'all' as cell, 'All' as name, '' as segments, cast(getvariable('change') as integer) as added_by
from range(7) as r(i);

insert into line_month by name
select
    'line-' || i as line, 'all' as cell, month, 0 as baseline_minor,
    case when i = 4 then -1 else 1 end * 40000 * cast(getvariable('teams') as bigint) * (1 + i) as actual_minor,
    cast(getvariable('change') as integer) as added_by
from range(5) as r(i), (select unnest(getvariable('month_list')) as month);

insert into value_driver by name
select
    'driver-' || i as driver, 'Driver ' || i as name, 'margin_per_unit' as formula, 'EUR' as currency, 'agreed' as basis,
    'Olga' as owner, '' as source, null as dated, cast(getvariable('change') as integer) as added_by
from range(20) as r(i);

insert into driver_input by name
select
    'driver-' || i as driver, key as input, low, likely, high, 'Olga' as owner, '' as source, null as dated,
    cast(getvariable('change') as integer) as added_by
from range(20) as r(i), (values ('price', '8000', '10000.5', '15000'), ('margin', '0.3', '0.5', '0.6')) as v(key, low, likely, high);

drop table made_outcome;

drop table made_epic;
