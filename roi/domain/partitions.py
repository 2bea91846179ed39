"""Whose money is it: finance lines cut into cells that exclude each other, and every overlap refused (V8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
                        expected="each in one segment of the line alone",
                        fix=f"Leave {segment} in one of the two.",
                    )
                )
    return found
