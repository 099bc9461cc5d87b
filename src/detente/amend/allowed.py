"""The package nearest to a draft that the constraints of a case allow."""

from __future__ import annotations

import time

import numpy as np
from ortools.sat.python import cp_model

from detente.assess.outlook import Outlook
from detente.compiled.compiled import Packages
from detente.packages.frontier import no_package
from detente.packages.of_case import constraints_of, package_of
from detente.packages.program import Program
from detente.packages.space import Space, build_space

__all__ = ["allowed_space", "nearest_allowed"]


def allowed_space(outlook: Outlook, kept: Packages) -> Space:
    """Return the packages that the constraints of a case allow, red lines aside.

    The one party counts on how many points a package takes what ``kept`` takes.
    """
    own = package_of(outlook, kept)
    exclusions, limits = constraints_of(outlook)
    points = outlook.case.points
    return build_space(
        points={point.id: [option.id for option in point.options] for point in points},
        parties=["kept"],
        values=[
            [
                [int(option == own[place]) for option in range(len(point.options))]
                for place, point in enumerate(points)
            ]
        ],
        exclusions=exclusions,
        limits=limits,
    )


def nearest_allowed(outlook: Outlook, package: Packages, deadline: float) -> Packages | None:
    """Return the package that changes something, meets all constraints and is nearest to this one.

    None where constraints leave the status quo only.

    Raises
    ------
    RequestError
        If constraints leave no package at all; it names them.
    TimeoutError
        If time ends first.
    """
    compiled = outlook.compiled
    space = allowed_space(outlook, package)
    program = Program(space)
    quiet = package_of(outlook, compiled.status_quo)
    loud = [
        variable
        for row, option in zip(program.chosen, quiet, strict=True)
        for place, variable in enumerate(row)
        if place != option
    ]
    changed = cp_model.LinearExpr.sum(loud) >= 1
    deadline = max(deadline, time.monotonic() + 1.0)
    found = program.solve(program.scores[0], changed, deadline=deadline)
    if found is not None:
        return np.array(found.package, dtype=np.int64) + compiled.first[:-1]
    if program.solve(program.scores[0], deadline=deadline) is None:
        raise no_package(space)
    return None
