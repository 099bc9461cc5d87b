"""Tables as they are downloaded: forms, the cache, and one sentence for each that is wrong."""

from __future__ import annotations

import stat
from pathlib import Path

import numpy as np
import pytest

from detente.errors import RequestError
from detente.precedents.pax import open_agreements
from detente.precedents.ucdp import open_treaties
from precedents.tables import as_csv, as_workbook, pax_rows, ucdp_rows

TWO = pax_rows(
    [
        {"Agt": "Côte treaty,\nwith a line break", "Ce": 3, "CeProv": 1, "Stage": "Cea"},
        {"Dat": "1999-12-31", "Agtp": "Inter", "StBor": 1, "StDef": 1},
    ]
)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", as_csv(TWO)),
        ("semicolons.csv", as_csv(TWO, ";")),
        ("tabs.txt", as_csv(TWO, "\t")),
        ("bom.csv", b"\xef\xbb\xbf" + as_csv(TWO).encode()),
        ("windows.csv", as_csv(TWO).encode("cp1252")),
        ("days-first.csv", as_csv(TWO).replace("1999-12-31", "31/12/1999")),
        ("spaces.csv", as_csv(TWO).replace("StBor", " StBor ", 1)),
        ("decimals.csv", as_csv(TWO).replace(",3,", ",3.0,")),
        ("a.xlsx", as_workbook(TWO)),
        ("misnamed.csv", as_workbook(TWO)),
    ],
)
def test_every_form_is_read_alike(name: str, content: str | bytes, tmp_path: Path) -> None:
    found = open_agreements(write(tmp_path, name, content), tmp_path / "cache")
    assert list(found.names) == ["Côte treaty,\nwith a line break", "A made-up agreement"]
    assert [str(date) for date in found.dates] == ["2001-05-06", "1999-12-31"]
    assert list(found.traits["decade"]) == ["2000s", "1990s"]
    assert list(found.traits["stage"]) == ["Cea", "Pre"]
    assert found.level("pax/Ce").tolist() == [3, 0]
    assert found.has("pax/StBor").tolist() == [False, True]
    assert found.levels.sum() == 6
    assert len(found.between_states()) == 1
    assert found.facts.rows == 2


def test_the_second_time_comes_from_the_cache_and_is_the_same(tmp_path: Path) -> None:
    path, cache = write(tmp_path, "a.xlsx", as_workbook(TWO)), tmp_path / "deep" / "cache"
    first, second = open_agreements(path, cache), open_agreements(path, cache)
    assert (first.facts.cached, second.facts.cached) == (False, True)
    assert np.array_equal(first.levels, second.levels)
    assert list(first.names) == list(second.names)
    assert list(first.dates) == list(second.dates)
    (kept,) = cache.iterdir()
    assert first.facts.sha256 in kept.name


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", as_csv(TWO))
    open_agreements(path, tmp_path / "cache")
    write(tmp_path, "a.csv", as_csv(TWO[:1]))
    found = open_agreements(path, tmp_path / "cache")
    assert (len(found), found.facts.cached) == (1, False)


def test_a_cache_that_was_damaged_is_written_anew(tmp_path: Path) -> None:
    path, cache = write(tmp_path, "a.csv", as_csv(TWO)), tmp_path / "cache"
    open_agreements(path, cache)
    (kept,) = cache.iterdir()
    kept.write_bytes(kept.read_bytes()[:200])
    assert not open_agreements(path, cache).facts.cached
    assert open_agreements(path, cache).facts.cached


def test_a_closed_cache_folder_does_no_harm(tmp_path: Path) -> None:
    path, cache = write(tmp_path, "a.csv", as_csv(TWO)), write(tmp_path, "taken", "a file")
    found = open_agreements(path, cache)
    assert (len(found), found.facts.cached) == (2, False)
    assert stat.S_ISREG(cache.stat().st_mode)


def test_columns_that_a_version_lacks_are_told(tmp_path: Path) -> None:
    rows = [{key: value for key, value in row.items() if key != "ImRef"} for row in TWO]
    found = open_agreements(write(tmp_path, "a.csv", as_csv(rows)), tmp_path / "cache")
    assert found.facts.missing == ("ImRef",)
    assert "pax/ImRef" not in found.codes


