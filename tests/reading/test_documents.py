"""Files of four kinds: what is read from them, what never is, and why some are refused."""

from __future__ import annotations

import datetime
import hashlib
import random
import socket
import struct
from pathlib import Path
from typing import Any

import pytest

from detente.errors import RequestError
from detente.reading import documents
from detente.reading.attributions.attribution import units_of
from detente.reading.attributions.quotations import Quotations
from detente.reading.documents import Document, open_document
from detente.reading.engines import Engine, open_engine
from detente.reading.read import read_document
from detente.reading.readers import docx as docx_reader
from detente.reading.readers.pdf import paragraphs_of
from growth import check_growth
from reading.files import ARTICLE, article, docx_file, packed, paragraph, pdf_file, repacked

SECRET = "the words of another file"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any connection is a fault, whatever is read."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", type("Refused", (socket.socket,), {"__init__": refuse}))
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """The address of a file whose words must stand in no text."""
    path = tmp_path / "secret"
    path.write_text(SECRET)
    return path.as_uri()


@pytest.fixture(scope="module")
def rules() -> Engine:
    return open_engine("rules")[1]


def opened(folder: Path, name: str, content: bytes | str) -> Document:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_document(path)


def refused(folder: Path, name: str, content: bytes) -> str:
    """The one sentence with which a file is refused, without its name."""
    with pytest.raises(RequestError) as wrong:
        opened(folder, name, content)
    words = str(wrong.value)
    assert words.startswith(f"{folder / name}: ")
    assert words.endswith(".")
    assert "\n" not in words
    return words.removeprefix(f"{folder / name}: ")


# --- plain text ---


@pytest.mark.parametrize(
    ("content", "stored"),
    [
        (ARTICLE.encode(), True),
        (ARTICLE.encode("utf-8-sig"), False),
        (b"\xff\xfe" + ARTICLE.encode("utf-16-le"), False),
        (b"\xfe\xff" + ARTICLE.encode("utf-16-be"), False),
        (ARTICLE.replace("\n", "\r\n").encode(), False),
        (ARTICLE.replace("\n", "\r").encode(), False),
    ],
    ids=["UTF-8", "mark", "UTF-16 little", "UTF-16 big", "Windows", "old Mac"],
)
def test_one_text_in_any_encoding_is_one_document(
    tmp_path: Path, content: bytes, *, stored: bool
) -> None:
    document = opened(tmp_path, "a.txt", content)
    assert document.text == ARTICLE
    assert document.sha256 == hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert document.as_stored is stored
    assert document.title == "Envoys meet in Lakeside"
    assert document.date == datetime.date(2025, 3, 4)
    assert document.notes == ()


def test_places_in_a_text_of_windows_are_those_of_its_lines(tmp_path: Path, rules: Engine) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(ARTICLE.replace("\n", "\r\n").encode())
    text = path.read_text(encoding="utf-8")  # as Python reads it, line breaks made plain
    found = read_document(path, rules)
    contents = [text[slice(*each.attribution.content[0])] for each in found.said]
    assert "“We will not sign it today,”" in contents
    assert [text[slice(*each.span)] for each in found.quantities if each.value == 600_000] == [
        "600,000"
    ]


def test_another_encoding_is_named_with_byte_and_place(tmp_path: Path) -> None:
    words = refused(tmp_path, "a.txt", "The “envoy”".encode("cp1252"))
    assert words == "is not in UTF-8: byte 0x93 stands at place 5; save it as UTF-8."


def test_half_a_character_of_utf_16_is_no_text(tmp_path: Path) -> None:
    assert "save it as UTF-8" in refused(tmp_path, "a.txt", b"\xff\xfeT\x00h")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty."),
        (b" \n\t\r\n ", "is empty."),
        (b"\xef\xbb\xbf", "holds no text."),
        ("\u00a0\n\u2003".encode(), "holds no text."),
        (b"\x7fELF\x02\x01\x01" + bytes(50), "is no text; give plain text, HTML, PDF or DOCX."),
        (b"\x01\x02\x03\x04 words", "is no text; give plain text, HTML, PDF or DOCX."),
        (b"\x89PNG", "is not in UTF-8: byte 0x89 stands at place 1; save it as UTF-8."),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, words: str
) -> None:
    assert refused(tmp_path, "a.txt", content) == words


def test_a_folder_and_a_missing_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"cannot be read: Is a directory\.$"):
        open_document(tmp_path)
    with pytest.raises(RequestError, match=r"none\.txt: cannot be read: No such file or dir"):
        open_document(tmp_path / "none.txt")


