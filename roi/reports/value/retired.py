"""Which products are retired, and where teams stood: with which month an epic ends by that (V11)."""

from roi.domain.products import NO_RETIREMENTS, ProductLife, Retirements, Stood
from roi.reports.ground import kept
from roi.reports.ground.basis import Basis
from roi.store import read_value


def lives(basis: Basis) -> dict[str, ProductLife]:
    """The life of each value stream of which somebody recorded it."""

    def made() -> dict[str, ProductLife]:
        found = read_value.records(basis.cursor, "product_life", ProductLife, key="value_stream")
        return {one.value_stream: one for one in found}

    return kept.once(basis, "lives of products", (), made, (kept.VALUE,))


def retirements(basis: Basis) -> Retirements:
    """Value streams with their last months, and where teams stood; nothing while none is retired.

    Each month's own structure counts, however the report rolls up (decision D5).
    """
    found = [(one.value_stream, one.retired) for one in lives(basis).values() if one.retired is not None]
    if not found:
        return NO_RETIREMENTS
    moves = basis.structure.moves
    stood: list[tuple[str, Stood]] = []
    for team in basis.teams:
        later = tuple((first, place.value_stream) for first, place in moves.get(team.key, ()))
        stood.append((team.key, ((0, team.value_stream), *later)))
    return Retirements(tuple(sorted(found)), tuple(stood))
