"""Words of a file → our words: teams, areas, currencies and closed vocabularies, each distinct word once."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from roi.domain.money import MINOR_DIGITS
from roi.domain.names import fold, tidy
from roi.domain.suggestions import nearest

SCENARIOS = ("actual", "plan", "outlook")
INTENTS = ("run", "grow", "transform")
TREATMENTS = ("capital", "operating")
_ALIASES = {
    "actuals": "actual",
    "capex": "capital",
    "capitalised": "capital",
    "capitalized": "capital",
    "opex": "operating",
}
_NAME = re.compile(r"[^\W\d_]+([ ,.'’-]+[^\W\d_]+)+|.*@.*")

_TOTAL = re.compile(r"((grand|sub)[ -]?)?total|sum|summe|(zwischen|gesamt)summe|gesamt|sous-total|suma")


@dataclass(frozen=True, slots=True)
class Word:
    """What one written word means; `problem` is `unknown`, `name`, `total`, or `respelled` (a warning)."""

    field: str
    sent: str
    value: str
    problem: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What words may mean: teams by key and name, natures, and the answers given for this source."""

    teams: Sequence[tuple[str, str]]
    natures: Sequence[str]
    answers: Mapping[tuple[str, str], str]
    hide: Callable[[str], str]
    plans: Sequence[str] = ()

    def answer(self, field: str, sent: str) -> str | None:
        """Our word that was said for theirs."""
        return self.answers.get((field, fold(sent)))


def read(known: Known, field: str, sent: str) -> Word:
    """The meaning of a written word that is not empty."""
    return _READERS[field](known, field, sent)


def _team(known: Known, field: str, sent: str) -> Word:
    wanted = known.answer(field, sent) or sent
    is_answered = wanted is not sent
    for key, name in known.teams:
        if fold(wanted) in {fold(key), fold(name)}:
            is_same = is_answered or sent in {key, name}
            return Word(field, sent, key, "" if is_same else "respelled", name)
    return Word(field, sent, "", "unknown", nearest(wanted, [name for _, name in known.teams]))


def _currency(known: Known, field: str, sent: str) -> Word:
    said = known.answer(field, sent) or sent
    code = tidy(said).upper()
    if code not in MINOR_DIGITS:
        return Word(field, sent, "", "unknown", "an ISO code such as USD, EUR, GBP")
    return Word(field, sent, code, "respelled" if said != code else "", code)


def _closed(vocabulary: Callable[[Known], Sequence[str]]) -> Callable[[Known, str, str], Word]:
    def reader(known: Known, field: str, sent: str) -> Word:
        word = fold(known.answer(field, sent) or sent).replace(" ", "_").replace("-", "_")
        word = _ALIASES.get(word, word)
        allowed = vocabulary(known)
        if word in allowed:
            return Word(field, sent, word)
        return Word(field, sent, "", "unknown", ", ".join(allowed))

    return reader


def _scenario(known: Known, field: str, sent: str) -> Word:
    """Actual, plan or outlook; a frozen plan by its name (rule V5)."""
    wanted = known.answer(field, sent) or sent
    for plan in known.plans:
        if fold(wanted) in {fold(plan), fold(f"plan: {plan}"), fold(f"plan {plan}")}:
            return Word(field, sent, f"plan: {plan}")
    return _closed(lambda _: (*SCENARIOS, *(f"plan: {plan}" for plan in known.plans)))(known, field, sent)


def _free(known: Known, field: str, sent: str) -> Word:
    return Word(field, sent, tidy(known.answer(field, sent) or sent))


def _area(known: Known, field: str, sent: str) -> Word:
    if _TOTAL.fullmatch(fold(sent)):
        return Word(field, sent, "", "total")
    return _free(known, field, sent)


def _person(known: Known, field: str, sent: str) -> Word:
    """A key holds a digit; letters with blanks between them, or an address, are somebody's name."""
    if _NAME.fullmatch(tidy(sent)) or not any(letter.isdigit() for letter in sent):
        return Word(field, sent, "", "name", "a key with a digit, such as P1042")
    return Word(field, sent, known.hide(tidy(sent)))


_READERS: dict[str, Callable[[Known, str, str], Word]] = {
    "team": _team,
    "cost_centre": _area,
    "pool": _area,
    "person_key": _person,
    "category": _free,
    "currency": _currency,
    "scenario": _scenario,
    "nature": _closed(lambda known: known.natures),
    "intent": _closed(lambda _: INTENTS),
    "treatment": _closed(lambda _: TREATMENTS),
}
FIELDS = tuple(_READERS)