def test_what_never_ends_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = Path("/dev/zero")
    if not endless.exists():
        pytest.skip("no endless file here")
    monkeypatch.setattr(documents, "LARGEST", 1000)
    with pytest.raises(RequestError, match="too large"):
        open_document(endless)


def test_the_largest_file_is_read_and_one_byte_more_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "LARGEST", 5000)
    assert len(opened(tmp_path, "a.txt", b"a" * 5000).text) == 5000
    words = refused(tmp_path, "a.txt", b"a" * 5001)
    assert words == "is too large; documents of up to 0.005 MB are read, so divide it."


ARABIC = "قال المبعوث إن هذا هو العرض الأخير قبل 1 مايو 2025، وإن «السقف هو 600,000 جندي».\n"
HEBREW = "השליח אמר שזו ההצעה האחרונה, \"התקרה היא 600,000 חיילים\", והלך הביתה.\n"  # fmt: skip
GERMAN = (
    "Der Gesandte sagte, die Obergrenze von 600.000 Mann sei das letzte Angebot: „Wir "
    "unterschreiben nicht“, sagte er am 4. März 2025, und fuhr nach Hause, ohne noch einmal mit "
    "den Leuten zu reden.\n"
)
FRENCH = (
    "L’envoyé a dit que le plafond de 600 000 hommes était la dernière offre. « Nous ne signerons "
    "pas », a-t-il dit le 4 mars 2025, et il est rentré chez lui sans parler aux gens.\n"
)
DUTCH = (
    "De gezant zei dat het het laatste bod was, en hij ging in de avond naar huis. Hij had in de "
    "zaal gezegd dat er weinig of geen kans was op vrede in het land, en dat is in de krant te "
    "lezen. “Wat is er in orde, of is het in strijd met de wet?” zei hij in maart 2025.\n"
)
AFRIKAANS = (
    "Die gesant het gesê dat dit die laaste aanbod van die dag was, en hy is huis toe. “Dit is "
    "nie so nie,” het hy gesê, want by die vergadering was almal al moeg, en hy had as man van "
    "die land in die stad niks meer om te sê nie.\n"
)
DANISH = (
    "Udsendingen sagde, at det var dagens sidste tilbud, og at han ville rejse hjem for at tale "
    "med sin regering. “Det var for tidligt at sige, at aftalen var på plads for 2025,” sagde "
    "han, for at ingen i byen ville tro, at freden var nær.\n"
)


@pytest.mark.parametrize("text", [ARABIC, HEBREW, GERMAN, FRENCH, DUTCH, AFRIKAANS, DANISH])
def test_from_another_language_nothing_is_read_and_a_note_says_so(
    tmp_path: Path, rules: Engine, text: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text + "\n1. 600\n2. 700\n3. 800\n", encoding="utf-8")
    found = read_document(path, rules)
    assert found.document.text.startswith(text)
    assert (found.said, found.points, found.quantities) == ((), (), ())
    assert found.notes == ("The text is not English, so that nothing is read from it.",)


def test_english_with_foreign_names_is_english(tmp_path: Path, rules: Engine) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE + "\nThe envoy’s name is written السفير or השליח in the papers.\n")
    assert read_document(path, rules).notes == ()


@pytest.mark.parametrize(
    "text",
    [
        "“We will not sign, the envoy said.\n\nThe minister said that she would.\n",
        '"We will" not sign," the envoy said.\n\nThe minister said that she would.\n',
        "We will not sign,” the envoy said.\n\nThe minister said that she would.\n",
        "“‘“The envoy said: “no.\n\n’’”The minister said that she would.\n",
        '"' * 51 + "\nThe minister said that she would.\n",
    ],
)
def test_quotation_marks_without_a_partner_harm_no_place(
    tmp_path: Path, rules: Engine, text: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    said = read_document(path, rules).said
    for each in said:
        parts = each.attribution
        for start, end in (*parts.source, *parts.cue, *parts.content):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]
            assert "\n\n" not in text[start:end]
    assert "she would" in [text[slice(*each.attribution.content[0])] for each in said]


