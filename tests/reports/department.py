"""A department in which every small group that could tell somebody's pay exists, built with any pay list."""

from tests.reports.conftest import Built

MONTHS = (202601, 202602)
PEOPLE = tuple(f"K{number}" for number in range(1, 15))
"""K1–K6 in Alpha, K7 and K8 in Beta, K9 in the platform, K10 half assigned, K11 in no team, K12 paid off
(severance), K13 the only one paid in euro, K14 the office manager, whose pay is in an overhead pool."""

TEAM_OF = {
    **dict.fromkeys(PEOPLE[:6], "alpha"),
    **dict.fromkeys(PEOPLE[6:8], "beta"),
    "K9": "platform",
    "K10": "beta",
    "K13": "alpha",
}
PAY = {person: 500_003 + 70_001 * place for place, person in enumerate(PEOPLE)}
"""Minor units a month; no sum of one is another's."""


def _line(month: int, amount: int, **more: object) -> dict[str, object]:
    return {"month": month, "amount_minor": amount, "category": "Cloud", "currency": "USD", **more}


def _pay_line(month: int, person: str, amount: int) -> dict[str, object]:
    pay = {"category": "Salaries", "person_key": person}
    if person == "K12":
        return _line(month, amount, nature="severance", **pay)
    if person == "K13":
        return _line(month, amount, **{**pay, "currency": "EUR"})
    if person == "K14":
        return _line(month, amount, category="Salaries", pool="offices")
    return _line(month, amount, **pay)


def rules(built: Built) -> None:
    """Company, teams, roles, rates, pools, who serves whom, exchange rates, a plan."""
    built.company(currency="USD")
    built.team("alpha", "Alpha", stream="One")
    built.team("beta", "Beta", stream="Two")
    built.team("platform", "Platform", kind="platform", stream="Three")
    built.put("people_category", {"category": "Salaries", "is_pay": True})
    built.put("role", {"role": "engineer", "name": "Engineer", "is_shared": False})
    rate = {"role": "engineer", "band": "", "first_month": 202501, "currency": "USD", "amount_minor": 900_000}
    built.put("standard_rate", rate)
    pool = {"pool": "offices", "name": "Offices", "driver": "headcount", "is_overhead": True}
    built.put("cost_pool", pool)
    usage = [("alpha", 3), ("beta", 1)]
    built.put(
        "platform_usage",
        *(
            {
                "platform": "platform",
                "consumer": consumer,
                "first_month": 202501,
                "last_month": None,
                "quantity": quantity,
            }
            for consumer, quantity in usage
        ),
    )
    built.put(
        "exchange_rate",
        *(
            {
                "currency": "EUR",
                "target": "USD",
                "month": month,
                "basis": "average",
                "rate_billionths": 1_100_000_000,
                "rate_source": "bank",
            }
            for month in MONTHS
        ),
    )
    built.put(
        "assignment",
        *(
            {
                "person_key": person,
                "team": team,
                "first_month": 202501,
                "last_month": None,
                "role": "engineer",
                "band": "",
                "share": 500_000 if person == "K10" else 1_000_000,
            }
            for person, team in TEAM_OF.items()
        ),
    )


def build(built: Built, pay: dict[str, int]) -> Built:
    """The department with this pay."""
    rules(built)
    for month in MONTHS:
        built.lines(
            *(_pay_line(month, person, amount) for person, amount in pay.items()),
            _line(month, 333_333, team="alpha", intent="run"),
            _line(month, 222_222, team="platform"),
            _line(month, 44_444, cost_centre="Estates"),
            _line(month, 55_555, pool="offices"),
            _line(month, 66_666, team="alpha", nature="amortisation"),
            file=f"ledger-{month}.csv",
        )
    total = sum(pay.values()) - pay["K13"] + 333_333 + 222_222 + 44_444 + 55_555 + 66_666
    built.control(MONTHS[0], MONTHS[0], total, currency="USD")
    return built
