"""What outcomes count, reckoned once more from the rules of value: fractions, loops, and no code of ours.

It reads plain rows, knows months as yyyymm, and answers in minor units as fractions that are not rounded.
"""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

WHOLE = 1_000_000
CASH = ("revenue", "retention")
TICKS = {"movement", "unit_value", "share"}
DIGITS = {"GBP": 2, "EUR": 2, "JPY": 0}


def month_of(day):
    return day.year * 100 + day.month


def after(month):
    return month + 1 if month % 100 < 12 else month + 89


class Books:
    """The rows of one state of a company; `rows` are the live ones by table."""

    def __init__(self, rows, months):
        self.rows, self.months = rows, months
        self.outcomes = {one["outcome"]: one for one in rows["outcome"]}
        self.plans = {one["outcome"]: one for one in rows["outcome_plan"]}
        self.epics = {one["epic"]: one for one in rows["epic"]}
        self.kinds = {one["line"]: one["kind"] for one in rows["finance_line"]}

    def place(self, key):
        return self.plans[key]["line"], self.plans[key]["cell"]

    def treated(self, key):
        """V6, V13: cash, protected, or already in lower cost."""
        its, kind = self.outcomes[key], self.kinds.get(self.plans[key]["line"])
        if kind == "engineering_cost":
            return "memo"
        shown = its["value_class"] == "cost_reduction" and kind == "cost_outside"
        is_cash = its["value_class"] in CASH or (shown and its["value_basis"] == "booked")
        return "cash" if is_cash else "protected"

    def part(self, key, month):
        """Slices: which part of its epic is delivered before that month; None before anything is."""
        epic = self.epics[self.outcomes[key]["epic"]]
        if epic["delivered"] is not None and month_of(epic["delivered"]) < month:
            return Fraction(1)
        its = [one for one in self.rows["epic_slice"] if one["epic"] == epic["epic"] and one["delivered"]]
        found = sum(one["share"] for one in its if month_of(one["delivered"]) < month)
        return Fraction(min(found, WHOLE), WHOLE) if found else None

    def is_confirmed(self, key):
        """V7, V10: three ticks of others than the owner; nothing assumed, stated, or without its line."""
        its = self.outcomes[key]
        ticks = [one for one in self.rows["confirmation"] if one["outcome"] == key]
        is_lineless = its["value_class"] in (*CASH, "cost_reduction") and not self.place(key)[0]
        told = its["actual"] and its["grade"] != "E" and its["value_basis"] != "assumed" and not is_lineless
        by_others = {one["tick"] for one in ticks if one["confirmed_by"] != its["owner"]}
        return bool(told) and its["value_class"] != "not_financial" and by_others == TICKS

    def readings(self, key):
        """V11: confirmed readings, oldest first: day, worth of the whole movement a month, and share."""
        its = self.outcomes[key]
        held = [one for one in self.rows["confirmed_reading"] if one["outcome"] == key]
        held = sorted(held, key=lambda one: one["read_on"]) + ([its] if self.is_confirmed(key) else [])
        for one in held if its["value_class"] != "not_financial" else []:
            moved = Decimal(one["actual"]) - Decimal(one["baseline"])
            moved = -moved if its["direction"] == "down" else moved
            money = Fraction(moved * Decimal(one["unit_value"])) * 10 ** DIGITS[one["currency"]]
            yield one["read_on"], money, one["share_likely"]

    def covered(self, key):
        """By month: worth, share and day of the reading that covers it: each holds up to its own month."""
        found, last = {}, 0
        for day, money, share in self.readings(key):
            for month in [one for one in self.months if last < one <= month_of(day)]:
                then, now = self.part(key, month), self.part(key, month_of(day))
                if then is not None:
                    found[month] = (money if not now else money * min(then, now) / now, share, day)
            last = max(last, month_of(day))
        return found

    def root(self, key):
        while self.plans[key]["copied_from"]:
            key = self.plans[key]["copied_from"]
        return key

    def pool(self, key):
        its = self.outcomes[self.root(key)]
        return its["metric"], its["unit"], self.place(self.root(key)), its["currency"]

    def ended_on(self, key):
        ends = [
            one["ended_on"]
            for one in self.rows["closure"]
            if one["outcome"] == key and one["ended_by"] != "closed"
        ]
        epic = self.outcomes[key]["epic"]
        return min(
            [
                *ends,
                *(
                    one["ended_on"]
                    for one in self.rows["epic_plan"]
                    if one["epic"] == epic and one["ended_by"]
                ),
            ],
            default=None,
        )

    def counted(self):
        """Outcome and month: what it counts in its own currency (T4, V8, V12)."""
        money = [key for key, its in self.outcomes.items() if its["value_class"] != "not_financial"]
        covered = {key: self.covered(key) for key in money}
        piles = [
            pile
            for pool in sorted({self.pool(key) for key in money})
            for month in self.months
            for pile in self._piles(pool, month, [key for key in money if self.pool(key) == pool], covered)
        ]
        caps = {
            (one["line"], one["cell"], one["month"]): (one["actual_minor"] - one["baseline_minor"])
            * (1 if self.kinds[one["line"]] == "margin" else -1)
            for one in self.rows["line_month"]
        }
        gains = defaultdict(Fraction)
        for pool, month, movement, _, _ in piles:
            gains[*pool[2], month] += max(movement, 0)
        found = defaultdict(Fraction)
        for pool, month, movement, day, shares in piles:
            cell = (*pool[2], month)
            room = max(caps[cell], 0) if cell in caps and movement > 0 else gains[cell]
            left = movement * min(Fraction(room) / gains[cell], 1) if movement > 0 else movement
            for key, share in shares.items():
                if not self._is_given_back(key, day, left):
                    found[key, month] += left * share / max(sum(shares.values()), 1)
        return dict(found)

    def _is_given_back(self, key, day, left):
        """V12: a claim that ended keeps a loss and loses a gain; a disputed one counts nothing for now."""
        ended = self.ended_on(key)
        open_one = any(one["outcome"] == key and one["answered_on"] is None for one in self.rows["question"])
        return open_one or (ended is not None and (left > 0 or ended < day))

    def _piles(self, pool, month, keys, covered):
        """The gain and the loss of a pool in a month: movement, day of its reading, each claim's share."""
        for is_gain in (True, False):
            its = {key: covered[key][month] for key in keys if month in covered[key]}
            its = {key: one for key, one in its.items() if (one[0] >= 0) == is_gain}
            if not its:
                continue
            movement = max((one[0] for one in its.values()), key=abs)
            day = min(one[2] for one in its.values())
            others = [key for key in keys if month not in covered[key] and self.plans[key]["planned_share"]]
            unread = [key for key in others if self.part(key, month) is not None]
            claims = [*its, *([] if is_gain else unread)]
            shares = {key: self._share(key, its.get(key), movement) for key in claims}
            yield pool, month, movement, day, self._in_time_and_once(shares, day)

    def _share(self, key, covered, movement):
        """V10, V12: of a gain the smaller of frozen and confirmed share, of a loss the frozen one."""
        frozen = self.plans[key]["planned_share"]
        if covered is None:
            return Fraction(frozen or 0, WHOLE)
        money, share, _ = covered
        its = share if frozen is None else min(frozen, share) if money >= 0 else frozen
        return Fraction(its, WHOLE) * (money / movement if movement else 0)

    def _in_time_and_once(self, shares, day):
        registered = {key: self.plans[key]["agreed_on"] for key in shares}
        order = sorted(shares, key=lambda key: (bool(self.plans[key]["copied_from"]), registered[key], key))
        firsts = {}
        for key in [one for one in order if registered[one] <= day]:
            firsts.setdefault(self.root(key), key)
        return {
            key: share if firsts.get(self.root(key)) == key else Fraction(0) for key, share in shares.items()
        }

    def by_team(self, key, month):
        """V2, V3: which part of an outcome each team books, once serving teams have passed on theirs."""
        epic = self.epics[self.outcomes[key]["epic"]]
        effort = {one["team"]: one["effort"] for one in self.rows["epic_team"] if one["epic"] == epic["epic"]}
        effort = effort or {epic["team"]: 1}
        found = defaultdict(Fraction)
        for team, weight in effort.items():
            part = Fraction(weight, sum(effort.values()))
            use = {
                one["consumer"]: int(one["quantity"])
                for one in self.rows["platform_usage"]
                if one["platform"] == team and one["first_month"] <= month
            }
            for taker, quantity in (use or {team: 1}).items():
                found[taker] += part * Fraction(quantity, sum(use.values()) or 1)
        return found

    def rate(self, key, month, target="GBP"):
        """What a minor unit of its currency is worth in minor units of the target."""
        currency = self.outcomes[key]["currency"]
        for one in self.rows["exchange_rate"]:
            if (one["currency"], one["target"], one["month"]) == (currency, target, month):
                whole = Fraction(one["rate_billionths"], 10**9)
                return whole * Fraction(10) ** (DIGITS[target] - DIGITS[currency])
        return Fraction(1)
