"""Records that are made quickly are what plain frozen records are."""

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace

import pytest

from roi.domain import quickly


@dataclass(frozen=True, slots=True)
class Plain:
    key: str
    amount: int | None
    reason: str = "none"
    parts: tuple[int, ...] = ()


@quickly.made
@dataclass(frozen=True, slots=True)
class Quick:
    key: str
    amount: int | None
    reason: str = "none"
    parts: tuple[int, ...] = ()


GIVEN = ((("a", 1), {}), (("a", None, "why"), {"parts": (1, 2)}), ((), {"amount": 3, "key": "b"}))


@pytest.mark.parametrize(("args", "named"), GIVEN)
def test_it_takes_the_same_fields_and_defaults(args, named):
    quick, plain = Quick(*args, **named), Plain(*args, **named)
    assert asdict(quick) == asdict(plain)
    assert repr(quick).removeprefix("Quick") == repr(plain).removeprefix("Plain")
    assert hash(quick) == hash(plain)
    assert quick == Quick(*args, **named) != replace(quick, amount=99)
    assert pickle.loads(pickle.dumps(quick)) == copy.copy(quick) == quick


@pytest.mark.parametrize(
    ("args", "named"), [((), {}), (("a",), {}), (("a", 1, "", (), 5), {}), (("a", 1), {"no": 2})]
)
def test_it_refuses_what_a_plain_record_refuses(args, named):
    for kind in (Plain, Quick):
        with pytest.raises(TypeError, match=r"argument"):
            kind(*args, **named)


def test_it_is_frozen():
    one = Quick("a", 1)
    for name in [*(one.name for one in fields(Quick)), "other"]:
        with pytest.raises((FrozenInstanceError, TypeError)):
            setattr(one, name, 2)
    assert one == Quick("a", 1)


@dataclass(frozen=True, slots=True)
class Checked:
    key: str

    def __post_init__(self):
        pass


@dataclass(frozen=True, slots=True)
class Growing:
    parts: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Loose:
    key: str


@pytest.mark.parametrize("kind", [Checked, Growing, Loose])
def test_it_refuses_what_does_more_when_it_is_made(kind):
    with pytest.raises(TypeError, match="no plain record"):
        quickly.made(kind)
