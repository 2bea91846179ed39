"""Whose money is it: finance lines cut into cells that exclude each other, and every overlap refused (V8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roi.domain.benefits import Pool
from roi.errors import Issue, blocker


@dataclass(frozen=True, slots=True)
class Partition:
    """A finance line divided into cells that exclude each other; each cell with the segments it holds."""

    key: str
    line: str
    cells: Mapping[str, frozenset[str]]


def partition_problems(partitions: Sequence[Partition]) -> tuple[Issue, ...]:
    """Every reason why the same money could stand in two cells (rule V8).

    A finance line has one partition, because two of them cut the same money twice; and within one
    partition a segment lies in one cell.
    """
    found: list[Issue] = []
    by_line: dict[str, Partition] = {}
    for partition in partitions:
        other = by_line.setdefault(partition.line, partition)
        if other is not partition:
            found.append(_second_partition(partition, other))
        found += _shared_segments(partition)
    return tuple(found)


def _second_partition(partition: Partition, other: Partition) -> Issue:
    return blocker(
        "partition_overlaps",
        f"{partition.key} divides {partition.line}, which {other.key} divides already: the same money would "
        "stand in a cell of each.",
        sent=partition.key,
        expected="one partition for a finance line",
        fix=f"Use the cells of {other.key}, or replace it.",
    )


def _shared_segments(partition: Partition) -> list[Issue]:
    holder: dict[str, str] = {}
    found = []
    for cell, segments in partition.cells.items():
        for segment in sorted(segments):
            first = holder.setdefault(segment, cell)
            if first != cell:
                found.append(
                    blocker(
                        "cells_overlap",
                        f"{segment} lies in {first} and in {cell} of {partition.key}.",
                        sent=cell,
                        expected="each segment in one cell",
                        fix=f"Leave {segment} in one of the two.",
                    )
                )
    return found


def pool_problems(pools: Sequence[Pool], partitions: Sequence[Partition]) -> tuple[Issue, ...]:
    """Pools whose cell no partition of their line has, and metrics that are measured twice for one cell.

    One movement of one metric, cell and month is one pool (law T4).
    """
    known = {(partition.line, partition.key): partition for partition in partitions}
    found = []
    measured: dict[tuple[str, str, str, int], Pool] = {}
    for pool in pools:
        partition = known.get((pool.line, pool.partition))
        if partition is None or pool.cell not in partition.cells:
            found.append(_no_such_cell(pool))
        places = [(pool.metric, pool.line, pool.cell, month) for month in sorted(pool.movements)]
        others = [measured[place] for place in places if pool.metric and place in measured]
        found += [_measured_twice(pool, others[0])] if others else []
        measured.update({place: pool for place in places if place not in measured})
    return tuple(found)


def _no_such_cell(pool: Pool) -> Issue:
    return blocker(
        "no_such_cell",
        f"{pool.key} names the cell {pool.cell} of {pool.line}, which no partition of it has.",
        sent=pool.cell,
        expected="a cell of the line's partition",
        fix="Choose a cell of the line, or have finance declare it.",
    )


def _measured_twice(pool: Pool, other: Pool) -> Issue:
    return blocker(
        "measured_twice",
        f"{pool.key} and {other.key} measure {pool.metric} in the cell {pool.cell} of {pool.line} "
        "in the same months.",
        sent=pool.key,
        expected="one pool for a metric, cell and month",
        fix=f"Claim a share of {other.key} instead.",
    )
