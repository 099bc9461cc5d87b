"""What the writers share: names of files, weights, and what a simple format cannot hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from detente.errors import RequestError
from detente.formats.parts import TOLERATED, shown
from detente.formats.scenario import Issue, Profile, Scenario
from detente.text.decimals import write_decimal

__all__ = ["check_plain", "decimal", "file_stems", "line_through", "plain_rows", "weighings"]

_FORBIDDEN = frozenset('/\\:*?"<>|')
_LONGEST_STEM = 100


def check_plain(form: str, profile: Profile) -> None:
    """Refuse what no weighted sum of values can express.

    Raises
    ------
    RequestError
        If the profile has rectangles, a constant, or a discount factor other than 1.
    """
    if profile.rectangles:
        message = f"{form} has no rectangles, and '{profile.name}' is made of them."
        raise RequestError(message)
    check_constant(form, profile)
    if profile.discount not in (None, 1):
        message = f"{form} has no discount factor, and '{profile.name}' states one."
        raise RequestError(message)


def check_constant(form: str, profile: Profile) -> None:
    """Refuse a constant, which most formats have no place for.

    Raises
    ------
    RequestError
        If the profile has one.
    """
    if profile.constant:
        message = f"{form} has no constant part of a utility, and '{profile.name}' has one."
        raise RequestError(message)


def decimal(form: str, number: Fraction, what: str) -> str:
    """Return the number as a finite decimal.

    Raises
    ------
    RequestError
        If it is none of at most 40 digits.

    Examples
    --------
    >>> decimal("Genius XML", Fraction(1, 3), "a weight")
    Traceback (most recent call last):
    detente.errors.RequestError: Genius XML writes finite decimals, and a weight is 1/3.
    """
    written = write_decimal(number)
    if written is None:
        message = f"{form} writes finite decimals, and {what} is {number}."
        raise RequestError(message)
    return written


def plain_rows(
    form: str, scenario: Scenario, profile: Profile
) -> tuple[tuple[Fraction, ...], tuple[tuple[Fraction, ...], ...]]:
    """Return weights that sum to one and the unweighted utilities, finite decimals throughout.

    Raises
    ------
    RequestError
        If there are none.
    """
    for weights in weighings(form, scenario, profile, spread=True):
        rows = tuple(
            tuple(worth / weight if weight else Fraction(0) for worth in row)
            for weight, row in zip(weights, profile.utilities, strict=True)
        )
        numbers = (*weights, *(number for row in rows for number in row))
        if all(write_decimal(number) is not None for number in numbers):
            return weights, rows
    message = (
        f"{form} writes finite decimals, and the utilities of '{profile.name}' divided by "
        "their weights are not."
    )
    raise RequestError(message)


def weighings(
    form: str, scenario: Scenario, profile: Profile, *, spread: bool
) -> Iterator[tuple[Fraction, ...]]:
    """Yield the weights with which the utilities can be written, the most natural first.

    The weight of an issue is what its best value adds. What lacks to one can go to an
    issue whose values add nothing, or to any, where the format lets all values of an issue be
    worth less than one (``spread``).

    Raises
    ------
    RequestError
        If no positive weights that sum to one can express the profile.
    """
    largest = [max(row) for row in profile.utilities]
    for issue, best, row in zip(scenario.issues, largest, profile.utilities, strict=True):
        if best <= 0 and any(row):
            message = (
                f"{form} divides by the best value of an issue, and '{profile.name}' gives "
                f"no value of '{issue.name}' a positive utility."
            )
            raise RequestError(message)
    rest = 1 - sum(largest, Fraction(0))
    idle = [place for place, best in enumerate(largest) if not best]
    others = [place for place, best in enumerate(largest) if best and spread]
    natural = abs(rest) <= TOLERATED and len(idle) < len(largest)
    if rest < -TOLERATED or not (natural or idle or others):
        message = (
            f"{form} has weights that sum to 1, and the best values of '{profile.name}' sum "
            f"to {shown(1 - rest)}."
        )
        raise RequestError(message)
    if natural and not (idle and rest > 0):
        yield tuple(largest)
    if rest > 0:
        for place in (*idle[:1], *others):
            yield (*largest[:place], largest[place] + rest, *largest[place + 1 :])
    if natural:
        yield tuple(largest)


def line_through(form: str, profile: Profile, issue: Issue, row: Sequence[Fraction]) -> Fraction:
    """Return the step between the utilities of an integer issue, which must be on a line.

    Raises
    ------
    RequestError
        If they are not.
    """
    step = row[1] - row[0] if len(row) > 1 else Fraction(0)
    if any(later - row[place] != step for place, later in enumerate(row[1:])):
        message = (
            f"{form} has only straight lines for integer issues, and '{profile.name}' gives "
            f"'{issue.name}' another shape."
        )
        raise RequestError(message)
    return step


def file_stems(scenario: Scenario, suffix: str, *taken: str) -> tuple[str, ...]:
    """Return the names of the profiles' files, so that sorting them keeps the order of parties.

    They are the names of the parties; numbered where that order is another, or where two differ
    in case only or are ``taken``.

    Raises
    ------
    RequestError
        If a name cannot be that of a file.

    Examples
    --------
    >>> parties = (Profile("seller", ()), Profile("buyer", ()))
    >>> file_stems(Scenario("car", "", "", "", (), parties), ".xml")
    ('1-seller', '2-buyer')
    """
    names = [profile.name for profile in scenario.profiles]
    for name in names:
        bad = not name or name.startswith(".") or set(name) & _FORBIDDEN or not name.isprintable()
        if bad or len(name.encode(errors="replace")) > _LONGEST_STEM:
            message = f"The name '{name}' of a party cannot be that of a file; choose another."
            raise RequestError(message)
    folded = {name.casefold() for name in (*names, *taken)}
    files = [f"{name}{suffix}" for name in names]
    if files == sorted(files) and len(folded) == len(names) + len(taken):
        return tuple(names)
    width = len(str(len(names)))
    return tuple(f"{place:0{width}}-{name}" for place, name in enumerate(names, 1))
