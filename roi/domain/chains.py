"""Chains of outcomes: leading measure → result → money, which takes the weakest grade of its chain (V9)."""

from collections.abc import Iterable, Mapping


def feeding(outcome: str, leads_to: Mapping[str, str]) -> tuple[str, ...]:
    """Every outcome that leads to this one, near or far, by key; itself is none of them.

    Args:
        outcome: the key of the later link.
        leads_to: for each outcome the next one of its chain; empty where there is none.
    """
    before: dict[str, list[str]] = {}
    for earlier, later in leads_to.items():
        before.setdefault(later, []).append(earlier)
    found: set[str] = set()
    waiting = [outcome]
    while waiting:
        for earlier in before.get(waiting.pop(), ()):
            if earlier not in found and earlier != outcome:
                found.add(earlier)
                waiting.append(earlier)
    return tuple(sorted(found))


def ahead(outcome: str, leads_to: Mapping[str, str]) -> tuple[str, ...]:
    """Every outcome that this one leads to, the next first; a circle is walked once."""
    way = [outcome]
    while (later := leads_to.get(way[-1], "")) and later not in way:
        way.append(later)
    return tuple(way[1:])


def in_order(outcomes: Iterable[str], leads_to: Mapping[str, str]) -> tuple[str, ...]:
    """The outcomes, each after all of them that lead to it; else in the order in which they came."""
    keys = list(outcomes)
    before: dict[str, list[str]] = {}
    for key in keys:
        before.setdefault(leads_to.get(key, ""), []).append(key)
    found: dict[str, None] = {}
    for key in keys:
        _place(key, before, found, set())
    return tuple(found)


def _place(key: str, before: Mapping[str, list[str]], found: dict[str, None], way: set[str]) -> None:
    if key in found or key in way:
        return
    for earlier in before.get(key, ()):
        _place(earlier, before, found, way | {key})
    found[key] = None


def circle(outcome: str, leads_to: Mapping[str, str]) -> tuple[str, ...]:
    """The links by which an outcome would lead to itself; empty where the chain has an end."""
    way = [outcome]
    while later := leads_to.get(way[-1], ""):
        if later == outcome:
            return tuple(way)
        if later in way:
            return ()
        way.append(later)
    return ()


def any_circle(leads_to: Mapping[str, str]) -> tuple[str, ...]:
    """The links of one circle, its smallest key first; empty where every chain has an end."""
    seen: set[str] = set()
    for outcome in sorted(leads_to):
        way: list[str] = []
        later = outcome
        while later and later not in seen:
            seen.add(later)
            way.append(later)
            later = leads_to.get(later, "")
        if later in way:
            found = way[way.index(later) :]
            smallest = found.index(min(found))
            return (*found[smallest:], *found[:smallest])
    return ()
