"""`outcome agree|read|confirm|ask|answer|adjust|end|reopen`: an outcome from its promise to its end."""

import argparse

from roi.cli.answer import Answer
from roi.cli.arguments import amount, day, shares
from roi.cli.closing import restatement_option
from roi.cli.opened import Commands, Run, add_command, opened
from roi.cli.receipts import done
from roi.commands import anticipating, loop, outcomes
from roi.domain.structure import Grade, Tick
from roi.domain.value import Closure, Ending, Landed, Reading

_SHARE = "the share of the change due to this work: low,likely,high, such as 40%%,50%%,60%%"
_ENDINGS = (Ending.CLOSED, Ending.WRITTEN_OFF, Ending.DROPPED)


def register(commands: Commands) -> None:
    """The verbs and their options."""
    verbs = commands.add_parser("outcome", help="agree, read, confirm, ask, end: an outcome's way")
    kinds = verbs.add_subparsers(title="what to do", metavar="VERB", required=True)
    agreeing = _verb(kinds, "agree", run_agree, "say that an outcome is agreed")
    agreeing.add_argument("day", type=day, metavar="DAY")
    _register_reading(kinds)
    _register_finance(kinds)
    answering = _verb(kinds, "answer", run_answer, "answer a question of finance")
    answering.add_argument("asked_on", type=day, metavar="ASKED", help="the day on which it was asked")
    answering.add_argument("day", type=day, metavar="DAY")
    answering.add_argument("text", metavar="TEXT")
    ending = _verb(kinds, "end", run_end, "close an outcome, write it off, or drop its claim")
    ending.add_argument("day", type=day, metavar="DAY")
    ending.add_argument("how", type=Ending, choices=_ENDINGS, metavar="HOW", help=", ".join(_ENDINGS))
    ending.add_argument("--landed", type=Landed, choices=tuple(Landed), help="whether it did as promised")
    ending.add_argument("--learned", default="", help="what was learned; closing asks for it")
    ending.add_argument("--reason", default="", help="why it ends, or why early")
    reopening = _verb(kinds, "reopen", run_reopen, "take an ended outcome up again")
    reopening.add_argument("--reason", required=True)


def _verb(kinds: Commands, name: str, run: Run, text: str) -> argparse.ArgumentParser:
    command = add_command(kinds, name, run, text)
    command.add_argument("outcome", metavar="OUTCOME", help="its key")
    return command


def _register_reading(kinds: Commands) -> None:
    reading = _verb(kinds, "read", run_read, "record what the measure is now")
    reading.add_argument("day", type=day, metavar="DAY")
    reading.add_argument("actual", type=amount, metavar="ACTUAL")
    reading.add_argument("--grade", type=Grade, choices=tuple(Grade), required=True, help="evidence A to E")
    reading.add_argument("--evidence", default="", help="where it can be seen")
    reading.add_argument("--share", type=shares, required=True, help=_SHARE)
    reading.add_argument("--also-happened", default="", help="what else happened")
    restatement_option(reading)


def _register_finance(kinds: Commands) -> None:
    confirming = _verb(kinds, "confirm", run_confirm, "give the ticks of finance: all three, or those named")
    confirming.add_argument("day", type=day, metavar="DAY")
    confirming.add_argument("--until", type=day, help="the day until which they hold")
    confirming.add_argument("--tick", type=Tick, choices=tuple(Tick), action="append", help="only this one")
    restatement_option(confirming)
    asking = _verb(kinds, "ask", run_ask, "ask its owner; until answered the claim counts nothing")
    asking.add_argument("day", type=day, metavar="DAY")
    asking.add_argument("text", metavar="TEXT")
    adjusting = _verb(kinds, "adjust", run_adjust, "set the share that is due to this work")
    adjusting.add_argument("share", type=shares, metavar="SHARE", help=_SHARE)
    adjusting.add_argument("--reason", required=True)


def run_agree(asked: argparse.Namespace) -> Answer:
    """Say that the outcome is agreed."""
    with opened(asked) as (store, actor):
        return done(anticipating.agree(store, actor, asked.outcome, asked.day))


def run_read(asked: argparse.Namespace) -> Answer:
    """Record a reading."""
    low, likely, high = asked.share
    with opened(asked) as (store, actor):
        receipt = outcomes.record_reading(
            store,
            actor,
            Reading(
                asked.outcome,
                actual=asked.actual,
                read_on=asked.day,
                grade=asked.grade,
                evidence=asked.evidence,
                share_low=low,
                share_likely=likely,
                share_high=high,
                also_happened=asked.also_happened,
            ),
            restatement=asked.restatement,
        )
        return done(receipt)


def run_confirm(asked: argparse.Namespace) -> Answer:
    """Give the ticks in one change."""
    ticks = tuple(asked.tick or Tick)
    with opened(asked) as (store, actor):
        days, told = (asked.day, asked.until), asked.restatement
        return done(loop.confirm_all(store, actor, asked.outcome, *days, ticks, restatement=told))


def run_ask(asked: argparse.Namespace) -> Answer:
    """Ask the owner."""
    with opened(asked) as (store, actor):
        return done(loop.ask(store, actor, asked.outcome, asked.day, asked.text))


def run_answer(asked: argparse.Namespace) -> Answer:
    """Answer a question."""
    with opened(asked) as (store, actor):
        return done(loop.answer(store, actor, asked.outcome, asked.asked_on, asked.day, asked.text))


def run_adjust(asked: argparse.Namespace) -> Answer:
    """Set the share."""
    low, likely, high = asked.share
    share = loop.OtherShare(asked.outcome, low, likely, high, asked.reason)
    with opened(asked) as (store, actor):
        return done(loop.adjust_share(store, actor, share))


def run_end(asked: argparse.Namespace) -> Answer:
    """End the outcome."""
    closure = Closure(asked.outcome, asked.day, asked.how, asked.landed, asked.learned, asked.reason)
    with opened(asked) as (store, actor):
        return done(loop.close(store, actor, closure))


def run_reopen(asked: argparse.Namespace) -> Answer:
    """Take the outcome up again."""
    with opened(asked) as (store, actor):
        return done(loop.reopen(store, actor, asked.outcome, asked.reason))
