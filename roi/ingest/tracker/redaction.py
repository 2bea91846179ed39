"""Nobody's name comes in: what people's columns hold is looked for in all that is kept, and taken out.

Looked for are whole words: full names in either order; an initial with the surname (`initials`); and an
account or a first name of one word, unless it has fewer than four letters or is a word that anybody writes
(`everyday`): who signs in as *mark* or *may* is taken out where no word but a name stands, after an *@*, in
a mention, and as the whole of a team or label. The key of an item is not a name, whatever project it is of.
A surname or first name alone of somebody who is written with both stays: it may be any word.

The names themselves live only while a file is read.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from roi.domain.names import fold, tidy
from roi.ingest.tracker.everyday import SHORTEST, is_everyday
from roi.ingest.tracker.headers import Columns
from roi.ingest.tracker.initials import Short, Token, Tokens, length, shortened

MARK = "[person]"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MENTION = re.compile(r"\[~[^\]]+\]|(?<![\w.])@[\w.-]*\w(?: [A-ZÀ-Þ][\w'’-]+)?")
_ACCOUNT = re.compile(
    r"\b(?:[0-9a-f]{24}|\d{5,6}:[0-9a-f]{8}-[0-9a-f-]{27}|(?:qm|ug):[0-9a-f-]{36}(?::[\w-]+)?)\b"
)
_COMMENT = re.compile(r"^[^;]{6,40};([^;\n]{2,80});")
_TOKEN = re.compile(r"[^\W_]+(?:['’](?!s\b)[^\W_]+)*")
"""A word of a name; `jane.doe`, `Jane-Doe` and `jane_doe` are the same two words as *Jane Doe*."""
_LETTER = re.compile(r"[^\W\d_]")
_PLAIN_WORD = re.compile(r"[^\W\d_]+")
_KEY = re.compile(r"-\d+\b")
"""What follows the project in the key of an item."""
_ACCOUNTS = re.compile(r"[^\W_]+(?: *, *[^\W_]+)+")
"""Several accounts of one word; a name with its surname first has large letters."""
_BESIDE = re.compile(r"\([^)]*\)|\[[^]]*\]|<[^>]*>|\{[^}]*\}")
"""What stands in brackets beside a name: *Inactive*, a department, an address."""
_BETWEEN = re.compile(r"[,/|&+]|\b(?:and|und|et|y|e|og|och)\b")
_TITLE = re.compile(r"(?:(?:dr|prof|dipl|ing|mr|mrs|ms|herr|frau)\b\.?-?\s*)+")
_LONGEST_NAME = 80
_EMPTIED = ("team", "component", "labels")
"""Fields in which a cell that is wholly somebody's name says nothing else."""


@dataclass(slots=True)
class People:
    """The names in a file's columns of people; `taken` holds the lines they were taken out of, by header.

    `sought` are the names that are looked for inside texts, by their first word; `shorts` those with
    initials, by the first word of the surname.
    """

    names: set[str] = field(default_factory=set)
    sought: dict[str, list[Tokens]] = field(default_factory=dict)
    shorts: dict[str, set[Short]] = field(default_factory=dict)
    taken: dict[str, list[int]] = field(default_factory=dict)

    def is_person(self, text: str) -> bool:
        """Whether a whole cell is the name of somebody, in one of the ways in which names are sought."""
        return fold(text) in self.names or self.without(text).strip(" .") == MARK

    def without(self, text: str) -> str:
        """The text with addresses, mentions, account ids and known full names taken out."""
        found = text
        if "@" in found or "[~" in found:
            found = _MENTION.sub(MARK, _EMAIL.sub(MARK, found))
        if ":" in found or len(found) >= 24:
            found = _ACCOUNT.sub(MARK, found)
        return self._unnamed(found) if self.sought or self.shorts else found

    def seek(self, name: str) -> None:
        """Look for a name inside texts too; a short or everyday word alone is not sought."""
        parts = _words(name)
        if not parts or (len(parts) == 1 and _may_be_any(parts[0])):
            return
        surname, comma, given = name.partition(",")
        in_order = (*_words(given), *_words(surname)) if comma else parts
        for short in (*shortened(parts), *shortened(in_order)):
            self.shorts.setdefault(short.surname[0], set()).add(short)
        if len([one for one in parts if len(one) > 1]) == 1 < len(parts):
            return
        for form in dict.fromkeys((parts, parts[::-1], (*parts[1:], parts[0]), (parts[-1], *parts[:-1]))):
            others = self.sought.setdefault(form[0], [])
            if form not in others:
                others.append(form)

    def _unnamed(self, text: str) -> str:
        tokens = [Token(_bare(found.group()), *found.span()) for found in _TOKEN.finditer(text)]
        kept, place, index = [], 0, 0
        while index < len(tokens):
            count = self._named_here(text, tokens, index)
            if count:
                kept += [text[place : tokens[index].start], MARK]
                place = tokens[index + count - 1].end
            index += count or 1
        return "".join([*kept, text[place:]]) if kept else text

    def _named_here(self, text: str, tokens: Sequence[Token], index: int) -> int:
        """How many words from here on are somebody's name; the longest name counts."""
        fitting = [
            len(form)
            for form in self.sought.get(tokens[index].word, ())
            if form == tuple(token.word for token in tokens[index : index + len(form)])
        ]
        found = max(fitting, default=0) or length(text, tokens, index, self.shorts)
        return 0 if found == 1 and _is_key(text, tokens[index]) else found