@pytest.mark.parametrize("piece", [" ", "\t", "“", '"', "‘a ", "‘a’b "])
def test_a_line_without_end_takes_time_by_its_length(piece: str) -> None:
    def read(size: int) -> None:
        text = "He said no.\n" + piece * (size // len(piece))
        first, *_ = units_of(text)
        assert first == (0, 11)
        quotations = Quotations(text)
        for place in range(0, len(text) - 9, 150):
            quotations.kind_of([(0, 11), (place, place + 9)])

    check_growth(read, 30_000, 300_000)


# --- title and day ---


@pytest.mark.parametrize(
    "line",
    [
        "4 March 2025", "March 4, 2025", "2025-03-04", "Lakeside, 4 March 2025",
        "LAKESIDE, March 4, 2025 –", "New Lakeside 4 March 2025", "By Mara Quill, 4 March 2025",
        "Published: 4 March 2025, 10:30 GMT", "Updated on March 4, 2025", "(March 4, 2025)",
        "Last updated 2025-03-04 at 10:30", "Draft of 4 March 2025", "Gazette | 4 March 2025 |",
    ],
)  # fmt: skip
def test_a_line_that_gives_the_day_dates_the_text(tmp_path: Path, line: str) -> None:
    document = opened(tmp_path, "a.txt", f"The plan\n\n{line}\n\nThe talks go on.\n")
    assert (document.title, document.date) == ("The plan", datetime.date(2025, 3, 4))


@pytest.mark.parametrize(
    "line",
    [
        "The ceasefire begins on 4 March 2025.", "Elections on 4 March 2025",
        "Nothing has moved since 4 March 2025", "On 4 March 2025 the envoys met in Lakeside.",
        "1. The forces withdraw before 4 March 2025.", "Elections by 4 March 2025",
        "2. Elections are held on 4 March 2025.", "03/04/2025", "4 March", "March 2025",
    ],
)  # fmt: skip
def test_a_day_of_which_the_text_speaks_is_not_its_own(tmp_path: Path, line: str) -> None:
    assert opened(tmp_path, "a.txt", f"The plan\n\n{line}\n\nThe talks go on.\n").date is None


def test_a_title_is_the_first_line_unless_that_is_a_paragraph(tmp_path: Path) -> None:
    assert opened(tmp_path, "a.md", "\n\n## The plan ##\n\nText.\n").title == "The plan ##"
    assert opened(tmp_path, "a.txt", "word " * 60).title is None
    assert opened(tmp_path, "a.txt", "x\n" * 400 + "4 March 2025\n").date is None


# --- HTML ---


@pytest.fixture
def page_reader() -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError)


