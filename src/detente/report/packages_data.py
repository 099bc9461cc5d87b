"""Frontiers, solutions and improvements as plain data for JSON."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.amend.chance import BestChance, ChangedForChance, Estimate
    from detente.packages.frontier import Frontier
    from detente.packages.improve import Improvement
    from detente.packages.solutions import Solution, Solutions
    from detente.packages.space import Package
    from detente.packages.target import Target

__all__ = [
    "best_chance_data",
    "changed_data",
    "frontier_data",
    "improvement_data",
    "solutions_data",
]

Data = dict[str, Any]


def _floats(values: Iterable[Fraction] | None) -> list[float] | None:
    return None if values is None else [float(value) for value in values]


def _head(target: Target) -> Data:
    space = target.space
    return {
        "target": target.name,
        "packages": space.size,
        "parties": list(space.parties),
        "reservations": [None if r is None else float(r) for r in space.reservations],
        "scale": target.scale,
        "notes": list(target.notes),
    }


def frontier_data(target: Target, found: Frontier) -> Data:
    """Return a frontier with a package for every point; utilities on the target's scale."""
    points = []
    for point in found:
        row: Data = {
            "utilities": _floats(point.utilities),
            "package": found.space.takes(point.package),
            "acceptable": point.acceptable,
        }
        if point.all_ties is not None:
            row["ties"] = [found.space.takes(package) for package in point.ties]
            row["all_ties"] = point.all_ties
        points.append(row)
    return {
        **_head(target),
        "exact": found.exact,
        "epsilon": float(found.epsilon),
        "epsilons": _floats(found.lost),
        "method": found.method,
        "above_reservation": found.above_reservation,
        "count": len(found),
        "seconds": round(found.seconds, 3),
        "frontier": points,
    }


def solutions_data(target: Target, found: Solutions) -> Data:
    """Return solutions by name; a gap that is not known is null."""
    return {
        **_head(target),
        "no_agreement": _floats(found.no_agreement),
        "no_agreement_stated": list(found.stated),
        "seconds": round(found.seconds, 3),
        "solutions": {solution.name: _solution(target, solution) for solution in found},
    }


def _solution(target: Target, solution: Solution) -> Data:
    return {
        "utilities": _floats(solution.utilities),
        "package": _takes(target, solution.package),
        "value": None if solution.value is None else float(solution.value),
        "proven": solution.proven,
        "gap": solution.gap if math.isfinite(solution.gap) else None,
        "method": solution.method,
        "reason": solution.reason,
    }


def _takes(target: Target, package: Package | None) -> dict[str, str] | None:
    return None if package is None else target.space.takes(package)


def improvement_data(target: Target, found: Improvement) -> Data:
    """Return whether a package is efficient and what improves it."""
    return {
        **_head(target),
        "package": target.space.takes(found.package),
        "utilities": _floats(found.utilities),
        "efficient": found.efficient,
        "proven": found.proven,
        "better": _takes(target, found.better),
        "better_utilities": _floats(found.better_utilities),
        "most_even": _takes(target, found.most_even),
    }


def best_chance_data(best: BestChance) -> Data:
    """Return the package most likely to pass, its estimates and the bound."""
    return {
        "scenario": best.scenario,
        **_estimate(best.estimate),
        "bound": best.bound,
        "local_optimum": best.local,
        "samples": best.samples,
        "seed": best.seed,
        "seconds": round(best.seconds, 3),
        "package": dict(best.package),
    }


def changed_data(found: ChangedForChance) -> Data:
    """Return the fewest changes found for a chance, and how few could at best do."""
    return {
        "draft": found.draft,
        "scenario": found.scenario,
        "wanted": found.wanted,
        "changes": None if found.changes is None else dict(found.changes),
        "count": None if found.changes is None else len(found.changes),
        "at_least": found.at_least,
        "proven": found.proven,
        **_estimate(found.estimate),
        "samples": found.samples,
        "seed": found.seed,
        "seconds": round(found.seconds, 3),
        "package": dict(found.package),
    }


def _estimate(estimate: Estimate) -> Data:
    return {
        "in_sample": estimate.in_sample,
        "out_of_sample": estimate.out_of_sample,
        "standard_error": estimate.standard_error,
        "exact": estimate.exact,
    }
