"""The report as a reader meets it: in a real browser, offline, on a phone, in the dark."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from detente.case.examples import example_folder
from detente.case.load import load
from detente.report.findings import gather
from detente.report.page import render_page

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render_page(gather(load(example_folder("ukraine-2025")))), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the tests in a real browser did not run")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(report.as_uri())
    yield page
    context.close()


def test_the_page_asks_nobody_for_anything_and_logs_no_fault(
    browser: Browser, report: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(report.as_uri())
    page.wait_for_load_state("networkidle")
    context.close()
    assert asked == [report.as_uri()]
    assert said == []


def test_the_file_is_at_most_three_megabytes_and_holds_no_script(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    assert len(text.encode()) <= 3_000_000
    assert "<script" not in text.lower()
    assert "default-src 'none'" in text


def test_every_section_stands_and_the_answer_has_five_lines(page: Page) -> None:
    titles = page.locator("h2").all_inner_texts()
    assert len(titles) == 17
    assert page.locator("ol.answer li").count() == 5
    assert "No draft is likely" in page.locator("ol.answer li").first.inner_text()


def test_every_link_leads_somewhere_in_the_page(page: Page) -> None:
    broken = page.evaluate(
        """() => [...document.querySelectorAll('a[href]')]
            .map(link => link.getAttribute('href'))
            .filter(href => !href.startsWith('#') || !document.getElementById(href.slice(1)))"""
    )
    assert broken == []


def test_ids_are_unique(page: Page) -> None:
    twice = page.evaluate(
        """() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
            return ids.filter((id, place) => ids.indexOf(id) !== place) }"""
    )
    assert twice == []


def test_a_figure_leads_to_the_statement_and_its_source(page: Page) -> None:
    page.locator("#map details[open] table.heat td a").first.click()
    assert page.evaluate("location.hash").startswith(("#actor-", "#belief-"))
    assert page.locator(":target").is_visible()
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    statement = page.locator("#actors a[href^='#statement-']").first
    target = statement.get_attribute("href")
    assert target is not None
    row = page.locator(target.replace(".", "\\."))
    assert row.locator("a[href^='#source-']").count() >= 1


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_sticks_out_sideways(browser: Browser, report: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(report.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def _contrast(first: str, second: str) -> float:
    def luminance(colour: str) -> float:
        parts = [float(part) / 255 for part in colour[4:-1].split(",")[:3]]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_light_and_dark(browser: Browser, report: Path, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(report.as_uri())
    read = """element => [
        getComputedStyle(element).color, getComputedStyle(document.body).backgroundColor]"""
    for selector in ("body", "a", ".soft", ".blocks"):
        colours = page.locator(selector).first.evaluate(read)
        assert _contrast(*colours) >= 4.5, selector
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (_contrast(background, "rgb(0, 0, 0)") < 3) == (scheme == "dark")
    context.close()


def test_the_keyboard_reaches_the_answer_and_opens_a_section(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#answer"
    closed = page.locator("details:not([open]) > summary").first
    closed.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open")


def test_every_chart_has_a_name_and_a_table_in_its_section(page: Page) -> None:
    bare = page.evaluate(
        """() => [...document.querySelectorAll('svg')].filter(svg =>
            !svg.getAttribute('aria-label') || !svg.closest('section').querySelector('table'))
            .length"""
    )
    assert page.locator("svg").count() > 5
    assert bare == 0


def test_the_print_hides_the_contents_bar(page: Page) -> None:
    page.emulate_media(media="print")
    assert not page.locator("nav.contents").is_visible()


def test_power_strategy_and_forecast_stand_with_their_pictures(page: Page) -> None:
    rows = page.locator("#power details[open] tbody tr")
    assert rows.first.locator("th").inner_text() == "All that 28-point draft needs"
    assert page.locator("#strategy figure svg").is_visible()
    assert page.locator("#strategy tbody tr").first.locator("th").inner_text() == "11N0Y"
    assert page.locator("#forecast figure svg").is_visible()
    assert page.locator("#money details[open] figure svg").is_visible()
    assert "349,166,666,666.67" in page.locator("#money details[open] tbody").inner_text()
    assert "mean weighted by capability" in page.locator("#forecast tbody").first.inner_text()


def test_every_draft_with_norms_is_checked_and_simulated(page: Page) -> None:
    drafts = page.locator("#norms > details")
    assert drafts.count() == 4
    first = drafts.first
    assert first.locator("h4").all_inner_texts() == [
        "What to look at before signing",
        "How long it may last",
    ]
    assert "unbroken: no breach at all" in (first.locator("figure svg").last.text_content() or "")
    assert "N38, Elections and referendum" in first.inner_text()