@pytest.mark.usefixtures("page_reader")
class TestPages:
    def test_an_article_is_read_without_menus_and_with_what_it_states(self, tmp_path: Path) -> None:
        head = (
            '<meta property="og:title" content="Envoys meet in Lakeside">'
            '<meta name="author" content="Mara Quill">'
            '<meta property="og:site_name" content="The Gazette">'
            '<meta property="article:published_time" content="2025-03-04T10:00:00Z">'
            '<meta property="article:modified_time" content="2025-04-01T10:00:00Z">'
        )
        document = opened(tmp_path, "a.html", article(head))
        assert document.title == "Envoys meet in Lakeside"
        assert (document.author, document.outlet) == ("Mara Quill", "The Gazette")
        assert document.date == datetime.date(2025, 3, 4)
        lines = document.text.splitlines()
        assert lines[0] == "Envoys meet in Lakeside"
        assert lines[2].startswith("The envoy of Norland said that her country")
        assert lines[4].startswith("“We will not sign it today,” the minister")
        for word in ("Front page", "Weather", "Imprint", "<", "reserved"):
            assert word not in document.text

    @pytest.mark.parametrize(
        "body", ["", "<p>The last elections were on 3 May 2021, when he was young.</p>"]
    )
    def test_a_page_that_states_no_day_has_none(self, tmp_path: Path, body: str) -> None:
        document = opened(tmp_path, "a.html", article(body=body))
        assert (document.date, document.author, document.outlet) == (None, None, None)

    def test_a_page_is_known_by_what_it_holds(self, tmp_path: Path) -> None:
        document = opened(tmp_path, "a.txt", article())
        assert "<p>" not in document.text
        assert not document.as_stored

    def test_other_encodings_are_read_as_the_page_says(self, tmp_path: Path) -> None:
        page = article('<meta charset="windows-1252">').decode().encode("cp1252")
        assert "“We will not sign it today,”" in opened(tmp_path, "a.html", page).text

    def test_what_a_script_would_write_is_no_text(self, tmp_path: Path) -> None:
        page = b"<html><body><script>document.write('The envoy said no.')</script></body></html>"
        assert "holds no text outside of scripts" in refused(tmp_path, "a.html", page)

    def test_scripts_links_and_frames_leave_no_trace(self, tmp_path: Path, secret: str) -> None:
        body = (
            "<script>var a = 'scriptwords';</script><style>p { color: styleword }</style>"
            "<p>The talks go on <a href=\"javascript:fetch('http://evil.example')\">tomorrow</a> "
            "in the same hall, as both of the delegations told their hosts.</p>"
            "<iframe src='http://evil.example/frame'></iframe>"
            f"<iframe src='{secret}'></iframe><object data='{secret}'></object>"
            "<img src='http://evil.example/a.png' alt='a picture' onerror='alert(1)'>"
            "<link rel='stylesheet' href='http://evil.example/a.css'>"
            "<!-- a remark of the editor -->"
        )
        text = opened(tmp_path, "a.html", article(body=body)).text
        assert "The talks go on tomorrow in the same hall" in text
        for word in (SECRET, "scriptwords", "styleword", "javascript", "evil", "alert", "remark"):
            assert word not in text

    @pytest.mark.parametrize("name", ["a.html", "a.xhtml"])
    @pytest.mark.parametrize("before", ["", '<?xml version="1.0"?>'])
    def test_no_entity_brings_in_another_file(
        self, tmp_path: Path, secret: str, name: str, before: str
    ) -> None:
        doctype = f'{before}<!DOCTYPE html [<!ENTITY x SYSTEM "{secret}">]>'
        body = "<p>The talks &x; go on tomorrow in the same hall, they told their hosts.</p>"
        page = article(body=body, doctype=doctype)
        text = opened(tmp_path, name, page).text
        assert "go on tomorrow" in text
        assert SECRET not in text

    @pytest.mark.parametrize(
        ("start", "numbers"),
        [
            ("<ol>", "1. 2. 3."), ("<ol start=7>", "7. 8. 9."), ("<ol start=' -1x'>", "-1. 0. 1."),
            ("<ol reversed>", "3. 2. 1."), ("<ol reversed start=10>", "10. 9. 8."),
            ("<ol type=a start=26>", "z. aa. ab."), ("<ol type=A>", "A. B. C."),
            ("<ol type=i start=8>", "viii. ix. x."), ("<ol type=I start='3'>", "III. IV. V."),
            ("<ol type=1>", "1. 2. 3."), ("<ol type=disc start=none>", "1. 2. 3."),
            ("<ol start=99999999999999>", "1. 2. 3."), ("<ol type=I start=0>", "0. I. II."),
            ("<ul>", "- - -"), ("<ul start=4 type=a>", "- - -"),
        ],
    )  # fmt: skip
    def test_numbers_of_a_list_are_written_as_a_browser_shows_them(
        self, tmp_path: Path, start: str, numbers: str
    ) -> None:
        items = ["The cap is 600,000.", "Elections in 100 days.", "No bases."]
        body = f"<p>The plan has points.</p>{start}<li>{'</li><li>'.join(items)}</li>"
        lines = opened(tmp_path, "a.html", article(body=body)).text.splitlines()
        shown = [f"{number} {item}" for number, item in zip(numbers.split(), items, strict=True)]
        assert [line for line in lines if any(item in line for item in items)] == shown

    def test_points_of_a_page_have_the_numbers_of_its_list(
        self, tmp_path: Path, rules: Engine
    ) -> None:
        inner = "<ol type=a><li>None in the valley.<li>None in the hills.</ol>"
        body = (
            "<p>The points of the plan are these.</p><ol>\n<li>\n The cap is 600,000.</li>"
            f"<li><p>Elections in 100 days.</p></li><li>No bases. {inner}</li><li><b>Prisoners</b> "
            "all for all.<ul><li>The ill first.</ul></li><li value=9>Aid.</li><li>Amnesty.</ol>"
        )
        document = opened(tmp_path, "a.html", article(body=body))
        assert document.text.split("\n\n")[4:] == [
            "1. The cap is 600,000.", "2. Elections in 100 days.", "3. No bases.",
            "a. None in the valley.", "b. None in the hills.", "4. Prisoners all for all.",
            "- The ill first.", "9. Aid.", "10. Amnesty.\n",
        ]  # fmt: skip
        points = read_document(tmp_path / "a.html", rules).points
        assert [(each.number, each.text) for each in points] == [
            (1, "The cap is 600,000."), (2, "Elections in 100 days."), (3, "No bases."),
            (4, "Prisoners all for all."),
        ]  # fmt: skip
        assert all(document.text[slice(*each.span)] == each.text for each in points)

    def test_a_number_that_stands_in_its_item_is_not_written_twice(self, tmp_path: Path) -> None:
        items = "<li>1. The cap.</li><li></li><li><script>x()</script></li><li><!-- x -->Four.</li>"
        text = opened(tmp_path, "a.html", article(body=f"<p>The plan.</p><ol>{items}</ol>")).text
        assert text.endswith("The plan.\n\n1. The cap.\n\n4. Four.\n")

    def test_notes_and_contents_have_no_numbers(self, tmp_path: Path) -> None:
        words = "Quill, Mara: Envoys meet in the hall again, and part without a word. The Gazette."
        items = "".join(f"<li><a href='#n{each}'>^</a> {words}</li>" for each in range(9))
        text = opened(tmp_path, "a.html", article(body=f"<p>The plan.</p><ol>{items}</ol>")).text
        assert text.count(f"\n- ^ {words}\n") == 9

    def test_tags_inside_tags_without_end_are_no_crash(self, tmp_path: Path) -> None:
        page = b"<html><body>" + b"<div>" * 20_000 + b"The envoy said no.</html>"
        try:
            opened(tmp_path, "a.html", page)
        except RequestError as wrong:
            assert "holds no text" in str(wrong)  # noqa: PT017


