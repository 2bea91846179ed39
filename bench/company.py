"""A made-up company of three sizes, written by SQL as one change: teams, people, pools, usage, lines."""

from dataclasses import dataclass

from roi.actors import local_user
from roi.commands import structure
from roi.domain.periods import add_months
from roi.domain.structure import Company
from roi.store import marts
from roi.store.changes import NewChange, Recorder
from roi.store.database import Store

WHO = local_user("Bench")
FIRST = 201701


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a company is."""

    name: str
    teams: int
    people: int
    months: int
    lines: int

    @property
    def last_month(self) -> int:
        """Its latest month."""
        return add_months(FIRST, self.months - 1)


SCALES = {
    scale.name: scale
    for scale in (
        Scale("small", 50, 1_000, 36, 60_000),
        Scale("medium", 500, 10_000, 60, 1_000_000),
        Scale("large", 5_000, 100_000, 120, 20_000_000),
    )
}

_TEAMS = """
insert into team by name
select
    'team-' || i as team, 'Team ' || i as name, 'stream-' || i % 20 as value_stream,
    'division-' || i % 5 as division,
    case when i % 10 = 0 then 'platform' else 'stream_aligned' end as kind,
    cast($change as integer) as added_by
from range($teams) as r(i)
"""
_PEOPLE = """
insert into assignment by name
select
    'p' || i as person_key, 'team-' || i % $teams as team, $first as first_month, null as last_month,
    ['engineer', 'designer', 'product', 'data'][1 + i % 4] as role, 'b' || i % 3 as band, 1000000 as share,
    cast($change as integer) as added_by
from range($people) as r(i)
"""
_POOLS = """
insert into cost_pool by name
select 'pool-' || i as pool, 'Pool ' || i as name, 'headcount' as driver, i > 2 as is_overhead,
    cast($change as integer) as added_by
from range(5) as r(i)
"""
_RATES = """
insert into exchange_rate by name
select
    currency, 'EUR' as target, month, 'average' as basis, rate as rate_billionths, 'bench' as rate_source,
    cast($change as integer) as added_by
from
    (
        values ('USD', 920000000), ('GBP', 1170000000), ('CHF', 1040000000), ('PLN', 230000000)
    ) as v(currency, rate),
    (select unnest($month_list) as month)
"""
_USAGE = """
insert into platform_usage by name
select
    'team-' || i // 8 * 10 as platform, 'team-' || (i // 8 * 10 + 1 + i % 8) % $teams as consumer,
    $first as first_month, null as last_month, 1 + i % 7 as quantity, cast($change as integer) as added_by
from range($teams // 10 * 8) as r(i)
"""
_LINES = """
create or replace temporary macro bench_line(change, teams, lines, month_list) as table
select
    cast(change as integer) as added_by, cast(change as integer) as origin_change,
    cast(2 + i as integer) as source_row, 'ledger' as source,
    month, month as period_first, month as period_last,
    case when i % 100 < 80 then 'team-' || hash(i) % teams else '' end as team,
    case when i % 100 >= 95 then 'CC' || i % 40 else '' end as cost_centre,
    case when i % 100 between 80 and 94 then 'pool-' || i % 5 else '' end as pool, '' as person_key,
    ['Salaries', 'Contractors', 'Cloud', 'Software', 'Travel'][1 + i % 5] as category,
    'Supplier ' || hash(i, 1) % 800 as supplier, '' as reference, 'Invoice ' || i as description,
    'actual' as scenario, 'cash_cost' as nature, '' as intent, '' as treatment, '' as line_key, '' as aside,
    ['EUR', 'EUR', 'EUR', 'USD', 'GBP', 'CHF', 'PLN'][1 + cast(hash(i, 2) % 7 as integer)] as currency,
    cast(100 + hash(i, 3) % 9000000 as bigint) as amount_minor
from (select i, month_list[1 + i * len(month_list) // lines] as month from range(lines) as r(i))
"""
_CODINGS = """
insert into coding by name
select cast(row_number() over () as integer) as coding, *
from (
    select distinct
        source, team, cost_centre, pool, person_key, category,
        scenario, nature, intent, treatment, aside, currency
    from bench_line($change, $teams, $lines, $month_list)
)
"""
_PUT = """
insert into ledger_line by name
select
    line.added_by, line.origin_change, line.source_row, coding.coding, line.month, line.period_first,
    line.period_last, line.supplier, line.reference, line.description, line.line_key, line.amount_minor
from bench_line($change, $teams, $lines, $month_list) as line
inner join coding using (
    source, team, cost_centre, pool, person_key, category,
    scenario, nature, intent, treatment, aside, currency
)
"""


def fill(store: Store, scale: Scale) -> None:
    """Make the company; its figures are brought up to date as by any change."""
    structure.save_company(store, WHO, Company("Bench", "EUR"))
    months = [add_months(FIRST, number) for number in range(scale.months)]
    with store.write() as cursor:
        recorder = Recorder(cursor, NewChange(WHO, "bench"))
        known = {"change": recorder.change_id, "teams": scale.teams, "first": FIRST}
        cursor.execute(_TEAMS, {name: known[name] for name in ("change", "teams")})
        cursor.execute(_PEOPLE, {**known, "people": scale.people})
        cursor.execute(_POOLS, {"change": recorder.change_id})
        cursor.execute(_RATES, {"change": recorder.change_id, "month_list": months})
        cursor.execute(_USAGE, known)
        params = {"change": recorder.change_id, "teams": scale.teams}
        cursor.execute(_LINES)
        for statement in (_CODINGS, _PUT):
            cursor.execute(statement, {**params, "lines": scale.lines, "month_list": months})
        recorder.touch(marts.all_months(cursor))
        recorder.seal()
