"""The sentences with known answers, in two halves: one to tune on, one only to score.

The sentences of ``quantities.yaml``, ``stance.yaml`` and ``about.yaml`` were written before the
code, by the same hand; those of the files of harder ones after its first version and before any was
scored.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from detente.reading.places.find import find_places
from detente.reading.quantities.find import find_quantities
from detente.reading.quantities.quantity import Quantity
from detente.reading.stances.find import Stance, find_stance

HERE = Path(__file__).parent
TUNING, HELD_OUT = 0, 1


def half_of(says: str, written: object = "") -> int:
    """Which half a sentence belongs to: drawn by its hash, so that nobody chooses."""
    return hashlib.sha256(f"{says}{written or ''}".encode()).digest()[0] & 1


def read(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return entries


@dataclass(frozen=True)
class QuantitySentence:
    says: str
    written: datetime.date | None
    wanted: tuple[dict[str, Any], ...]

    def found(self) -> list[dict[str, Any]]:
        return [as_plain(each) for each in find_quantities(self.says, written=self.written)]


def quantity_sentences(half: int, name: str = "quantities.yaml") -> list[QuantitySentence]:
    return [
        QuantitySentence(
            entry["says"],
            entry.get("written"),
            tuple(wanted(each) for each in entry["quantities"]),
        )
        for entry in read(name)
        if half_of(entry["says"], entry.get("written")) == half
    ]


def wanted(entry: dict[str, Any]) -> dict[str, Any]:
    """An answer from the file in the form of :func:`as_plain`."""
    numbers = ("value", "low", "high")
    plain = {key: number(value) if key in numbers else value for key, value in entry.items()}
    plain["text"] = str(entry["text"])
    if "readings" in plain:
        plain["readings"] = tuple(plain["readings"])
    return plain


def number(value: Any) -> Any:
    if isinstance(value, str) and "/" in value and value[0].isdigit():
        return round(float(Fraction(value)), 9)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return round(float(value), 9)


def as_plain(quantity: Quantity) -> dict[str, Any]:
    """What a quantity says, without what is None."""
    plain: dict[str, Any] = {"text": quantity.text, "kind": quantity.kind.value}
    for key in ("value", "unit", "low", "high", "qualifier", "anchor", "before", "readings"):
        value = getattr(quantity, key)
        if value:
            plain[key] = round(float(value), 9) if isinstance(value, Decimal) else value
    return plain


@dataclass(frozen=True)
class StanceSentence:
    says: str
    level: int | None
    condition: str | None

    def found(self) -> Stance:
        return find_stance(self.says)

    def words(self, span: tuple[int, int] | None) -> str | None:
        return self.says[slice(*span)] if span else None


def stance_sentences(half: int, name: str = "stance.yaml") -> list[StanceSentence]:
    return [
        StanceSentence(entry["says"], entry["level"], entry.get("condition"))
        for entry in read(name)
        if half_of(entry["says"]) == half
    ]


@dataclass(frozen=True)
class SubjectSentence:
    case: str
    says: str
    points: tuple[str | None, ...]

    def judged(self, found: str | None) -> str:
        """Whether a point, or that none is found, is right, wrong, or left open."""
        if found in self.points:
            return "right" if found else "rightly none"
        return "wrong" if found else "none"


def subject_sentences(half: int | None, name: str = "about.yaml") -> list[SubjectSentence]:
    """The sentences of one half, or of both, with the points that are right."""
    cases: dict[str, list[dict[str, Any]]] = yaml.safe_load((HERE / name).read_text("utf-8"))
    return [
        SubjectSentence(case, entry["says"], tuple(several(entry["point"])))
        for case, entries in cases.items()
        for entry in entries
        if half is None or half_of(entry["says"]) == half
    ]


def several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@dataclass(frozen=True)
class PlaceSentence:
    says: str
    wanted: tuple[tuple[str, str | None, str], ...]

    def found(self) -> list[tuple[str, str | None, str]]:
        return [(each.text, each.country, each.kind.value) for each in find_places(self.says)]


def place_sentences(half: int) -> list[PlaceSentence]:
    return [
        PlaceSentence(entry["says"], tuple(place(*each) for each in entry["places"]))
        for entry in read("places.yaml")
        if half_of(entry["says"]) == half
    ]


def place(text: str, *rest: str) -> tuple[str, str | None, str]:
    """The words of a place, its country if it has one, and its kind."""
    return text, rest[0] if len(rest) > 1 else None, rest[-1]


@dataclass(frozen=True)
class ConversionSentence:
    says: str
    wanted: tuple[tuple[str, str], ...]

    def found(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (each.text, self.says[slice(*each.converts)])
            for each in find_quantities(self.says)
            if each.converts
        )


def conversion_sentences() -> list[ConversionSentence]:
    return [
        ConversionSentence(
            entry["says"], tuple((each[0], each[1]) for each in entry["conversions"])
        )
        for entry in read("conversions.yaml")
    ]
