"""A process that is killed at any moment leaves a decision made or not made."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente.case import write
from detente.case.load import load
from detente.errors import RequestError
from detente.reading.review import decisions
from detente.reading.review.review import Review
from reading.articles import case_files, read, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = written(tmp_path)
    read(found)
    return found


def opened(folder: Path) -> Review:
    return Review(load(folder))


def standing(folder: Path) -> list[tuple[str, str, str | None]]:
    return [(each.kind, each.item, each.statement) for each in decisions.read_decisions(folder)]


class Killed(BaseException):
    """Nothing catches it, as if the process were gone."""


Step = Callable[..., Any]
WRITES: list[tuple[Any, str]] = [
    (write, "write_whole"), (decisions, "write_whole"), (decisions, "append_whole"),
    (Path, "unlink"),
]  # fmt: skip


def killed(act: Callable[[], object], step: int, *, after: bool) -> bool:
    """Act until one of the writes, and whether it came to that."""
    seen = 0

    def watched(real: Step) -> Step:
        def watching(*given: Any, **named: Any) -> Any:
            nonlocal seen
            seen += 1
            if seen == step and not after:
                raise Killed
            found = real(*given, **named)
            if seen == step:
                raise Killed
            return found

        return watching

    with pytest.MonkeyPatch.context() as patching:
        for place, name in WRITES:
            patching.setattr(place, name, watched(getattr(place, name)))
        try:
            act()
        except Killed:
            return True
    return False


def _merges(review: Review) -> object:
    return review.merge(review.items[1], "kallas-2025-11-20-b")


ACTS: dict[str, tuple[list[Callable[[Review], object]], Callable[[Review], object]]] = {
    "accept": ([], lambda review: review.accept(review.items[0])),
    "accept another": (
        [lambda review: review.accept(review.items[0])],
        lambda review: review.accept(review.items[1]),
    ),
    "accept somebody new": (
        [], lambda review: review.accept(review.items[4], {"person": "Ana Belu", "actor": "nato"}),
    ),
    "merge": ([], _merges),
    "reject": ([], lambda review: review.reject(review.items[0])),
    "undo": ([lambda review: review.accept(review.items[0])], lambda review: review.undo()),
    "undo somebody new": (
        [lambda review: review.accept(review.items[4], {"person": "Ana Belu", "actor": "nato"})],
        lambda review: review.undo(),
    ),
    "undo a merge": ([_merges], lambda review: review.undo()),
    "undo a rejection": (
        [lambda review: review.reject(review.items[0])], lambda review: review.undo(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("after", [False, True], ids=["before a step", "after a step"])
@pytest.mark.parametrize("name", ACTS)
def test_what_was_killed_is_made_or_not_made(name: str, after: bool, folder: Path) -> None:
    first, act = ACTS[name]
    start = case_files(folder)
    for each in first:
        each(opened(folder))
    before, log = case_files(folder), standing(folder)
    kept_aside = shutil.copytree(folder, folder.parent / "aside")
    act(opened(folder))
    wanted, wanted_log = case_files(folder), standing(folder)
    for step in itertools.count(1):
        shutil.rmtree(folder)
        shutil.copytree(kept_aside, folder)
        if not killed(lambda: act(opened(folder)), step, after=after):
            break
        load(folder)
        review = opened(folder)
        made = standing(folder) == wanted_log
        assert made or standing(folder) == log
        assert case_files(folder) == (wanted if made else before)
        assert review.case == load(folder)
        if not made:
            act(review)
        assert case_files(folder) == wanted
        assert standing(folder) == wanted_log
        while review.undo() is not None:
            pass
        assert case_files(folder) == start
        assert not (folder / "proposals" / "decisions.begun").exists()
    assert step > (1 if "reject" in name else 4)


def test_what_was_killed_while_it_was_taken_back_is_taken_back(folder: Path) -> None:
    before = case_files(folder)
    review = opened(folder)
    assert killed(lambda: ACTS["accept somebody new"][1](review), 5, after=True)
    assert load(folder).statements[-1].speaker == "ana-belu"
    aside = shutil.copytree(folder, folder.parent / "aside")
    for step in itertools.count(1):
        shutil.rmtree(folder)
        shutil.copytree(aside, folder)
        if not killed(lambda: opened(folder), step, after=True):
            break
        assert len(opened(folder).open) == 6
        assert case_files(folder) == before
    assert case_files(folder) == before
    assert step > 3


def test_what_a_person_wrote_after_a_kill_stays(folder: Path) -> None:
    review = opened(folder)
    assert killed(lambda: review.accept(review.items[0]), 4, after=True)
    assert load(folder).statements[-1].id == "zelensky-2025-11-21"
    path = folder / "statements.yaml"
    own = "- id: mine\n  actor: russia\n  date: 2025-11-21\n  about: {draft: e3}\n  gist: Yes\n"
    path.write_text(path.read_text(encoding="utf-8") + own, encoding="utf-8")
    again = opened(folder)
    assert [each.id for each in again.case.statements][3:] == ["mine"]
    assert "article-2025-11-21" not in again.case.source_of
    assert len(again.open) == 6


def test_what_cannot_be_taken_back_after_a_kill_is_said(folder: Path) -> None:
    review = opened(folder)
    accept = ACTS["accept somebody new"][1]
    assert killed(lambda: accept(review), 4, after=True)
    path = folder / "statements.yaml"
    own = "- id: mine\n  speaker: ana-belu\n  date: 2025-11-21\n  about: {draft: e3}\n  gist: Yes\n"
    path.write_text(path.read_text(encoding="utf-8") + own, encoding="utf-8")
    before = case_files(folder)
    with pytest.raises(RequestError, match=r"remove .*decisions\.begun to leave .*'ana-belu'"):
        opened(folder)
    assert case_files(folder) == before
    (folder / "proposals" / "decisions.begun").write_bytes(b"?")
    with pytest.raises(RequestError, match=r"decisions\.begun: is no decision; remove the file"):
        opened(folder)
    (folder / "proposals" / "decisions.begun").unlink()
    assert opened(folder).case.statements[-1].id == "mine"
