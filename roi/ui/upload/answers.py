"""Words of theirs that could not be read: pick what each means, once for all rows like it (ux.md 8)."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from roi.charts.markup import tag
from roi.commands import structure
from roi.domain.structure import Team
from roi.errors import UNSAVED, Issue
from roi.reports import start as start_report
from roi.story import words
from roi.ui import parts, session
from roi.ui.upload import draft as drafts
from roi.ui.upload import keeper
from roi.ui.upload.draft import Draft, DraftFile

CHOICES: dict[str, tuple[str, ...]] = {
    "scenario": ("actual", "plan", "outlook"),
    "nature": (
        "cash_cost",
        "capitalised_labour_credit",
        "amortisation",
        "intercompany_recharge",
        "accrual",
        "accrual_reversal",
        "severance",
        "recoverable_tax",
    ),
    "intent": ("run", "grow", "transform"),
    "treatment": ("capital", "operating"),
}
_ACROSS, _MOST = 2, 60
FIELDS = frozenset({"team", *CHOICES})


def is_word(issue: Issue) -> bool:
    """Whether an answer to the word that was sent repairs the issue."""
    return issue.column in FIELDS and bool(issue.sent)


def draw(draft: Draft, file: DraftFile, issues: list[Issue]) -> None:
    """One select for each word; *Check again* takes the answers."""
    asked: dict[tuple[str, str], _Word] = {}
    for issue in issues:
        key = (issue.column or "", issue.sent or "")
        count = asked[key].count if key in asked else 0
        asked[key] = _Word(*key, count + issue.count, _why(issue), issue.expected or "")
    if not asked:
        return
    parts.section(
        f"{words.sentence(words.spelled(len(asked), 'word'))} we do not know",
        "Say once what each means here; the answer is remembered for this source.",
    )
    teams = session.ask(start_report.build).teams
    columns = st.columns(_ACROSS)
    answers = {
        key: _ask(columns[place % _ACROSS], file, word, teams)
        for place, (key, word) in enumerate(list(asked.items())[:_MOST])
    }
    given = {key: ours for key, ours in answers.items() if ours}
    # A name that only looks like a team's is never made into a second team of that look.
    new = [word.sent for word in asked.values() if word.field == "team" and "U+" not in word.why]
    with st.container(horizontal=True, key=f"cost_answer_bar_{file.name}"):
        label = f"Check again with {words.counted(len(given), 'answer')}" if given else "Check again"
        if st.button(label, key=f"cost_answers_{file.name}", type="primary", disabled=not given):
            _take(draft, given, teams)
        if new and st.button(_create(new), key=f"cost_create_{file.name}"):
            _take(draft, {("team", sent): sent for sent in new}, teams)


def _create(new: list[str]) -> str:
    if len(new) > 1:
        return f"Create all {len(new)} as new teams, named so"
    return parts.plain(f"Create “{new[0].strip()[:60]}” as a new team")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of theirs: its rows, what may be meant and why it is not that, and the nearest of ours."""

    field: str
    sent: str
    count: int
    why: str
    nearest: str


def _why(issue: Issue) -> str:
    """Which of ours it may be, and what the eye does not see of why it is another."""
    return issue.message.partition("is unknown.")[2].removesuffix(f"{UNSAVED}").strip()


def _ask(place: DeltaGenerator, file: DraftFile, word: _Word, teams: tuple[Team, ...]) -> str:
    field, sent, count = word.field, word.sent, word.count
    names = {team.key: team.name for team in teams}
    options = list(names) if field == "team" else list(CHOICES[field])
    options.sort(key=lambda one: names.get(one) != word.nearest)
    chosen = place.selectbox(
        parts.plain(f"{field} “{sent[:60]}” ({words.counted(count, 'row')}) means"),
        options,
        index=None,
        format_func=lambda one: names.get(one, one.replace("_", " ")),
        placeholder="choose, or type a new team" if field == "team" else "choose",
        accept_new_options=field == "team",
        key=f"cost_answer_{file.name}_{field}_{sent}",
    )
    if word.why:
        place.html(tag("p", word.why, class_="sub"))
    return (chosen or "").strip()


def _take(draft: Draft, given: dict[tuple[str, str], str], teams: tuple[Team, ...]) -> None:
    """Make the new teams, keep the answers, and read the files again."""
    for (field, sent), ours in given.items():
        answer = ours
        if field == "team" and ours not in {team.key for team in teams}:
            made, issues = structure.paste_teams(ours, teams)
            if issues or not made:
                parts.issue_list(issues)
                return
            if session.do(structure.save_teams, made) is None:
                return
            answer = made[0].key
        draft = drafts.answer_word(draft, field, sent, answer)
    keeper.show(draft)
