"""A negotiation scenario as other programs publish it: issues, and one profile per party.

All numbers are fractions and exactly those of the files. Nothing here knows of a file format.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

__all__ = ["Issue", "Profile", "Rectangle", "Scenario", "utility"]


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to be settled, and the values that it can take.

    Parameters
    ----------
    name
        As written in the file.
    values
        The values in file order; of an integer issue its numbers, as text.
    integer
        Whether the values are consecutive whole numbers, so that ranges of them have a meaning.
    """

    name: str
    values: tuple[str, ...]
    integer: bool = False


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A worth that a package has if it lies within every one of some ranges.

    Parameters
    ----------
    value
        What is added to the utility of the packages inside.
    ranges
        Pairs of the place of an issue and the places of those of its values that lie inside, by
        place of the issue. No range: every package lies inside.
    """

    value: Fraction
    ranges: tuple[tuple[int, frozenset[int]], ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """How much each package is worth to one party.

    Parameters
    ----------
    name
        Name of the party.
    utilities
        Per issue and value, what the value adds to the utility, weights applied.
    rectangles, constant
        What is added besides.
    reservation
        Utility of no agreement; None where the file states none, which is not zero.
    discount
        The discount factor of the file, which is not applied; None where there is none.
    reservation_package
        Places of the values of the package that is as good as no agreement, where the file
        states the reservation so; ``reservation`` is its utility then.
    """

    name: str
    utilities: tuple[tuple[Fraction, ...], ...]
    rectangles: tuple[Rectangle, ...] = ()
    constant: Fraction = Fraction(0)
    reservation: Fraction | None = None
    discount: Fraction | None = None
    reservation_package: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """Issues, and what every party makes of them.

    Parameters
    ----------
    name
        Name of the folder.
    format
        Which format it was read from, such as ``Genius XML``.
    scale
        ``format`` for utilities as the format defines them, ``as-written`` for the numbers
        of the files multiplied and added as they stand.
    scale_note
        One sentence that says what the utilities are.
    issues, profiles
        In file order; parties in the order of their file names.
    notes
        One sentence for each thing that a reader of the numbers should know.
    """

    name: str
    format: str
    scale: str
    scale_note: str
    issues: tuple[Issue, ...]
    profiles: tuple[Profile, ...]
    notes: tuple[str, ...] = ()


def utility(profile: Profile, package: Sequence[int]) -> Fraction:
    """Return what the package is worth, exactly; ``package`` has the place of one value per issue.

    Examples
    --------
    >>> half = Fraction(1, 2)
    >>> corner = Rectangle(Fraction(2), ((0, frozenset([1])),))
    >>> profile = Profile("buyer", ((half, Fraction(0)), (Fraction(0), half)), (corner,))
    >>> utility(profile, (0, 1)), utility(profile, (1, 1))
    (Fraction(1, 1), Fraction(5, 2))
    """
    listed = sum((row[value] for row, value in zip(profile.utilities, package, strict=True)), _ZERO)
    inside = (
        rectangle.value
        for rectangle in profile.rectangles
        if all(package[issue] in values for issue, values in rectangle.ranges)
    )
    return profile.constant + listed + sum(inside, _ZERO)


_ZERO = Fraction(0)