def _may_be_any(word: str) -> bool:
    """Whether a word alone may be any word; one with digits in it is an account."""
    return bool(_PLAIN_WORD.fullmatch(word)) and (len(word) < SHORTEST or is_everyday(word))


def _is_key(text: str, token: Token) -> bool:
    """Whether it is the project of an item's key, such as JANE-12."""
    return text[token.start : token.end].isupper() and _KEY.match(text, token.end) is not None


def _bare(word: str) -> str:
    """A word of a name as it is compared: without case and accents."""
    if word.isascii():
        return word.casefold()
    signs = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in signs if not unicodedata.combining(sign)).casefold()


def _words(text: str) -> Tokens:
    """The words of a text as names are compared."""
    return tuple(_bare(word) for word in _TOKEN.findall(text))


def gather(rows: Iterable[Sequence[str]], columns: Columns) -> People:
    """Everybody whom the people's columns and the heads of comments name."""
    people, sent = People(), set[str]()
    for cells in rows:
        sent.update(cells[cell] for cell in columns.people if cell < len(cells))
        for cell in columns.comments:
            author = _COMMENT.match(cells[cell]) if cell < len(cells) else None
            sent.update([author[1]] if author else ())
    for part in {part for text in sent for part in re.split(r"[;\n]", text)}:
        people.names.update(_named(part))
        for name in (*_named(part), *_within(fold(part)), *_accounts(part)):
            people.seek(name)
    return people


def _named(part: str) -> Iterator[str]:
    """The name that a part of a cell is, as it is written and without what stands in brackets beside it."""
    whole = fold(part)
    for name in dict.fromkeys((whole, fold(_BESIDE.sub(" ", whole)))):
        if 3 <= len(name) <= _LONGEST_NAME and _LETTER.search(name):
            yield name


def _within(text: str) -> Iterator[str]:
    """The full names that a part of a cell holds beside other things: each of several people, an address's.

    One word alone may be a department, and is not taken for a name.
    """
    addresses = [found.group().split("@")[0] for found in _EMAIL.finditer(text)]
    bare = _EMAIL.sub(" ", _BESIDE.sub(" ", text))
    bracketed = () if bare.strip() else _TOKEN.findall(_EMAIL.sub(" ", text))
    for name in (" ".join(bracketed), bare, *_BETWEEN.split(bare), *addresses):
        parts = [word for word in _words(_TITLE.sub("", name.strip())) if len(word) > 1]
        if len(parts) > 1:
            yield " ".join(parts)
            yield f"{parts[0]} {parts[-1]}"


def _accounts(part: str) -> Iterator[str]:
    """Accounts of one word: several beside each other, and what stands before the @ of an address."""
    text = part.strip()
    if text.islower() and _ACCOUNTS.fullmatch(text):
        yield from (one.strip() for one in text.split(","))
    yield from (found.group().split("@")[0] for found in _EMAIL.finditer(text))


def redact(cells: Sequence[str], columns: Columns, people: People, line: int) -> tuple[str, ...]:
    """The kept cells of a row with nobody in them; a team or label that is a person's name is emptied."""
    emptied = {cell for name in _EMPTIED for cell in columns.cells.get(name, ())}
    kept = []
    for cell in columns.kept:
        sent = tidy(cells[cell]) if cell < len(cells) else ""
        plain = "" if sent and cell in emptied and people.is_person(sent) else people.without(sent)
        if plain != sent:
            people.taken.setdefault(columns.header(cell), []).append(line)
        kept.append(plain)
    return tuple(kept)
