"""Values of the wrong kind, out of range, or under a key that no record has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from case.minimal import MINIMAL, write_case
from refuse.faults import Fault, Refuses, edited

_RULE = "    all: [north, south]"
_NOT_A_DATE = "is not a date that exists; write YYYY, YYYY-MM or YYYY-MM-DD."
_TURNED = "Invisible characters that turn the reading direction are not allowed."

_TYPES = {
    "a list where a text is wanted": (
        edited("actors", "name: Northtown", "name: [Northtown]"),
        Fault("actors.yaml", 3, 11, "'name' must be a text; found a list."),
    ),
    "a number where a text is wanted": (
        edited("points", "title: Toll", "title: 2025"),
        Fault("points.yaml", 2, 10, "must be a text; found the number 2025; put it in quotes."),
    ),
    "a truth where a text is wanted": (
        edited("points", "title: Toll", "title: true"),
        Fault("points.yaml", 2, 10, "'title' must be a text; found true; put it in quotes."),
    ),
    "nothing where a text is wanted": (
        edited("points", "title: Toll", "title: null"),
        Fault("points.yaml", 2, 10, "'title' must be a text; found nothing."),
    ),
    "a text where a number is wanted": (
        edited("statements", "stance: 1", "stance: high"),
        Fault("statements.yaml", 7, 11, "'stance' must be a number; found the text 'high'."),
    ),
    "a number in quotes where a number is wanted": (
        edited("statements", "stance: 1", 'stance: "1"'),
        Fault("statements.yaml", 7, 11, "'stance' must be a number; found the text '1'."),
    ),
    "not a number at all": (
        edited("statements", "stance: 1", "stance: .nan"),
        Fault("statements.yaml", 7, 11, "'stance' must be a number; found the text '.nan'."),
    ),
    "a fraction where a whole number is wanted": (
        edited("consent", _RULE, "    weighted: {weights: {north: 1.5}, quota: 1}"),
        Fault("consent.yaml", 5, 33, "'north' must be a whole number; found the number 1.5."),
    ),
    "a word where a truth is wanted": (
        edited("consent", _RULE, "    fact: {text: x, holds: yes}"),
        Fault("consent.yaml", 5, 28, "'holds' must be true or false; found the text 'yes'."),
    ),
    "a text where a list is wanted": (
        edited("case", "as_of: 2025-06-30", "authors: Somebody"),
        Fault("case.yaml", 2, 10, "'authors' must be a list; found the text 'Somebody'."),
    ),
    "a list where a mapping is wanted": (
        edited("drafts", "takes:\n    toll: shared", "takes: [shared]"),
        Fault("drafts.yaml", 3, 10, "'takes' must be a mapping of keys to values; found a list."),
    ),
    "a text where a record is wanted": (
        {"sources": "- gazette\n", "statements": None},
        Fault("sources.yaml", 1, 3, "This must be a mapping of keys to values; found the text"),
    ),
    "a list where a file holds one mapping": (
        {"ratings": "- author: The analyst\n"},
        Fault("ratings.yaml", 1, 1, "a mapping of keys to values; found a list."),
    ),
    "a text where a file holds a list": (
        {"consent": "all of them\n"},
        Fault("consent.yaml", 1, 1, "a list of records; found the text 'all of them'."),
    ),
    "a number with too many digits": (
        edited("statements", "stance: 1", f"stance: {'9' * 41}"),
        Fault("statements.yaml", 7, 11, "more than 40 digits"),
    ),
    "a rule of no known kind": (
        edited("consent", _RULE, "    some: [north]"),
        Fault("consent.yaml", 5, 5, "A rule is an actor's id or one of 'all', 'any', 'at_least'"),
    ),
}

_KEYS = {
    "a key of a point": (
        edited("points", "title: Toll", "title: Toll\n  topik: money"),
        Fault("points.yaml", 3, 3, "Unknown key 'topik'; did you mean 'topic'?"),
    ),
    "a key of an option": pytest.param(
        edited("points", "text: No toll", "text: No toll\n      positon: 1"),
        Fault("points.yaml", 7, 7, "Unknown key 'positon'; did you mean 'position'?"),
    ),
    "a key of the case": (
        edited("case", "as_of: 2025-06-30", "as-of: 2025-06-30"),
        Fault("case.yaml", 2, 1, "Unknown key 'as-of'; did you mean 'as_of'?"),
    ),
    "a key of an actor": (
        edited("actors", "name: Northtown", "name: Northtown\n    knd: state"),
        Fault("actors.yaml", 4, 5, "Unknown key 'knd'; did you mean 'kind'?"),
    ),
    "a key of a setting": pytest.param(
        edited("case", "as_of: 2025-06-30", "settings: {prior_dv: 1}"),
        Fault("case.yaml", 2, 12, "Unknown key 'prior_dv'; did you mean 'prior_sd'?"),
    ),
    "a key of what a statement is about": pytest.param(
        edited("statements", "{point: toll, option: shared}", "{option: shared, pont: toll}"),
        Fault("statements.yaml", 6, 27, "Unknown key 'pont'; did you mean 'point'?"),
    ),
    "a merge key, which this YAML does not have": (
        edited("case", "as_of: 2025-06-30", "<<: {note: x}"),
        Fault("case.yaml", 2, 1, "Unknown key '<<'"),
    ),
    "a kind of actor": (
        edited("actors", "name: Northtown", "name: Northtown\n    kind: stat"),
        Fault("actors.yaml", 4, 11, "'stat' is not a possible 'kind'; did you mean 'state'?"),
    ),
    "an authority": (
        edited("actors", "authority: head", "authority: ministr"),
        Fault("actors.yaml", 9, 16, "not a possible 'authority'; did you mean 'minister'?"),
    ),
    "an authority in the settings": pytest.param(
        edited("case", "as_of: 2025-06-30", "settings: {authority_sd: {ministr: 1}}"),
        Fault("case.yaml", 2, 27, "did you mean 'minister'?"),
    ),
    "an id with a blank": (
        edited("sources", "id: gazette", "id: the gazette"),
        Fault("sources.yaml", 1, 7, "'the gazette' cannot be an id"),
    ),
    "an id that ends in a hyphen": (
        edited("sources", "id: gazette", "id: gazette-"),
        Fault("sources.yaml", 1, 7, "'gazette-' cannot be an id"),
    ),
    "an id that has a meaning of its own": (
        edited("points", "id: none", "id: none\n      text: No\n    - id: absent"),
        Fault("points.yaml", 7, 11, "'absent' has a meaning of its own in drafts"),
    ),
    "an id that ends a line": pytest.param(
        edited("points", "id: none", 'id: none\n      text: No\n    - id: "a\\n"'),
        Fault("points.yaml", 7, 11, "cannot be an id"),
    ),
    "a draft without what it takes": (
        {"drafts": "- id: first\n  date: 2025-06-01\n"},
        Fault("drafts.yaml", 1, 3, "The key 'takes' is missing from 'first'; add it."),
    ),
    "an option without a text": pytest.param(
        edited("points", "      text: No toll\n", ""),
        Fault("points.yaml", 5, 7, "The key 'text' is missing from 'none'; add it."),
    ),
}

_RANGES = {
    "a stance above the scale": (
        edited("statements", "stance: 1", "stance: 3.01"),
        Fault("statements.yaml", 7, 11, "'stance' is 3.01; it must be at most 3"),
    ),
    "a stance below the scale": (
        edited("statements", "stance: 1", "stance: -4"),
        Fault("statements.yaml", 7, 11, "'stance' is -4; it must be at least -3"),
    ),
    "a stance without bound": (
        edited("statements", "stance: 1", "stance: 1e999"),
        Fault("statements.yaml", 7, 11, "1e999"),
    ),
    "an sd without bound": pytest.param(
        edited("ratings", "value: -1", "value: -1, sd: 1e999"),
        Fault("ratings.yaml", 8, 57, "1e999"),
    ),
    "a position without bound": pytest.param(
        edited("points", "text: No toll", "text: No toll\n      position: 1e999"),
        Fault("points.yaml", 7, 17, "1e999"),
    ),
    "an sd of zero": (
        edited("ratings", "value: -1", "value: -1, sd: 0"),
        Fault("ratings.yaml", 8, 57, "'sd' is 0; it must be more than 0"),
    ),
    "a probability above one": (
        edited("ratings", "probability: 0.5", "probability: 1.5"),
        Fault("ratings.yaml", 6, 69, "'probability' is 1.5; it must be at most 1"),
    ),
    "a probability below zero": (
        edited("ratings", "probability: 0.5", "probability: -0.5"),
        Fault("ratings.yaml", 6, 69, "'probability' is -0.5; it must be at least 0"),
    ),
    "a confidence of zero": (
        edited("statements", "stance: 1", "confidence: 0"),
        Fault("statements.yaml", 7, 15, "'confidence' is 0; it must be more than 0"),
    ),
    "a common shock of one": (
        edited("case", "as_of: 2025-06-30", "settings: {common_shock: 1}"),
        Fault("case.yaml", 2, 26, "'common_shock' is 1; it must be less than 1"),
    ),
    "a span that runs backwards": (
        edited("statements", "stance: 1", "span: [5, 2]"),
        Fault("statements.yaml", 7, 9, "A span runs from a first character to a later one."),
    ),
    "a day that does not exist": (
        edited("statements", "2025-06-10", "2025-02-30"),
        Fault("statements.yaml", 4, 9, f"'2025-02-30' {_NOT_A_DATE}"),
    ),
    "a leap day in a year that has none": (
        edited("drafts", "2025-06-01", "2025-02-29"),
        Fault("drafts.yaml", 2, 9, f"'2025-02-29' {_NOT_A_DATE}"),
    ),
    "a month that does not exist": (
        edited("case", "2025-06-30", "2025-13"),
        Fault("case.yaml", 2, 8, f"'2025-13' {_NOT_A_DATE}"),
    ),
    "a date in words": (
        edited("sources", "2025-06", "June 2025"),
        Fault("sources.yaml", 3, 9, f"'June 2025' {_NOT_A_DATE}"),
    ),
    "a year without quotes": (
        edited("sources", "2025-06", "2025"),
        Fault("sources.yaml", 3, 9, "must be a text; found the number 2025; put it in quotes."),
    ),
    "a text that turns its direction": (
        edited("statements", "Could live", "Could \N{RIGHT-TO-LEFT OVERRIDE}live"),
        Fault("statements.yaml", 8, 9, _TURNED),
    ),
    "a name that isolates its direction, escaped": (
        edited("actors", "Northtown", '"North\\u2066town"'),
        Fault("actors.yaml", 3, 11, _TURNED),
    ),
    "a number in a draft that turns its direction": pytest.param(
        edited("drafts", "toll: shared", 'toll: shared\n  numbering: {toll: "1\\u202e"}'),
        Fault("drafts.yaml", 5, 21, _TURNED),
    ),
    "a text with an escaped NUL": pytest.param(
        edited("points", "title: Toll", 'title: "To\\0ll"'), Fault("points.yaml", 2, 10, "U+0000")
    ),
    "a text with a command for the terminal": pytest.param(
        edited("points", "title: Toll", 'title: "\\e[31mToll"'),
        Fault("points.yaml", 2, 10, "U+001B"),
    ),
}


@pytest.mark.parametrize(("files", "fault"), _TYPES.values(), ids=_TYPES.keys())
def test_a_value_of_the_wrong_kind_is_refused(
    tmp_path: Path, refuses: Refuses, files: Mapping[str, str | None], fault: Fault
) -> None:
    refuses(write_case(tmp_path, **files), [fault])


@pytest.mark.parametrize(("files", "fault"), _KEYS.values(), ids=_KEYS.keys())
def test_a_key_or_a_word_that_no_record_has_is_refused(
    tmp_path: Path, refuses: Refuses, files: Mapping[str, str], fault: Fault
) -> None:
    refuses(write_case(tmp_path, **files), [fault])


@pytest.mark.parametrize(("files", "fault"), _RANGES.values(), ids=_RANGES.keys())
def test_a_value_outside_its_range_is_refused(
    tmp_path: Path, refuses: Refuses, files: Mapping[str, str], fault: Fault
) -> None:
    refuses(write_case(tmp_path, **files), [fault])


def test_an_ordered_point_needs_a_position_for_every_option_but_the_status_quo(
    tmp_path: Path, refuses: Refuses
) -> None:
    files = edited("points", "status_quo: none", "status_quo: none\n  ordered: true")
    words = "has no position, but point 'toll' is ordered; give one or drop 'ordered'."
    faults = [
        Fault("points.yaml", 8, 7, f"'shared' {words}"),
        Fault("points.yaml", 10, 7, f"'north-only' {words}"),
    ]
    refuses(write_case(tmp_path, **files), faults)


def test_all_faults_are_told_at_once_in_the_order_of_their_places(
    tmp_path: Path, refuses: Refuses
) -> None:
    statements = MINIMAL["statements.yaml"].replace("stance: 1", "stance: 9")
    files = {
        **edited("points", "title: Toll", "topik: money\n  title: 4"),
        "statements": statements.replace("2025-06-10", "2025-06-31"),
        **edited("case", "as_of: 2025-06-30", "as_of: 2025-06-31"),
        "consent": "- [\n",
        "statment.yaml": "[]\n",
    }
    faults = [
        Fault("case.yaml", 2, 8, "'2025-06-31'"),
        Fault("consent.yaml", 2, 1, "This is not YAML"),
        Fault("points.yaml", 2, 3, "Unknown key 'topik'"),
        Fault("points.yaml", 3, 10, "'title' must be a text"),
        Fault("statements.yaml", 4, 9, "'2025-06-31'"),
        Fault("statements.yaml", 7, 11, "'stance' is 9"),
        Fault("statment.yaml", 0, 0, "A case has no file 'statment.yaml'"),
    ]
    refuses(write_case(tmp_path, **files), faults)


def test_all_false_references_are_told_at_once_in_the_order_of_their_places(
    tmp_path: Path, refuses: Refuses
) -> None:
    files = {
        **edited("statements", "actor: north", "actor: norht", ("speaker: mayor", "speaker: mayr")),
        **edited("drafts", "toll: shared", "toll: shard"),
        **edited("consent", "[north, south]", "[north, soth]"),
    }
    faults = [
        Fault("consent.yaml", 5, 18, "Unknown actor 'soth'"),
        Fault("drafts.yaml", 4, 11, "Point 'toll' has no option 'shard'"),
        Fault("statements.yaml", 2, 10, "Unknown actor 'norht'"),
        Fault("statements.yaml", 3, 12, "Unknown person 'mayr'"),
    ]
    refuses(write_case(tmp_path, **files), faults)
