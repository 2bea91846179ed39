"""Lines of the ledger spread over every place of their bucket one by one, the plain way, to compare with."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import duckdb

from roi.reports.cost.lines import Behind, Wanted

BUCKET = "month source object_kind object scenario nature intent treatment category currency aside".split()
_LINES = """
select
    line.* exclude (team), team as its_team, source_name,
    case
        when team != '' then 'team' when cost_centre != '' then 'cost_centre' when pool != '' then 'pool'
        when person_key != '' then 'person' else 'nothing'
    end as object_kind,
    case
        when team != '' then team when cost_centre != '' then cost_centre when pool != '' then pool
        else person_key
    end as object,
    case object_kind when 'team' then cost_centre when 'person' then '' else object end as area
from live_cost_line as line inner join change on origin_change = change_id
order by origin_change, source_row
"""
_PLACES = """
select
    month, source, object_kind, object, scenario, nature, intent, treatment, category, currency,
    placed, team, rule, reason, is_pay,
    case when starts_with(reason, 'set aside: ') then substr(reason, 12) else '' end as aside,
    sum(amount_minor) as part,
    case
        when not $is_converted then sum(amount_minor)
        when count(*) = count(reporting_minor) then sum(reporting_minor)
    end as shown
from mart_team_cost
group by all
order by placed, team, rule, reason, is_pay
"""
Row = dict[str, object]


class Part(NamedTuple):
    """What one place holds of one line: in its currency, and as the report shows it."""

    line: Row
    place: Row
    part: int
    shown: int | None


def parts(cursor: duckdb.DuckDBPyConnection, currency: str, *, is_converted: bool) -> list[Part]:
    """Every line of the ledger with each of its places."""
    places, lines = defaultdict(list), defaultdict(list)
    for place in _rows(cursor, _PLACES, is_converted=is_converted):
        places[tuple(place[name] for name in BUCKET)].append(place)
    excluded = {(key[0], key[5]) for key, its in places.items() if its[0]["placed"] == "excluded"}
    for line in _rows(cursor, _LINES):
        its = {**line, "aside": ""} if (line["month"], line["nature"]) in excluded else line
        lines[tuple(its[name] for name in BUCKET)].append(line)
    found: list[Part] = []
    for bucket, its in lines.items():
        is_own = not is_converted or its[0]["currency"] == currency
        found += _spread(its, places[bucket], is_own=is_own)
    return found


def _rows(cursor: duckdb.DuckDBPyConnection, query: str, **params: object) -> list[Row]:
    found = cursor.execute(query, params)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _spread(lines: list[Row], places: list[Row], *, is_own: bool) -> Iterator[Part]:
    whole, so_far = sum(place["part"] for place in places), 0
    for line in lines:
        before, so_far = so_far, so_far + line["amount_minor"]
        parts = shown = 0
        for place in places:
            part = _part(before, so_far, parts, parts + place["part"], whole)
            its_shown = 0 if whole == 0 else None
            if whole and place["shown"] is not None:
                its_shown = _part(before, so_far, shown, shown + place["shown"], whole)
                shown += place["shown"]
            parts += place["part"]
            if len(places) == 1:
                part, its_shown = line["amount_minor"], line["amount_minor"] if is_own else its_shown
            yield Part(line, place, part, its_shown)


def _part(before: int, after: int, left: int, right: int, whole: int) -> int:
    def half_up(lines: int, parts: int) -> int:
        return (2 * lines * parts + whole) // (2 * whole)

    if whole == 0:
        return 0
    return half_up(after, right) - half_up(before, right) - half_up(after, left) + half_up(before, left)


def behind(every: list[Part], want: Wanted, limit: int | None, offset: int) -> Behind:
    """What `roi.reports.cost.lines.behind` has to say: sums by currency, files as tuples, lines as tuples."""
    by_line, by_currency, by_file = defaultdict(list), defaultdict(list), defaultdict(list)
    for one in every:
        if _is_wanted(one, want):
            by_line[_key(one.line)].append(one)
            by_currency[one.line["currency"]].append(one)
            by_file[one.line["origin_change"]].append(one)
    lines = sorted(map(_line, by_line.values()), key=lambda line: (-abs(line[-1]), line[2], line[0], line[1]))
    return Behind(
        tuple((key, sum(one.part for one in its), _count(its)) for key, its in sorted(by_currency.items())),
        tuple((key, _count(its), _shown(its)) for key, its in sorted(by_file.items())),
        tuple(lines[offset:] if limit is None else lines[offset : offset + limit]),
    )


def _key(line: Row) -> tuple[object, ...]:
    return line["origin_change"], line["source_row"], line["month"]


def _count(its: list[Part]) -> int:
    return len({_key(one.line) for one in its})


def _shown(its: list[Part]) -> int:
    found = [one.shown for one in its]
    return 0 if None in found else sum(found)


def _line(its: list[Part]) -> tuple[object, ...]:
    line, places = its[0].line, [one.place for one in its]
    teams, reasons = (
        {place["team"] for place in places},
        {(place["team"], place["reason"]) for place in places},
    )
    return (
        line["origin_change"],
        line["source_row"],
        line["month"],
        line["area"],
        teams.pop() if len(teams) == 1 else "",
        max(place["placed"] for place in places),
        reasons.pop()[1] if len(reasons) == 1 else max(place["rule"] for place in places),
        line["description"],
        sum(one.part for one in its),
    )


def _is_wanted(one: Part, want: Wanted) -> bool:
    line, place = one.line, one.place
    named = line["object_kind"]
    booked_on = named if named in {"person", "nothing"} else f"{named} {line['object']}"
    asked = {
        "scenario": line["scenario"],
        "source": line["source"],
        "area": line["area"],
        "currency": line["currency"],
        "placed": place["placed"],
        "change_id": line["origin_change"],
        "treatment": line["treatment"],
        "nature": line["nature"],
        "intent": line["intent"],
        "category": line["category"],
        "reason": place["reason"],
    }
    return (
        all(getattr(want, name) in {None, cell} for name, cell in asked.items())
        and (want.span is None or want.span.holds(line["month"]))
        and (want.teams is None or (place["placed"] == "team" and place["team"] in want.teams))
        and (want.booked_on is None or booked_on in want.booked_on)
        and (want.pay or not place["is_pay"])
    )