# --- PDF ---

PLAN = [
    "The Lakeside plan",
    "The envoys of both parties agree that all of their forces with-",
    "draw from the valley of the river within 30 days of the signing.",
    "1. The cap is 600,000.",
    "2. Elections are held in 100 days, at which all of those who",
    "live in the valley may vote.",
    "3. No bases.",
]


def test_a_pdf_is_read_in_paragraphs_with_words_made_whole(tmp_path: Path, rules: Engine) -> None:
    document = opened(tmp_path, "a.pdf", pdf_file([PLAN, ["Signed by both envoys."]]))
    assert document.text.split("\n\n") == [
        "The Lakeside plan",
        f"{PLAN[1][:-1]}{PLAN[2]}",
        "1. The cap is 600,000.",
        "2. Elections are held in 100 days, at which all of those who live in the valley may vote.",
        "3. No bases.",
        "Signed by both envoys.\n",
    ]
    assert (document.title, document.date, document.author) == ("The Lakeside plan", None, None)
    points = read_document(tmp_path / "a.pdf", rules).points
    assert [each.number for each in points] == [1, 2, 3]
    assert points[2].text == "No bases."


def test_a_pdf_says_what_it_is_called_and_when_it_was_made(tmp_path: Path) -> None:
    about = "/Title (A plan) /Author (M. Quill) /CreationDate (D:20250304101010Z)"
    document = opened(tmp_path, "a.pdf", pdf_file([PLAN], about))
    assert (document.title, document.author) == ("A plan", "M. Quill")
    assert document.date == datetime.date(2025, 3, 4)


def test_the_day_on_the_page_comes_before_that_on_which_the_file_was_made(tmp_path: Path) -> None:
    dated = [PLAN[0], "Lakeside, 21 February 2025", *PLAN[1:]]
    document = opened(tmp_path, "a.pdf", pdf_file([dated], "/CreationDate (D:20250304101010Z)"))
    assert document.date == datetime.date(2025, 2, 21)


@pytest.mark.parametrize(
    "about", ["/CreationDate (D:20251399)", "/CreationDate (today)", "/Title <FEFFD800>"]
)
def test_what_a_pdf_says_of_itself_may_be_nonsense(tmp_path: Path, about: str) -> None:
    document = opened(tmp_path, "a.pdf", pdf_file([PLAN], about))
    assert (document.title, document.date) == ("The Lakeside plan", None)


def test_pictures_of_pages_are_no_text(tmp_path: Path) -> None:
    words = refused(tmp_path, "a.pdf", pdf_file([[], []]))
    assert words == "holds no text, only pictures of pages; have the words recognised first."


def test_a_locked_pdf_says_so(tmp_path: Path) -> None:
    lock = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >> "
        "/ID [<00><00>]"
    )
    words = refused(tmp_path, "a.pdf", pdf_file([PLAN], trailer=lock))
    assert words == "is locked with a password; save it without one."


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n", b"%PDF-1.4\nnothing of the kind", pdf_file([PLAN])[:200], b"no PDF at all"],
)
def test_a_damaged_pdf_says_so(tmp_path: Path, content: bytes) -> None:
    assert refused(tmp_path, "a.pdf", content) == "is no PDF that can be read; it may be damaged."


def test_the_page_that_is_damaged_is_named(tmp_path: Path) -> None:
    whole = pdf_file([PLAN, PLAN])
    broken = whole.replace(b"7 0 obj\n<< /Type /Page ", b"7 0 obj\n<< /Type /Pxge ")
    assert broken != whole
    words = refused(tmp_path, "a.pdf", broken.replace(b"/Parent 2 0 R", b"/Parent 9 9 R"))
    assert words == "has a page that cannot be read, page 2; it may be damaged."


