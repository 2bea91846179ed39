"""What does each number mean? The registry in the order in which a reader meets the figures."""

from roi.domain.figures import REGISTRY, Definition


def build() -> tuple[Definition, ...]:
    """Every definition, from the ledger to the return."""
    return tuple(REGISTRY.values())
