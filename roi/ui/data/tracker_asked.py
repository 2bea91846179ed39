"""What an export cannot say itself: date order, states, the column of teams, and which team each word is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import streamlit as st

from roi.commands.tracker import TeamWord, TrackerAnswers, TrackerPreview
from roi.domain.importing import DateOrder
from roi.domain.names import fold
from roi.domain.structure import Team
from roi.ingest.tracker.shapes import Answers, TeamSource
from roi.story import words
from roi.ui import parts

_ASKED = "_tracker_asked"
_MOST = 60
_ONE = {
    "date_order": "How are dates written?",
    "team_source": "Which column says the team?",
}
_MANY = {
    "active_states": "Which states mean that somebody works on it?",
    "done_states": "Which states mean that it is done?",
}
_SAME = {"no_team_column": "team_source"}
_SHARE = "planned_share"


@dataclass
class _Asked:
    """What was asked of one file; kept, so that an answered question can be answered otherwise.

    `words` are the file's words for teams, each with the team that it had when it was first asked.
    """

    digest: str
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """The key of a question's field."""
        return f"tracker_{name}_{self.digest}"


def answers(content: bytes) -> TrackerAnswers:
    """What was said of this very file so far."""
    asked = _asked(sha256(content).hexdigest()[:12])
    order, source = (st.session_state.get(asked.key(name)) for name in _ONE)
    active, done = (frozenset(st.session_state.get(asked.key(name)) or ()) for name in _MANY)
    read = Answers(
        dates=DateOrder(order) if order else None,
        team_source=TeamSource(source) if source else None,
        active_states=active,
        done_states=done,
    )
    said = {word: st.session_state.get(asked.key(f"team_{word}")) for word in asked.words}
    teams = {word: team for word, team in said.items() if team is not None}
    percent = st.session_state.get(asked.key(_SHARE))
    return TrackerAnswers(read, teams, planned_share=None if percent is None else percent * 10_000)


def _asked(digest: str) -> _Asked:
    kept = st.session_state.get(_ASKED)
    if not isinstance(kept, _Asked) or kept.digest != digest:
        kept = st.session_state[_ASKED] = _Asked(digest)
    return kept


def draw(preview: TrackerPreview, teams: Sequence[Team]) -> None:
    """The questions of the file in one form; a question that was asked once stays."""
    asked: _Asked = st.session_state[_ASKED]
    for issue in preview.issues:
        code = _SAME.get(issue.code, issue.code)
        if issue.choices and code in (*_ONE, *_MANY):
            asked.choices.setdefault(code, issue.choices)
    open_ = _open(preview.words, asked.words, teams)
    shown = _worth_asking(open_, asked.words)
    asked.words = {one.word: asked.words.get(one.word, one.team) for one in shown}
    if not asked.choices and not asked.words and not preview.new:
        return
    parts.section("What the file cannot say", "Teams are remembered for the next file.")
    with st.form("tracker_answers"):
        _questions(asked)
        if teams:
            _teams(asked, shown, teams)
        if preview.new or st.session_state.get(asked.key(_SHARE)) is not None:
            label = "Planned share of the team for each new epic, % (leave empty if nobody said)"
            st.number_input(label, 0, 100, None, key=asked.key(_SHARE))
        st.form_submit_button("Read it again with these answers", key="tracker_again")
    if len(shown) < len(open_):
        left = words.counted(len(open_) - len(shown), "word")
        parts.foot(f"{left} for teams with fewer items cannot be said here.", key="tracker_words_left")


def _open(found: Sequence[TeamWord], before: Collection[str], teams: Sequence[Team]) -> tuple[TeamWord, ...]:
    """The words that are not just the name or the key of the team that they are taken for."""
    names = {team.key: {fold(team.key), fold(team.name)} for team in teams}
    return tuple(one for one in found if one.word in before or fold(one.word) not in names.get(one.team, ()))


def _worth_asking(found: Sequence[TeamWord], before: Collection[str]) -> tuple[TeamWord, ...]:
    """What was asked before stays; then words that are no team yet, those with the most items first."""
    order = sorted(found, key=lambda one: (one.word not in before, bool(one.team), -one.items))
    return tuple(order[:_MOST])


def _questions(asked: _Asked) -> None:
    for code, choices in asked.choices.items():
        if code in _ONE:
            st.selectbox(
                _ONE[code],
                choices,
                index=None,
                format_func=_choice,
                key=asked.key(code),
                placeholder="as the file stands" if code == "team_source" else "choose",
            )
        else:
            st.multiselect(_MANY[code], choices, key=asked.key(code), placeholder="choose")


def _choice(value: str) -> str:
    return parts.plain(words.sentence(value.replace("-", " ")))


def _teams(asked: _Asked, shown: Sequence[TeamWord], teams: Sequence[Team]) -> None:
    """One field for each word, in the order of its name, so that no field moves when it is answered."""
    names = {"": "Leave its work out", **{team.key: team.name for team in teams}}
    options = ["", *sorted(names.keys() - {""}, key=lambda key: names[key].casefold())]
    for one in sorted(shown, key=lambda one: one.word.casefold()):
        first = asked.words[one.word]
        word = f"“{one.word}”" if one.word else "items without a team"
        st.selectbox(
            parts.plain(f"Which team is {word}? ({words.counted(one.items, 'item')})"),
            options,
            options.index(first) if first in options else 0,
            format_func=lambda key: names.get(key, key),
            key=asked.key(f"team_{one.word}"),
        )