def test_lines_that_are_no_paragraph_of_their_own_are_joined() -> None:
    page = "A line that is as long as the page is wide\r\nand one that\r\nis cut\r\nNew one. x"
    assert paragraphs_of(page).split("\n\n") == [
        "A line that is as long as the page is wide and one that is cut",
        "New one. x",
    ]
    assert paragraphs_of("") == ""


# --- DOCX ---


def test_paragraphs_and_tables_are_read_in_their_order(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        table = document.add_table(rows=2, cols=2)
        for at, cell in enumerate(table.columns[0].cells + table.columns[1].cells, 1):
            cell.text = f"cell {at}"
        document.add_paragraph("The end.")
        document.core_properties.title = "A plan"
        document.core_properties.author = "M. Quill"
        document.core_properties.created = datetime.datetime(2025, 3, 4, 10, 0, 0)  # noqa: DTZ001

    document = opened(tmp_path, "a.docx", docx_file("The plan", "  ", "One\ttwo", change=change))
    assert document.text.split("\n\n") == [
        "The plan", "One\ttwo", "cell 1", "cell 3", "cell 2", "cell 4", "The end.\n",
    ]  # fmt: skip
    assert (document.title, document.author) == ("A plan", "M. Quill")
    assert document.date == datetime.date(2025, 3, 4)
    assert document.notes == ()


def test_the_day_of_a_template_is_not_that_of_the_file(tmp_path: Path) -> None:
    document = opened(tmp_path, "a.docx", docx_file("The plan", "The talks go on."))
    assert (document.title, document.author, document.date) == ("The plan", None, None)


def run(words: str, deleted: str = "t") -> str:
    return f'<w:r><w:{deleted} xml:space="preserve">{words}</w:{deleted}></w:r>'


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    xml = (
        f"{run('The cap is ')}<w:del w:id='1'>{run('600,000', 'delText')}</w:del>"
        f"<w:ins w:id='2'>{run('800,000')}</w:ins>{run(' men.')}"
    )
    document = opened(tmp_path, "a.docx", paragraph(xml))
    assert document.text == "The cap is 800,000 men.\n"
    (note,) = document.notes
    assert note.startswith("The file has tracked changes (1 inserted, 1 deleted); it is read as if")


def test_what_was_inserted_and_deleted_again_is_not_read(tmp_path: Path) -> None:
    inner = f"<w:del w:id='2'>{run('gone', 'delText')}{run('gone')}</w:del>"
    xml = f"{run('Stays')}<w:ins w:id='1'>{run(' too')}{inner}</w:ins>"
    assert opened(tmp_path, "a.docx", paragraph(xml)).text == "Stays too\n"


def test_what_was_moved_is_read_where_it_stands_now(tmp_path: Path) -> None:
    xml = (
        f"<w:moveFrom w:id='1'>{run('moved ')}</w:moveFrom>{run('first ')}"
        f"<w:moveTo w:id='2'>{run('moved')}</w:moveTo>"
    )
    document = opened(tmp_path, "a.docx", paragraph(xml))
    assert document.text == "first moved\n"
    assert "1 inserted, 1 deleted" in document.notes[0]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(tmp_path: Path) -> None:
    mark = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>"
    xml = f"{run('One ')}</w:p><w:p>{mark}{run('two ')}</w:p><w:p>{run('three')}"
    assert opened(tmp_path, "a.docx", paragraph(xml)).text == "One \n\ntwo three\n"


def test_comments_are_counted_and_not_read(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        runs = document.paragraphs[0].runs
        document.add_comment(runs=runs, text="We shall never sign this.", author="A. Nemo")

    document = opened(tmp_path, "a.docx", docx_file("The cap is 600,000.", change=change))
    assert document.text == "The cap is 600,000.\n"
    assert document.notes == ("The file has 1 comment, which is not read.",)


def test_a_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent><w:p>{run('Boxed')}</w:p></w:txbxContent>"
    xml = (
        f'{run("Outer")}<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
        f'markup-compatibility/2006"><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    assert opened(tmp_path, "a.docx", paragraph(xml)).text == "Outer\n\nBoxed\n"


WORDS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def noted(kind: str, notes: str, start: str = "") -> Any:
    """Notes of a Word file; its last paragraph refers to the first of them, and so on upwards."""

    def change(document: Any) -> None:
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml import parse_xml

        xml = f"{start}<w:{kind}s {WORDS}>{notes}</w:{kind}s>"
        content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
        address = PackURI(f"/word/{kind}s.xml")
        part = Part(address, content, xml.encode(), document.part.package)
        document.part.relate_to(part, f"{RELATION}/{kind}s")
        for number, each in enumerate(reversed(document.paragraphs), 1):
            each._p.append(parse_xml(f'<w:r {WORDS}><w:{kind}Reference w:id="{number}"/></w:r>'))

    return change


def note(kind: str, number: int, inside: str) -> str:
    return f'<w:{kind} w:id="{number}"><w:p><w:r><w:{kind}Ref/></w:r>{inside}</w:p></w:{kind}>'


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_stand_at_the_end_in_the_order_of_the_text(tmp_path: Path, kind: str) -> None:
    notes = "".join(
        [
            note(kind, -1, run("a line that divides")),
            note(kind, 1, run(" Said to the Gazette.")),
            note(kind, 2, f"{run(' Counted by ')}<w:del>{run('one', 'delText')}</w:del>"
                          f"<w:ins>{run('both')}</w:ins></w:p><w:p>{run('and again.')}"),
            note(kind, 3, run("nobody refers to it")),
        ]
    )  # fmt: skip
    content = docx_file("The cap is 600,000.", "No bases.", change=noted(kind, notes))
    document = opened(tmp_path, "a.docx", content)
    assert document.text.split("\n\n") == [
        "The cap is 600,000.", "No bases.", "Counted by both", "and again.",
        "Said to the Gazette.\n",
    ]  # fmt: skip
    assert [each[:58] for each in document.notes] == [
        "The file has tracked changes (1 inserted, 1 deleted); it i"
    ]


def test_a_note_of_deleted_words_is_not_read_and_one_named_twice_is_read_once(
    tmp_path: Path,
) -> None:
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    xml = (
        f"{run('x')}<w:del>{reference.format(7)}</w:del>{reference.format(8)}"
        f"{reference.format(8)}{reference.format(9)}<w:r><w:footnoteReference/></w:r>"
    )
    notes = note("footnote", 7, run("gone")) + note("footnote", 8, run("there"))
    content = docx_file("HERE", change=noted("footnote", notes))
    content = repacked(content, {"word/document.xml": ("<w:r><w:t>HERE</w:t></w:r>", xml)})
    assert opened(tmp_path, "a.docx", content).text == "x\n\nthere\n"


def test_damaged_notes_are_a_damaged_file(tmp_path: Path) -> None:
    content = docx_file("The plan", change=noted("footnote", "<w:footnote>"))
    words = refused(tmp_path, "a.docx", content)
    assert words == "is no DOCX that can be read; it may be damaged."


def test_no_entity_of_a_note_brings_in_another_file(tmp_path: Path, secret: str) -> None:
    entities = f'<!DOCTYPE x [<!ENTITY x SYSTEM "{secret}"><!ENTITY y "yyyy">]>'
    notes = note("footnote", 1, run("A note &x;&y;"))
    content = docx_file("The plan", change=noted("footnote", notes, entities))
    text = opened(tmp_path, "a.docx", content).text
    assert text.startswith("The plan\n\nA note")
    assert SECRET not in text


def test_notes_outside_of_the_file_are_not_fetched(tmp_path: Path, secret: str) -> None:
    def change(document: Any) -> None:
        for kind in ("footnotes", "endnotes", "numbering", "styles"):
            document.part.rels.get_or_add_ext_rel(f"{RELATION}/{kind}", secret)

    assert opened(tmp_path, "a.docx", docx_file("The plan", change=change)).text == "The plan\n"


def test_headers_and_footers_are_left_out(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "Draft 7, secret"
        document.sections[0].footer.paragraphs[0].text = "Page 1"

    assert opened(tmp_path, "a.docx", docx_file("The plan", change=change)).text == "The plan\n"


def test_breaks_and_hyphens_are_characters(tmp_path: Path) -> None:
    xml = "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r>"
    assert opened(tmp_path, "a.docx", paragraph(xml)).text == "a\nb-c\n"


def test_a_word_file_is_known_by_what_it_holds(tmp_path: Path) -> None:
    assert opened(tmp_path, "a.txt", docx_file("The plan")).text == "The plan\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
         "is locked with a password, or in the old format of Word; save it as DOCX."),
        (packed({"a.txt": b"words"}), "is a packed file, but none of Word."),
        (b"words", "is no DOCX that can be read; it may be damaged."),
        (b"PK\x03\x04" + bytes(100), "is no DOCX that can be read; it may be damaged."),
        (packed({"word/document.xml": b"<a/>"}), "is no DOCX that can be read; it may be damaged."),
        (docx_file(), "holds no text."),
    ],
)  # fmt: skip
def test_what_is_no_word_file_says_so(tmp_path: Path, content: bytes, words: str) -> None:
    assert refused(tmp_path, "a.docx", content) == words


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("[Content_Types].xml", "wordprocessingml.document.main", "spreadsheetml.sheet.main"),
        ("word/document.xml", "<w:body>", "<w:bod>"),
        ("word/document.xml", "w:body>", "w:bodies>"),
        ("word/document.xml", "w:document", "w:documents"),
        ("docProps/core.xml", "<cp:coreProperties", "<cp:core"),
        ("docProps/core.xml", "cp:coreProperties", "cp:core"),
        ("_rels/.rels", "Relationships", "Relations"),
        ("[Content_Types].xml", "core-properties+xml", "core+xml"),
    ],
)
def test_a_word_file_with_a_wrong_part_is_damaged(
    tmp_path: Path, name: str, before: str, after: str
) -> None:
    content = repacked(docx_file("The plan"), {name: (before, after)})
    words = refused(tmp_path, "a.docx", content)
    assert words == "is no DOCX that can be read; it may be damaged."


