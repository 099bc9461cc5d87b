"""What was read as plain data for JSON: one object for a document."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from detente.reading.places.find import Place
from detente.reading.quantities.quantity import Quantity
from detente.reading.read import Read, Said
from detente.reading.spans import Spans, words_in

__all__ = ["read_data"]

Data = dict[str, Any]


def read_data(read: Read, *, with_text: bool = False) -> Data:
    """Return what was read as data; all places are offsets in characters of the text.

    Parameters
    ----------
    with_text
        Whether the text stands in it too, as it should where the file holds more than the text.
    """
    document, text = read.document, read.document.text
    found: Data = {
        "document": document.file,
        "sha256": document.sha256,
        "title": document.title,
        "date": None if document.date is None else document.date.isoformat(),
        "author": document.author,
        "outlet": document.outlet,
        "notes": list(read.notes),
        "attributions": [_with_nested(text, each) for each in read.said],
        "quantities": [_quantity(text, each) for each in read.quantities],
        "places": [_place(each) for each in read.places],
        "points": [
            {"number": each.number, "text": each.text, "span": list(each.span)}
            for each in read.points
        ],
    }
    if with_text:
        found["text"] = text
    return found


def _said(text: str, said: Said) -> Data:
    each, stance, start = said.attribution, said.stance, said.passage[0]
    condition = stance.condition
    return {
        "source": _part(text, each.source),
        "cue": _part(text, each.cue),
        "content": _part(text, each.content),
        "kind": said.kind,
        "speaker": said.speaker.name,
        "unnamed": said.speaker.unnamed,
        "person": said.speaker.person,
        "actor": said.speaker.actor,
        "stance": stance.level,
        "stance_share": stance.share,
        "decided_by": [[start + first, start + last] for first, last in stance.deciding],
        "condition": None
        if condition is None
        else {
            "text": text[start + condition[0] : start + condition[1]],
            "span": [start + condition[0], start + condition[1]],
        },
    }


def _with_nested(text: str, said: Said) -> Data:
    return _said(text, said) | {"nested": [_said(text, each) for each in said.nested]}


def _part(text: str, spans: Spans) -> Data | None:
    if not spans:
        return None
    return {"text": words_in(text, spans), "spans": [list(span) for span in spans]}


def _quantity(text: str, quantity: Quantity) -> Data:
    return {
        "text": text[slice(*quantity.span)],
        "span": list(quantity.span),
        "value": _value(quantity.value),
        "unit": quantity.unit,
        "kind": quantity.kind.value,
        "low": _value(quantity.low),
        "high": _value(quantity.high),
        "qualifier": quantity.qualifier,
        "anchor": quantity.anchor,
        "converts": quantity.converts and list(quantity.converts),
    }


def _place(place: Place) -> Data:
    return {
        "text": place.text,
        "span": list(place.span),
        "name": place.name,
        "country": place.country,
        "kind": place.kind.value,
        "speaks": place.speaks,
    }


def _value(value: Decimal | datetime.date | None) -> float | int | str | None:
    if value is None:
        return None
    if isinstance(value, datetime.date):
        return value.isoformat()
    return int(value) if value == value.to_integral_value() else float(value)