def test_an_empty_cell_counts_as_not_coded(tmp_path: Path) -> None:
    rows = pax_rows([{"Ele": "", "Ce": 1}])
    found = open_agreements(write(tmp_path, "a.csv", as_csv(rows)), tmp_path / "cache")
    assert not found.has("pax/Ele").any()
    assert found.has("pax/Ce").all()


NARROW = as_csv([{"AgtId": "1", "Agt": "x", "Dat": "", "Stage": "", "Agtp": "", "Ce": "1"}])
FEW = as_csv([{k: row[k] for k in list(row)[:20]} for row in TWO])
WRONG_PAX = {
    "": "The file is empty",
    "<!doctype html><p>404": "Found a web page or XML, not a table",
    "PK\x03\x04 and no more": "begins like a workbook and cannot be read as one",
    "a\x00b": "Found neither a workbook nor text",
    "a,b\n1,2\n": "Found the columns 'a', 'b'",
    "a,b,c,d,e,f\n1,2,3,4,5,6\n": "'a', 'b', 'c', 'd' and 2 more",
    "a,b\n1,2,3,4\n": "cannot be read as a table with commas",
    as_csv(TWO).partition("\n")[0] + "\n": "Found no rows",
    NARROW: "The columns 'Reg', 'Contp' are missing",
    FEW: "Found 12 of 239 columns of topics",
    as_csv([TWO[0], TWO[0]]): "The agreement 1 stands twice",
    as_csv([{**TWO[0], "AgtId": "one"}]): "'AgtId' holds 'one'",
    as_csv([{**TWO[0], "AgtId": "nan"}]): "'AgtId' holds 'nan'",
    as_csv([{**TWO[0], "Ce": "nan"}]): "The agreement 1 has 'nan' in 'Ce'",
    as_csv([{**TWO[0], "Ce": "4"}]): "The agreement 1 has '4' in 'Ce'; right would be a whole",
    as_csv([{**TWO[0], "Ce": "yes"}]): "The agreement 1 has 'yes' in 'Ce'",
    as_csv([{**TWO[0], "Ce": "1.5"}]): "The agreement 1 has '1.5' in 'Ce'",
    as_csv([{**TWO[0], "Dat": "May 2001"}]): "The agreement 1 has the date 'May 2001'",
    as_csv(ucdp_rows([{}])): "Found the columns 'paid', 'pa_name', 'pa_date', 'ended' and 31 more",
}


@pytest.mark.parametrize("content", WRONG_PAX, ids=WRONG_PAX.get)
def test_a_wrong_file_gets_one_sentence_with_what_is_right(content: str, tmp_path: Path) -> None:
    path = write(tmp_path, "wrong.csv", content)
    with pytest.raises(RequestError) as error:
        open_agreements(path, tmp_path / "cache")
    message = str(error.value)
    assert message.startswith(f"{path}: ")
    assert WRONG_PAX[content] in message
    assert "right " in message
    assert "\n" not in message
    assert not (tmp_path / "cache").exists(), "what is wrong is not kept"


def test_a_workbook_of_something_else_names_its_columns(tmp_path: Path) -> None:
    path = write(tmp_path, "other.xlsx", as_workbook([{"paid": "1", "cease": "0"}]))
    with pytest.raises(RequestError, match="Found the columns 'paid', 'cease'; right is"):
        open_agreements(path, tmp_path / "cache")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"none\.xlsx: The file cannot be read \(No such file"):
        open_agreements(tmp_path / "none.xlsx")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ended": "2"}, "Made-up accord 1 has '2' in 'ended'; right would be a whole number"),
        ({"pa_date": "soon"}, "Made-up accord 1 has the date 'soon' in 'pa_date'"),
    ],
)
def test_a_wrong_cell_of_ucdp(change: dict[str, str], words: str, tmp_path: Path) -> None:
    path = write(tmp_path, "wrong.csv", as_csv(ucdp_rows([change])))
    with pytest.raises(RequestError, match=words):
        open_treaties(path, tmp_path / "cache")


def test_names_of_ucdp_columns_may_end_in_a_blank(tmp_path: Path) -> None:
    rows = [
        {f"{k} " if k in ("ref", "return") else k: v for k, v in row.items()}
        for row in ucdp_rows([{"ref": 1}])
    ]
    found = open_treaties(write(tmp_path, "a.xlsx", as_workbook(rows)), tmp_path / "cache")
    assert found.has("ref").all()
    assert not found.has("return").any()
    assert str(found.until) == "1995-12-31"