@pytest.mark.parametrize("make", [docx_file, lambda *words: pdf_file([words])])
def test_whatever_is_damaged_ends_in_one_sentence(tmp_path: Path, make: Any) -> None:
    whole = make("The envoy said that the cap was the last offer.", "More of it.")
    chance = random.Random(7)
    for _ in range(150):
        content = bytearray(whole[: chance.choice([len(whole), chance.randrange(9, len(whole))])])
        for _ in range(chance.choice([1, 5, 40])):
            content[chance.randrange(5, len(content))] = chance.randrange(256)
        path = tmp_path / ("a.docx" if make is docx_file else "a.pdf")
        path.write_bytes(content)
        try:
            open_document(path)
        except RequestError as wrong:
            assert str(wrong).endswith(".")  # noqa: PT017


def test_a_part_locked_or_packed_in_an_unknown_way_is_damaged(tmp_path: Path) -> None:
    for place, value in ((8, 1), (10, 97)):  # a flag for a password, a way of packing
        content = bytearray(docx_file("The plan"))
        start = 0
        while (start := content.find(b"PK\x01\x02", start)) >= 0:
            struct.pack_into("<H", content, start + place, value)
            start += 4
        words = refused(tmp_path, "a.docx", bytes(content))
        assert words == "is no DOCX that can be read; it may be damaged."


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import docx

    def unpacked(*_: object) -> None:
        raise AssertionError("it was unpacked")

    monkeypatch.setattr(docx, "Document", unpacked)
    monkeypatch.setattr(docx_reader, "LARGEST", 400_000)
    content = packed({"word/document.xml": b" " * 2_500_000})
    assert len(content) < 10_000
    words = refused(tmp_path, "a.docx", content)
    assert words == "would unpack to 2 MB, far more than a text needs."


