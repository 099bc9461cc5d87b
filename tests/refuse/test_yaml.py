"""Text that is not YAML, or that is YAML to do harm."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from collections.abc import Mapping
from pathlib import Path

import pytest

from case.minimal import write_case
from cli.calls import Detente
from growth import check_beside, check_growth
from refuse.faults import Fault, Refuses, edited

_TAB = "A tab stands in the indentation; use spaces."
_DEEP = "Values nest more than 40 deep or hold themselves; write them flatter."
_SYNTAX = "This is not YAML: "

_BROKEN: Mapping[str, object] = {
    "a bracket that is not closed": (
        edited("points", "status_quo: none", "status_quo: [none"),
        Fault("points.yaml", 4, 10, _SYNTAX),
    ),
    "a quote that is not closed": (
        {"sources": '- id: gazette\n  outlet: "The Gazette\n'},
        Fault("sources.yaml", 3, 1, _SYNTAX),
    ),
    "a key without a colon": pytest.param(
        {"sources": "- id: gazette\n  outlet\n  date: 2025-06\n"},
        Fault("sources.yaml", 2, 3, _SYNTAX),
    ),
    "a tab in the indentation": (
        edited("points", "  title: Toll", "\ttitle: Toll"),
        Fault("points.yaml", 2, 1, _TAB),
    ),
    "a tab after blanks in the indentation": (
        edited("points", "  title: Toll", " \ttitle: Toll"),
        Fault("points.yaml", 2, 2, _TAB),
    ),
    "a key that stands twice": (
        edited("points", "title: Toll", "title: Toll\n  title: Fee"),
        Fault("points.yaml", 3, 3, "The key 'title' stands twice"),
    ),
    "a point that a draft takes twice": (
        edited("drafts", "toll: shared", "toll: shared\n    toll: none"),
        Fault("drafts.yaml", 5, 5, "The key 'toll' stands twice"),
    ),
    "a list as a key": (
        edited("case", "as_of: 2025-06-30", "[a, b]: x"),
        Fault("case.yaml", 2, 1, "A key must be one plain word or a quoted text."),
    ),
    "two documents in one file": (
        {"sources": "- id: gazette\n  outlet: The Gazette\n---\n[]\n"},
        Fault("sources.yaml", 3, 1, _SYNTAX),
    ),
    "an alias of nothing": (
        edited("points", "title: Toll", "title: *toll"),
        Fault("points.yaml", 2, 10, "found undefined alias"),
    ),
    "a list that holds itself": (
        edited("case", "as_of: 2025-06-30", "note: &n [*n]"),
        Fault("case.yaml", 2, 7, _DEEP),
    ),
    "a mapping that holds itself": (
        edited("case", "as_of: 2025-06-30", "settings: &s {authority_sd: *s}"),
        Fault("case.yaml", 2, 11, _DEEP),
    ),
    "a thousand brackets": (
        edited("case", "as_of: 2025-06-30", f"note: {'[' * 1000}{']' * 1000}"),
        Fault("case.yaml", 2, 46, _DEEP),
    ),
    "a thousand braces": (
        edited("case", "as_of: 2025-06-30", f"note: {'{a: ' * 1000}{'}' * 1000}"),
        Fault("case.yaml", 2, 163, _DEEP),
    ),
    "a tag of one's own": (
        edited("points", "title: Toll", "title: !secret Toll"),
        Fault("points.yaml", 2, 10, "The tag '!secret' is not used in a case; remove it."),
    ),
    "a tag for bytes": (
        edited("points", "title: Toll", "title: !!binary VG9sbA=="),
        Fault("points.yaml", 2, 10, "binary' is not used in a case; remove it."),
    ),
    "a tag before a quoted text": pytest.param(
        edited("points", "title: Toll", 'title: !secret "Toll"'),
        Fault("points.yaml", 2, 10, "is not used in a case; remove it."),
    ),
    "a tag before a list": pytest.param(
        edited("case", "as_of: 2025-06-30", "authors: !secret [A]"),
        Fault("case.yaml", 2, 10, "is not used in a case; remove it."),
    ),
    "a tag before a mapping": pytest.param(
        edited("case", "as_of: 2025-06-30", "settings: !secret {prior_sd: 1}"),
        Fault("case.yaml", 2, 11, "is not used in a case; remove it."),
    ),
    "a tag for an object of a language": pytest.param(
        edited("points", "title: Toll", "title: !!python/name:os.system Toll"),
        Fault("points.yaml", 2, 10, "is not used in a case; remove it."),
    ),
    "a NUL": (
        edited("points", "title: Toll", "title: To\0ll"),
        Fault("points.yaml", 2, 12, "The character U+0000 may not stand in YAML; remove it."),
    ),
    "a bell": (
        edited("points", "title: Toll", 'title: "To\all"'),
        Fault("points.yaml", 2, 13, "The character U+0007 may not stand in YAML; remove it."),
    ),
    "a delete character in a comment": (
        edited("points", "title: Toll", "title: Toll  # a\x7f"),
        Fault("points.yaml", 2, 19, "The character U+007F may not stand in YAML; remove it."),
    ),
    "a byte that is not UTF-8": (
        {"sources": b"\xe9: x\n"},
        Fault("sources.yaml", 1, 1, "Byte 0xe9 is not UTF-8; save the file as UTF-8."),
    ),
    "a byte that is not UTF-8 further on": pytest.param(
        {"sources": b"- id: gazette\n  outlet: Caf\xe9\n"},
        Fault("sources.yaml", 2, 14, "Byte 0xe9 is not UTF-8; save the file as UTF-8."),
    ),
    "UTF-16": (
        {"sources": "- id: gazette\n  outlet: x\n".encode("utf-16")},
        Fault("sources.yaml", 1, 1, "is not UTF-8; save the file as UTF-8."),
    ),
}


@pytest.mark.parametrize(("files", "fault"), _BROKEN.values(), ids=_BROKEN.keys())
def test_text_that_is_not_plain_yaml_is_refused(
    tmp_path: Path, refuses: Refuses, files: Mapping[str, str | bytes], fault: Fault
) -> None:
    refuses(write_case(tmp_path, **files), [fault])


def test_a_column_counts_characters_and_not_bytes(tmp_path: Path, refuses: Refuses) -> None:
    sources = '- {id: gazette, outlet: "Міський вісник", dat: 2025}\n'
    folder = write_case(tmp_path, sources=sources)
    refuses(folder, [Fault("sources.yaml", 1, 43, "Unknown key 'dat'; did you mean 'date'?")])


def multiplied(levels: int) -> str:
    """Aliases each of which stands for nine of the one before."""
    lines = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(["a0: &a0 [x, x]", *lines])


def test_aliases_that_multiply_are_refused_fast(tmp_path: Path, detente: Detente) -> None:
    folders = {size: write_case(tmp_path / str(size), case=multiplied(size)) for size in (10, 100)}
    check_growth(lambda size: detente("check", folders[size]), *folders)


def test_aliases_that_multiply_are_refused_with_little_memory(
    tmp_path: Path, detente: Detente
) -> None:
    folder = write_case(tmp_path, case=multiplied(30))
    detente("check", folder)  # whatever is imported is not counted
    tracemalloc.start()
    try:
        told = detente("check", folder)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 50_000_000
    assert told.code == 2
    first, count = told.err.splitlines()
    assert first.startswith(f"{folder / 'case.yaml'}:1:")
    assert first.endswith(": Aliases multiply this file without bound; write it out.")
    assert count == "1 problem found."


def test_a_few_aliases_of_a_text_are_allowed(tmp_path: Path, detente: Detente) -> None:
    files = edited("ratings", "pays less than the ferry", "&r pays less", ("would only pay", "*r"))
    assert detente("check", write_case(tmp_path, **files)).code == 0


def test_nesting_without_bound_is_refused(tmp_path: Path) -> None:
    deep = f"title: T\nnote: {'[' * 100_000}{']' * 100_000}\n"
    folder = write_case(tmp_path, case=deep)
    command = [sys.executable, "-m", "detente", "check", str(folder)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"{folder / 'case.yaml'}:2:")


def test_a_long_chain_of_inheritance_is_no_fault(tmp_path: Path, detente: Detente) -> None:
    actors = "".join(f"  - {{id: a{n}, name: A, inherits: a{n + 1}}}\n" for n in range(2000))
    actors += "  - {id: a2000, name: A}\n"
    files = edited("actors", "people:", f"{actors}people:")
    assert detente("check", write_case(tmp_path, **files)).code == 0


def test_a_share_with_a_huge_exponent_is_refused_fast(tmp_path: Path, detente: Detente) -> None:
    rule = "at_least: {of: [north, south], share: 1e-2%}"
    small, huge = (
        write_case(
            tmp_path / exponent,
            **edited("consent", "all: [north, south]", rule.replace("-2", exponent)),
        )
        for exponent in ("-2", "-2000000")
    )
    check_beside(lambda: detente("check", huge), lambda: detente("check", small), 2)
    assert detente("check", huge).code == 2


def test_a_value_without_end_is_not_told_whole(tmp_path: Path, detente: Detente) -> None:
    folder = write_case(tmp_path, **edited("statements", "stance: 1", f"stance: {'x' * 100_000}"))
    told = detente("check", folder)
    assert told.code == 2
    assert len(told.err) < 1_000


@pytest.mark.parametrize("key", ["id: mayor-june", "date: 2025-06-10", "actor: north"])
def test_a_name_without_end_is_not_told_whole(tmp_path: Path, detente: Detente, key: str) -> None:
    endless = f"{key.partition(':')[0]}: {'x ' * 50_000}x"
    told = detente("check", write_case(tmp_path, **edited("statements", key, endless)))
    assert told.code == 2
    assert len(told.err) < 1_000
