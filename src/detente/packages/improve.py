"""Is a package efficient, and if not, which one harms nobody and gains most?

What is checked after an agreement is reached, before it is signed: the *post-settlement settlement*
(Raiffa 1985).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from fractions import Fraction

from detente.errors import RequestError
from detente.packages.solutions import Solution, find_solutions
from detente.packages.space import Package, Space

__all__ = ["Improvement", "improve"]


@dataclass(frozen=True, slots=True)
class Improvement:
    """What could still be gained over a package without harm to anybody.

    Parameters
    ----------
    space
        The packages and parties.
    package, utilities
        The package asked about.
    better, better_utilities
        The package that harms nobody and gives the largest sum of gains, each counted as a share of
        that party's range; None where there is none.
    most_even
        Of packages that harm nobody, the one that gives the party that gains least the most; None
        where no package helps everybody.
    efficient
        Whether the package is efficient.
    proven
        Whether that is proven, and that no package gains more than ``better``.
    seconds
        What it took.
    """

    space: Space
    package: Package
    utilities: tuple[Fraction, ...]
    better: Package | None
    better_utilities: tuple[Fraction, ...] | None
    most_even: Package | None
    efficient: bool
    proven: bool
    seconds: float


def improve(space: Space, package: Package, *, seconds: float = 30.0) -> Improvement:
    """Return whether a package is efficient, and the best that harms nobody if it is not.

    Raises
    ------
    RequestError
        If the constraints rule the package out.

    Examples
    --------
    >>> from detente.packages.space import build_space
    >>> space = build_space(
    ...     points={"border": ["here", "there"], "aid": ["none", "some", "much"]},
    ...     parties=["a", "b"],
    ...     values=[[[0, 4], [0, 1, 2]], [[3, 0], [0, 0, -1]]],
    ... )
    >>> found = improve(space, (0, 0))
    >>> found.efficient, space.takes(found.better)
    (False, {'border': 'here', 'aid': 'some'})
    >>> improve(space, (0, 1)).efficient
    True
    """
    if not space.possible(package):
        names = ", ".join(f"'{name}'" for name in space.broken(package)[:3])
        raise RequestError(f"This package is ruled out by {names}; name a possible one.")
    start = time.monotonic()
    utilities = space.utility(space.score(package))
    ranges = [max(high - low, 1) for low, high in space.bounds]
    shares = replace(
        space,
        unit=tuple(Fraction(1, span) for span in ranges),
        origin=(Fraction(0),) * len(ranges),
        reservations=tuple(
            Fraction(score, span) for score, span in zip(space.score(package), ranges, strict=True)
        ),
    )
    found = find_solutions(shares, ["utilitarian", "egalitarian"], seconds=seconds)
    best, even = found["utilitarian"], found["egalitarian"]
    gains = best.package is not None and (best.value or 0) > 0
    return Improvement(
        space=space,
        package=package,
        utilities=utilities,
        better=best.package if gains else None,
        better_utilities=_utilities(space, best) if gains else None,
        most_even=even.package if (even.value or 0) > 0 else None,
        efficient=not gains,
        proven=best.proven,
        seconds=time.monotonic() - start,
    )


def _utilities(space: Space, solution: Solution) -> tuple[Fraction, ...] | None:
    return None if solution.package is None else space.utility(space.score(solution.package))
