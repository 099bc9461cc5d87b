"""Pages are current, run, lead nowhere that is not there, and keep to plain text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente.cli.main import COMMANDS
from docs.blocks import DOCS, pages, prose_of
from docs.fault_examples import EXAMPLES, codes_in_source, message_of
from docs.generate import generated_pages, run_page

PAGES = pages()
AGAIN = "run: python tests/docs/generate.py"

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`[^`]*`")


def _name(page: Path) -> str:
    return page.relative_to(DOCS).as_posix()


@pytest.mark.parametrize(
    "page", ["case-format.md", "commands.md", "faults.md", "lint.md", "precedents.md"]
)
def test_generated_parts_are_current(page: str, generated: dict[Path, str]) -> None:
    assert (DOCS / page).read_text(encoding="utf-8") == generated[DOCS / page], AGAIN


@pytest.fixture(scope="module")
def generated() -> dict[Path, str]:
    return generated_pages()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_blocks_run_and_show_what_is_printed(page: Path) -> None:
    assert run_page(page) == page.read_text(encoding="utf-8"), AGAIN


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    for number, line in prose_of(page.read_text(encoding="utf-8")):
        for target in _LINK.findall(_CODE.sub("", line)):
            where = f"{page.name}:{number}: {target}"
            assert ":" not in target, f"{where}: only relative links"
            path, _, anchor = target.partition("#")
            aim = (page.parent / path).resolve() if path else page
            assert aim.exists(), where
            if anchor:
                assert anchor in _anchors(aim), where


def _anchors(page: Path) -> set[str]:
    headings = (
        line.lstrip("#").strip()
        for _, line in prose_of(page.read_text(encoding="utf-8"))
        if line.startswith("#")
    )
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_reached_from_the_index() -> None:
    reached, waiting = set(), [DOCS / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.is_relative_to(DOCS):
            continue
        reached.add(page)
        for _, line in prose_of(page.read_text(encoding="utf-8")):
            links = (target.partition("#")[0] for target in _LINK.findall(_CODE.sub("", line)))
            waiting += [(page.parent / link).resolve() for link in links if link]
    assert set(PAGES) <= reached


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"\n## detente {command}\n" in (DOCS / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_example_of_a_fault_gives_it(code: str) -> None:
    assert message_of(code) is not None


def test_every_code_of_a_fault_has_an_example() -> None:
    assert codes_in_source() == EXAMPLES.keys(), "complete EXAMPLES in docs/fault_examples.py"


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_lines_are_short_and_name_no_place_of_one_machine(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for number, line in prose_of(text):
        assert len(line) <= 100 or line.startswith("|"), f"{page.name}:{number}"
    assert not re.search(r"(?<![\w.])/(work|root|home|tmp|Users)/", text)