def test_no_entity_of_a_word_file_brings_in_another_file(tmp_path: Path, secret: str) -> None:
    entities = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{secret}"><!ENTITY y "yyyy">]>'
    start = "<w:document "
    content = docx_file("The plan HERE")
    content = repacked(content, {"word/document.xml": (start, entities + start)})
    content = repacked(content, {"word/document.xml": ("HERE", "&x;&y;")})
    assert SECRET not in opened(tmp_path, "a.docx", content).text


@pytest.mark.parametrize(
    ("head", "author", "outlet"),
    [
        ("By Mara Quill", "Mara Quill", None),
        ("BY MARA QUILL AND JON ORR", "MARA QUILL AND JON ORR", None),
        (
            "By Mara Quill, Jon Orr and Ana de la Belu in Lenn",
            "Mara Quill, Jon Orr and Ana de la Belu",
            None,
        ),
        ("By Mara Quill, Diplomatic Editor", "Mara Quill", None),
        ("PORT LENN (North Wire) - Talks go on.", None, "North Wire"),
        ("PORT LENN, Aug. 24 (NW) — Talks go on.", None, "NW"),
        ("By Friday Evening", None, None),
        ("By Mara Quill the talks were over.", None, None),
        ("By then", None, None),
        ("The plan (Annex B) - a summary", None, None),
    ],
)
def test_first_lines_name_who_wrote_where_the_file_does_not(
    tmp_path: Path, head: str, author: str | None, outlet: str | None
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Talks resume\n\n{head}\n\nHe said no.\n", encoding="utf-8")
    document = open_document(path)
    assert (document.author, document.outlet) == (author, outlet)
