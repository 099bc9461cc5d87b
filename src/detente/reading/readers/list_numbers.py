"""How does a list write its numbers, in letters or as the Romans did?"""

from __future__ import annotations

__all__ = ["letters", "repeated_letters", "roman"]

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 3_999
_LARGEST_REPEATED = 780


def roman(number: int) -> str:
    """Return a number in small Roman letters, or in digits where there are none for it.

    Examples
    --------
    >>> [roman(number) for number in (0, 4, 1990, 4000)]
    ['0', 'iv', 'mcmxc', '4000']
    """
    if not 1 <= number <= _LARGEST_ROMAN:
        return str(number)
    found = ""
    for value, letter in _ROMAN:
        found += letter * (number // value)
        number %= value
    return found


def letters(number: int) -> str:
    """Return a number in small letters, *aa* after *z*; what is below 1 stays in digits.

    Examples
    --------
    >>> [letters(number) for number in (0, 1, 26, 27, 28, 703)]
    ['0', 'a', 'z', 'aa', 'ab', 'aaa']
    """
    if number < 1:
        return str(number)
    found = ""
    while number:
        number, place = divmod(number - 1, 26)
        found = chr(ord("a") + place) + found
    return found


def repeated_letters(number: int) -> str:
    """Return a number in small letters as Word does, *aa* and *bb* after *z*; others in digits.

    Examples
    --------
    >>> [repeated_letters(number) for number in (0, 1, 26, 27, 28, 53, 781)]
    ['0', 'a', 'z', 'aa', 'bb', 'aaa', '781']
    """
    if not 1 <= number <= _LARGEST_REPEATED:
        return str(number)
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1)
