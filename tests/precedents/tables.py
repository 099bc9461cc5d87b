"""Made-up agreements in tables of the same columns as the downloaded ones, as text and workbook."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pytest

from detente.precedents.pax import Agreements, open_agreements
from detente.precedents.ucdp import Treaties, open_treaties
from detente.precedents.vocabulary import provisions, topics

__all__ = [
    "PAX_FILE",
    "UCDP_FILE",
    "as_csv",
    "as_workbook",
    "made_up",
    "needs_shared",
    "pax_rows",
    "read_pax",
    "read_ucdp",
    "ucdp_rows",
]

SHARED = Path(os.environ.get("DETENTE_SHARED") or Path(__file__).parents[3] / "shared") / "data"
PAX_FILE = SHARED / "peace" / "pax_all_agreements_data.xlsx"
UCDP_FILE = SHARED / "peace" / "PAD_v22.1_derived.xlsx"

needs_shared = pytest.mark.skipif(
    not (PAX_FILE.is_file() and UCDP_FILE.is_file()),
    reason="NOT CHECKED against PA-X and UCDP: set DETENTE_SHARED to the folder that has them",
)

Rows = list[dict[str, str]]


def pax_rows(agreements: Sequence[Mapping[str, object]]) -> Rows:
    """Agreements of invented processes; what is not given is coded 0."""
    codes = [topic.code for topic in topics().values() if not topic.own]
    usual = {
        "Agt": "A made-up agreement",
        "Dat": "2001-05-06",
        "Stage": "Pre",
        "Agtp": "Intra",
        "Reg": "Northland",
        "Contp": "Government",
        "PPName": "Northland talks",
    }
    return [
        {
            "AgtId": str(number),
            **usual,
            **dict.fromkeys(codes, "0"),
            **{key: str(value) for key, value in given.items()},
        }
        for number, given in enumerate(agreements, 1)
    ]


def made_up(count: int, seed: int) -> Rows:
    """Agreements drawn at random: each code with its own frequency, parts with their main code."""
    generator = np.random.default_rng(seed)
    chances = {t.code: generator.uniform(0.02, 0.6) for t in topics().values() if not t.own}
    rows: list[dict[str, object]] = []
    for number in range(count):
        row: dict[str, object] = {
            "Agt": f"Made-up agreement {number}",
            "Dat": f"{generator.integers(1990, 2021)}-0{generator.integers(1, 10)}-11",
            "Stage": str(generator.choice(["Pre", "Cea", "SubPar", "SubComp", "Imp"])),
            "Agtp": str(generator.choice(["Intra", "Inter"], p=[0.8, 0.2])),
            "Reg": str(generator.choice(["Northland", "Southland"])),
            "Contp": str(generator.choice(["Government", "Territory"])),
        }
        for topic in topics().values():
            if not topic.own and generator.random() < chances[topic.code]:
                row[topic.code] = int(generator.integers(1, 4)) if topic.graded else 1
                if topic.part_of:
                    row.setdefault(topic.part_of.removeprefix("pax/"), 1)
        rows.append(row)
    return pax_rows(rows)


def ucdp_rows(agreements: Sequence[Mapping[str, object]]) -> Rows:
    """Agreements that lasted or not; what is not given is no provision."""
    usual = {"pa_date": "1995-01-01", "ended": "", "duration": "", "pa_type": "2"}
    return [
        {
            "paid": str(number),
            "pa_name": f"Made-up accord {number}",
            **usual,
            **dict.fromkeys(provisions(), "0"),
            **{key: str(value) for key, value in given.items()},
        }
        for number, given in enumerate(agreements, 1)
    ]


def as_csv(rows: Rows, separator: str = ",") -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def as_workbook(rows: Rows) -> bytes:
    """The smallest workbook with these cells: numbers as numbers, all else as text."""
    lines = [list(rows[0]), *([row[name] for name in rows[0]] for row in rows)]
    cells = "".join(f"<row>{''.join(map(_cell, line))}</row>" for line in lines)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sheet.xml" ContentType="{sheet}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="all" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="sheet.xml"/></Relationships>',
        "xl/sheet.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return stream.getvalue()


def _cell(text: str) -> str:
    if text.isdigit():
        return f"<c><v>{text}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def read_pax(rows: Rows, folder: Path) -> Agreements:
    path = folder / "pax.csv"
    path.write_text(as_csv(rows), encoding="utf-8")
    return open_agreements(path, folder / "cache")


def read_ucdp(rows: Rows, folder: Path) -> Treaties:
    path = folder / "ucdp.csv"
    path.write_text(as_csv(rows), encoding="utf-8")
    return open_treaties(path, folder / "cache")
