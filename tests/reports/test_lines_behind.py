"""The largest lines are found, and lines summed, without spreading each over every team that shares it (D1).

What comes out is what the plain way gives, line by line and place by place: to the minor unit, in its order.
"""

import random

import pytest

from roi.domain.periods import Span
from roi.reports.cost import lines, lines_of_period
from roi.reports.cost.lines import Behind, Wanted
from roi.reports.ground import basis
from roi.reports.shapes import Scope
from roi.store import read
from tests.reports import plain_lines

MONTHS = (201501, 201502, 201503)
TEAMS = [f"t{number}" for number in range(7)]
WANTED = [
    Wanted(scenario=None),
    Wanted(placed="team"),
    Wanted(placed="overhead"),
    Wanted(placed="suspense", span=Span(201501, 201502)),
    Wanted(placed="excluded", scenario=None),
    Wanted(teams=("t1",)),
    Wanted(teams=("t0", "t2", "t3", "t6"), span=Span(201502, 201502)),
    Wanted(teams=("t4", "t5"), pay=False),
    Wanted(placed="team", pay=False),
    Wanted(area="CC1"),
    Wanted(area="CC1", teams=("t1", "t2")),
    Wanted(currency="EUR", teams=("t2",)),
    Wanted(nature="amortisation"),
    Wanted(treatment="capital", teams=("t1", "t3")),
    Wanted(intent="run", category="cloud"),
    Wanted(reason="cost area not mapped to a team yet"),
    Wanted(booked_on=("person", "pool shared"), teams=("t0", "t1", "t2")),
    Wanted(teams=()),
    Wanted(source="nobody"),
]


def _made_up(built, chance: random.Random) -> list[int]:
    """Teams that share people, pools and overhead; three files of lines, many alike: their changes."""
    built.company(currency="GBP")
    for key in TEAMS:
        built.team(key, key)
    open_end = {"first_month": MONTHS[0], "last_month": None}
    pools = {
        "shared": ("fixed", False),
        "all": ("headcount", False),
        "idle": ("", False),
        "over": ("headcount", True),
    }
    named = [
        {"pool": key, "name": key, "driver": how, "is_overhead": over} for key, (how, over) in pools.items()
    ]
    built.put("cost_pool", *named)
    quantity = [(team, chance.choice((100_000, 333_333, 7))) for team in TEAMS[:3]]
    built.put("pool_driver", *({"pool": "shared", "team": t, "quantity": q, **open_end} for t, q in quantity))
    people = [
        {"person_key": f"p{number}", "team": team, "role": "engineer", "band": "", "share": share, **open_end}
        for number in range(5)
        for team, share in zip(chance.sample(TEAMS, 2), (300_000, 450_000), strict=True)
    ]
    built.put("assignment", *people)
    built.put("people_category", {"category": "staff", "is_pay": True})
    rates = {"target": "GBP", "basis": "average", "rate_source": "made up"}
    known = [month for month in MONTHS if chance.random() < 0.7]
    if known:
        built.put(
            "exchange_rate",
            *({"currency": "EUR", "month": m, "rate_billionths": 731_234_567, **rates} for m in known),
        )
    built.map("CC1", "team", "t1", list(MONTHS))
    built.map("CC2", "pool", "shared", list(MONTHS))
    return [built.lines(*(_line(chance) for _ in range(60)), file=f"{number}.csv") for number in range(3)]


def _line(chance: random.Random) -> dict[str, object]:
    on = chance.choice(
        [
            *[{"pool": pool} for pool in ("shared", "shared", "all", "idle", "over")],
            *[{"cost_centre": area} for area in ("CC1", "CC2", "CC3")],
            {"person_key": f"p{chance.randrange(6)}"},
            {"team": chance.choice(TEAMS), "cost_centre": chance.choice(("", "CC1"))},
            {"team": "t1", "person_key": chance.choice(("", "p1"))},
            {"pool": "shared", "person_key": chance.choice(("", "p1"))},
            {},
        ]
    )
    return {
        **on,
        "month": chance.choice(MONTHS),
        "amount_minor": chance.choice((0, 1, -1, 7, 100, -100, 12_345, chance.randrange(-90_000, 900_000))),
        "category": chance.choice(("staff", "cloud", "travel")),
        "currency": chance.choice(("GBP", "GBP", "EUR")),
        "nature": chance.choice((*["cash_cost"] * 6, "amortisation")),
        "treatment": chance.choice(("operating", "operating", "capital")),
        "intent": chance.choice(("run", "grow")),
        "aside": chance.choice((*[""] * 8, "asked about")),
        "scenario": chance.choice((*["actual"] * 6, "plan: A")),
        "description": f"line {chance.randrange(9)}",
    }


@pytest.mark.parametrize("seed", range(2))
def test_d1_what_stands_behind_is_what_spreading_every_line_gives(built, seed):
    chance, named = random.Random(seed), 0
    wanted = [Wanted(change_id=_made_up(built, chance)[1]), *WANTED]
    for is_converted in (True, False):
        with built.store.snapshot() as cursor:
            read.look_in(cursor, "GBP", is_converted=is_converted)
            every = plain_lines.parts(cursor, "GBP", is_converted=is_converted)
            for want in wanted:
                limit, offset = chance.choice(((200, 0), (None, 0), (5, 0), (3, 4), (10, 50), (1, 10)))
                found = _plainly(lines.behind(cursor, want, limit, offset))
                assert found == plain_lines.behind(every, want, limit, offset), (want, limit, offset)
                named += bool(found.totals)
    assert named == 2 * (len(wanted) - 2), "each of them but the last two names some lines"


def _plainly(found: Behind) -> Behind:
    names = "change_id line month area team placed reason description amount".split()
    return Behind(
        found.totals,
        tuple((one.change_id, one.lines, one.amount) for one in found.files),
        tuple(tuple(getattr(line, name) for name in names) for line in found.lines),
    )


@pytest.mark.parametrize("seed", range(2))
def test_d1_months_put_together_are_what_stands_behind_their_period(built, seed):
    chance = random.Random(seed)
    wanted = [Wanted(change_id=_made_up(built, chance)[1]), *WANTED]
    for is_converted in (True, False):
        with built.store.snapshot() as cursor:
            read.look_in(cursor, "GBP", is_converted=is_converted)
            for want in wanted:
                limit = chance.choice((200, 5, 1))
                months = lines.by_month(cursor, want, limit)
                largest = sorted((line for one in months.values() for line in one.lines), key=lines.by_size)
                found = lines.together(months.values(), tuple(largest[:limit]))
                assert found == lines.behind(cursor, want, limit), (want, limit)


def test_of_a_team_only_the_lines_that_are_shown_are_made(built, finance, monkeypatch):
    """Of every month as many were made, and each of a pool that its teams share was spread over them."""
    _made_up(built, random.Random(3))
    made, real = [], read.rows
    with basis.opened(built.store, finance, Scope()) as base:
        want = Wanted(teams=("t1",), placed="team", span=Span(MONTHS[0], MONTHS[-1]))
        every = lines.behind(base.cursor, want, None)
        assert len({line.month for line in every.lines if line.team == "t1"}) == len(MONTHS)

        def watched(cursor, name, params=None):
            found = real(cursor, name, params)
            made.extend(found if name == "ledger_lines" else ())
            return found

        monkeypatch.setattr(read, "rows", watched)
        found = lines_of_period.behind(base, want, 3)
        assert found == lines_of_period.behind(base, want, 3), "and kept"
        assert len(made) == 3
        assert found == every._replace(lines=every.lines[:3])
