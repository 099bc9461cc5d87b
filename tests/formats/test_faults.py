"""Every bad scenario is refused in a sentence with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import CaseError, RequestError
from detente.formats.read import read_scenario

from .folders import (
    DOMAIN_WEB,
    DOMAIN_XML,
    FIELDS_XML,
    GENIUS,
    GENIUSWEB,
    GRID_XML,
    ISLAND_XML,
    NEGMAS,
    NEGOLOG,
    OPERATOR_XML,
    PROFILE_LOG,
    PROFILE_WEB,
    RECTANGLES,
    SPACE_YAML,
    TABLE_YAML,
    write_folder,
)


def refusals(folder: Path, files: dict[str, str], scale: str = "format") -> list[str]:
    """Return the faults found, each without the folder, with its code behind it."""
    with pytest.raises(CaseError) as caught:
        read_scenario(write_folder(folder, files), scale)
    told = []
    for problem in caught.value.problems:
        assert problem.message.endswith((".", "?")), problem
        place = str(problem).removeprefix(str(folder)).lstrip("/: ")
        told.append(f"{place} [{problem.code}]")
    return told


def cut(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


BILLION = (
    '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]><utility_space>&c;</utility_space>'
)
FOREIGN = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><utility_space>&b;</utility_space>'

XML_FAULTS = {
    "truncated": (
        ISLAND_XML[:200],
        "island.xml:5:1: This is not XML: unclosed token",
        "scenario-xml",
    ),
    "entities": (
        BILLION,
        "island.xml:1:13: A document type (DOCTYPE) is not read",
        "scenario-entity",
    ),
    "outside": (
        FOREIGN,
        "island.xml:1:13: A document type (DOCTYPE) is not read",
        "scenario-entity",
    ),
    "deep": (
        "<objective>" * 100 + "</objective>" * 100,
        "island.xml:1:441: Elements nest more than 40 deep",
        "scenario-xml",
    ),
    "weights": (
        cut(ISLAND_XML, "0.4", "0.7"),
        "island.xml:3:1: The weights of this profile sum to 1.3; they should sum to 1.",
        "scenario-weight",
    ),
    "no weight": (
        cut(ISLAND_XML, '<weight index="2" value="0.6"/>', ""),
        "island.xml:10:1: The issue 'trips' has no weight",
        "scenario-weight",
    ),
    "negative weight": (
        cut(ISLAND_XML, "0.6", "-0.6"),
        "island.xml:4:1: The weight of 'trips' is negative",
        "scenario-weight",
    ),
    "infinite weight": (
        cut(ISLAND_XML, "0.6", "Infinity"),
        "island.xml:4:1: 'Infinity' is not a finite number",
        "scenario-number",
    ),
    "zero weights": (
        cut(cut(ISLAND_XML, "0.6", "0"), "0.4", "0"),
        "island.xml:3:1: All weights are 0",
        "scenario-weight",
    ),
    "missing issue": (
        cut(
            cut(OPERATOR_XML, '<issue index="2" name="trips" type="integer">', ""),
            "</issue>\n<w",
            "<w",
        ),
        "island.xml:1:1: The issue 'trips' of the domain is missing here",
        "scenario-issue",
    ),
    "unknown issue": (
        cut(ISLAND_XML, 'name="fare"', 'name="fair"'),
        "island.xml:5:1: The domain has no issue 'fair'; did you mean 'fare'?",
        "scenario-issue",
    ),
    "other index": (
        cut(ISLAND_XML, 'issue index="1"', 'issue index="7"'),
        "island.xml:5:1: The issue 'fare' has the index 7 here but not in the domain.",
        "scenario-issue",
    ),
    "no evaluation": (
        cut(ISLAND_XML, ' evaluation="4"', ""),
        "island.xml:6:1: 'item' has no attribute 'evaluation'",
        "scenario-value",
    ),
    "missing value": (
        cut(ISLAND_XML, '<item index="1" value="cheap" evaluation="4"/>\n', ""),
        "island.xml:5:1: The value 'cheap' of 'fare' has no evaluation",
        "scenario-value",
    ),
    "unknown value": (
        cut(ISLAND_XML, '"cheap"', '"cheep"'),
        "island.xml:6:1: The issue 'fare' has no value 'cheep'; did you mean 'cheap'?",
        "scenario-value",
    ),
    "value twice": (
        cut(ISLAND_XML, '"dear"', '"cheap"'),
        "island.xml:7:1: The value 'cheap' of 'fare' stands twice",
        "scenario-value",
    ),
    "not a number": (
        cut(ISLAND_XML, 'evaluation="4"', 'evaluation="NaN"'),
        "island.xml:6:1: 'NaN' is not a finite number",
        "scenario-number",
    ),
    "long": (
        cut(ISLAND_XML, 'evaluation="4"', f'evaluation="{"4" * 41}"'),
        "island.xml:6:1: A number of more than 40 digits",
        "scenario-number",
    ),
    "exponent": (
        cut(ISLAND_XML, 'evaluation="4"', 'evaluation="4e999999999"'),
        "island.xml:6:1: An exponent beyond 100",
        "scenario-number",
    ),
    "nothing positive": (
        cut(
            cut(ISLAND_XML, 'evaluation="4"', 'evaluation="0"'), 'evaluation="1"', 'evaluation="-1"'
        ),
        "island.xml:5:1: No evaluation of the issue 'fare' is positive",
        "scenario-value",
    ),
    "shape": (
        cut(ISLAND_XML, 'ftype="linear"', 'ftype="triangular"'),
        "island.xml:11:1: Evaluators of the type 'triangular' are not read",
        "scenario-kind",
    ),
    "no evaluator": (
        cut(ISLAND_XML, '<evaluator ftype="linear" slope="0.25" offset="0"/>', ""),
        "island.xml:10:1: The issue 'trips' has no evaluator",
        "scenario-value",
    ),
    "bounds": (
        cut(ISLAND_XML, 'upperbound="6"', 'upperbound="7"'),
        "island.xml:10:1: The bounds of 'trips' differ from 2 to 6.",
        "scenario-value",
    ),
    "reservation": (
        cut(ISLAND_XML, '<reservation value="0.25"/>', '<reservation value="-inf"/>'),
        "island.xml:15:1: '-inf' is not a finite number",
        "scenario-number",
    ),
    "type": (
        cut(ISLAND_XML, "<utility_space", '<utility_space type="uncertain"'),
        "island.xml:1:1: Utility spaces of the type 'uncertain' are not read.",
        "scenario-kind",
    ),
}


@pytest.mark.parametrize("name", XML_FAULTS)
def test_a_bad_profile_in_xml(tmp_path: Path, name: str) -> None:
    text, words, code = XML_FAULTS[name]
    (told,) = refusals(tmp_path, {"ferry.xml": DOMAIN_XML, "island.xml": text})
    assert told.startswith(words)
    assert told.endswith(f"[{code}]")


DOMAIN_FAULTS = {
    "name twice": ('name="trips"', 'name="fare"', "9:1: Two issues are called 'fare'"),
    "index twice": ('index="2" name="trips"', 'index="1" name="trips"', "9:1: Two issues have"),
    "value twice": ('value="dear"', 'value="cheap"', "5:1: The value 'cheap' of the issue 'fare'"),
    "no name": (' name="fare"', "", "5:1: 'issue' has no attribute 'name'"),
    "bounds": ('lowerbound="2"', 'lowerbound="7"', "9:1: The lower bound 7 is above"),
    "too many": ('upperbound="6"', 'upperbound="600000"', "9:1: The issue has more than 100,000"),
    "broken": ('lowerbound="2"', 'lowerbound="2.5"', "9:1: 'lowerbound' is 2.5; a whole number"),
    "kind": ('vtype="integer"', 'vtype="real"', "9:1: Issues of the type 'real' are not read"),
}


@pytest.mark.parametrize("name", DOMAIN_FAULTS)
def test_a_bad_domain_in_xml(tmp_path: Path, name: str) -> None:
    old, new, words = DOMAIN_FAULTS[name]
    files = {"ferry.xml": cut(DOMAIN_XML, old, new), "island.xml": ISLAND_XML}
    assert refusals(tmp_path, files)[0].startswith(f"ferry.xml:{words}")


RECTANGLE_FAULTS = {
    "index": ('<INCLUDES index="1"', '<INCLUDES index="3"', "5:29: The domain has no issue"),
    "order": ('min="7" max="9"', 'min="9" max="7"', "5:29: The range starts at 9 and ends at 7"),
    "outside": ('min="7" max="9"', 'min="12" max="15"', "5:29: The range 12 to 15 lies outside"),
    "twice": ('<INCLUDES index="2"', '<INCLUDES index="1"', "8:1: The rectangle has two ranges"),
    "excludes": ("<INCLUDES", "<EXCLUDES", "5:1: Rectangles that exclude packages"),
    "maximum": ('maxutility="40"', 'maxutility="0"', "4:1: The largest utility"),
    "sum": ('aggregation="sum"', 'aggregation="max"', "4:26: The aggregation 'max' is not read"),
}


@pytest.mark.parametrize("name", RECTANGLE_FAULTS)
def test_a_bad_rectangle(tmp_path: Path, name: str) -> None:
    old, new, words = RECTANGLE_FAULTS[name]
    files = {"grid.xml": GRID_XML, "fields.xml": cut(FIELDS_XML, old, new)}
    assert refusals(tmp_path, files)[0].startswith(f"fields.xml:{words}")


def test_a_rectangle_needs_integer_issues(tmp_path: Path) -> None:
    text = cut(FIELDS_XML, "east", "fare").replace("north", "trips")
    text = text.replace(' lowerbound="0" upperbound="9"', "")
    told = refusals(tmp_path, {"ferry.xml": DOMAIN_XML, "fields.xml": text})
    assert told[0].startswith("fields.xml:5:29: The domain has no integer issue with the index 1")


WEB_FAULTS = {
    "cut off": (PROFILE_WEB[:100], "island.json:3:45: The file ends too early", "scenario-json"),
    "behind": (PROFILE_WEB + "}", "island.json:15:1: Something stands behind", "scenario-json"),
    "deep": ("[" * 100_000, "island.json:1:42: Values nest more than 40 deep", "scenario-json"),
    "key twice": (
        cut(PROFILE_WEB, '"dear": 0.25', '"cheap": 0.25'),
        "island.json:5:65: The key 'cheap' stands twice, first in line 5",
        "scenario-json",
    ),
    "not a number": (
        cut(PROFILE_WEB, "0.25", "NaN"),
        "island.json:5:73: 'NaN' is not a finite number",
        "scenario-number",
    ),
    "infinite": (
        cut(PROFILE_WEB, "0.25", "-Infinity"),
        "island.json:5:73: '-Infinity' is not a finite number",
        "scenario-number",
    ),
    "long": (
        cut(PROFILE_WEB, "0.25", "0." + "3" * 5000),
        "island.json:5:73: A number of more than 40 digits",
        "scenario-number",
    ),
    "no number": (
        cut(PROFILE_WEB, "0.25", "null"),
        "island.json:5:73: A number is expected under 'dear'.",
        "scenario-number",
    ),
    "weights": (
        cut(PROFILE_WEB, '"trips": 0.6', '"trips": 0.9'),
        "island.json:3:19: The weights of this profile sum to 1.3; they should sum to 1.",
        "scenario-weight",
    ),
    "no weight": (
        cut(PROFILE_WEB, ', "trips": 0.6', ""),
        "island.json:3:19: The issue 'trips' is missing here",
        "scenario-weight",
    ),
    "unknown issue": (
        cut(PROFILE_WEB, '"fare": {"discreteutils"', '"fair": {"discreteutils"'),
        "island.json:4:21: The issue 'fare' is missing here",
        "scenario-issue",
    ),
    "missing value": (
        cut(PROFILE_WEB, ', "dear": 0.25', ""),
        "island.json:5:50: The value 'dear' of 'fare' has no utility",
        "scenario-value",
    ),
    "unknown value": (
        cut(PROFILE_WEB, '"dear": 0.25', '"dear": 0.25, "deer": 1'),
        "island.json:5:79: The issue 'fare' has no value 'deer'; did you mean 'dear'?",
        "scenario-value",
    ),
    "ends": (
        cut(PROFILE_WEB, '"highValue": "4"', '"highValue": 2'),
        "island.json:7:7: 'lowValue' must be less than 'highValue'.",
        "scenario-value",
    ),
    "bid": (
        cut(PROFILE_WEB, '"trips": 3', '"trips": 5'),
        "island.json:9:63: The issue 'trips' has no value '5'",
        "scenario-value",
    ),
    "other domain": (
        cut(PROFILE_WEB, '"values": ["cheap", "dear"]', '"values": ["dear", "cheap"]'),
        "island.json:10:13: The profile is about another domain",
        "scenario-domain",
    ),
    "kind": (
        cut(PROFILE_WEB, "LinearAdditiveUtilitySpace", "SumOfGroupsUtilitySpace"),
        "island.json:1:2: Profiles of the kind 'SumOfGroupsUtilitySpace' are not read",
        "scenario-kind",
    ),
    "utilities": (
        cut(PROFILE_WEB, "discreteutils", "wavyutils"),
        "island.json:5:13: The utilities of 'fare' are of no known kind",
        "scenario-kind",
    ),
}


@pytest.mark.parametrize("name", WEB_FAULTS)
def test_a_bad_profile_in_json(tmp_path: Path, name: str) -> None:
    text, words, code = WEB_FAULTS[name]
    told = refusals(tmp_path, {"ferry.json": DOMAIN_WEB, "island.json": text})
    assert told[0].startswith(words)
    assert told[0].endswith(f"[{code}]")


NEGMAS_FAULTS = {
    "kind": ("LinearAdditiveUtilityFunction", "WeightedUtilityFunction", "1:1: Utility functions"),
    "shape": ("IdentityFun", "SinFun", "14:3: Functions of the type 'SinFun' are not read"),
    "value": ("cheap: 1.0", "cheep: 1.0", "8:5: The issue 'fare' has no value 'cheep'"),
    "weights": ("- 2\n", "", "16:1: There are 2 weights; 3 are expected."),
    "infinite": ("slope: 0.5", "slope: .inf", "12:10: '.inf' is not a finite number"),
    "mapping": (
        TABLE_YAML,
        "mapping:\n  ? - 1\n  : 2\ntype: MappingUtilityFunction\n",
        "4:1: Utility",
    ),
    "control": ("island", "isl\u00e9\x00", "1:11: The character U+0000 may not stand in YAML"),
    "tag": ("stability: 2047", "stability: !!python/name:os.system x", "4:12: The tag"),
}


@pytest.mark.parametrize("name", NEGMAS_FAULTS)
def test_a_bad_profile_of_negmas(tmp_path: Path, name: str) -> None:
    old, new, words = NEGMAS_FAULTS[name]
    files = {"ferry.yml": SPACE_YAML, "island.yml": cut(TABLE_YAML, old, new)}
    assert refusals(tmp_path, files)[0].startswith(f"island.yml:{words}")


def test_continuous_issues_are_refused(tmp_path: Path) -> None:
    space = cut(SPACE_YAML, "ContiguousIssue", "ContinuousIssue")
    told = refusals(tmp_path, {"ferry.yml": space, "island.yml": TABLE_YAML})
    assert told[0].startswith("ferry.yml:7:3: Issues of the type 'ContinuousIssue' are not read")


FOLDER_FAULTS: dict[str, tuple[dict[str, str], str]] = {
    "empty": ({}, "The folder has no file of a scenario that can be read; it is empty."),
    "foreign": ({"map.xml": "<svg/>"}, "The folder has no file of a scenario"),
    "no domain": ({"island.xml": ISLAND_XML}, "The folder has profiles but no domain"),
    "no profile": ({"ferry.xml": DOMAIN_XML}, "The folder has a domain but no profile"),
    "two domains": ({**GENIUS, "pier.xml": DOMAIN_XML}, "pier.xml: The folder has two domains"),
    "two web domains": ({**GENIUSWEB, "pier.json": DOMAIN_WEB}, "pier.json: The folder has two"),
    "mixed": (
        {**GENIUS, **NEGOLOG},
        "The folder mixes formats: Genius XML ('ferry.xml') and NegoLog",
    ),
    "same name": (
        {**NEGMAS, "island.yaml": TABLE_YAML},
        "island.yml: Two profiles are called 'island'",
    ),
    "a case": ({**GENIUS, "case.yaml": ""}, "case.yaml: This is a case, not a scenario"),
    "disagreeing": (
        {**NEGOLOG, "profileB.json": cut(PROFILE_LOG, '"new"', '"next"')},
        "profileB.json:6:24: The issue 'pier' has no value 'next'",
    ),
}


@pytest.mark.parametrize("name", FOLDER_FAULTS)
def test_a_bad_folder(tmp_path: Path, name: str) -> None:
    files, words = FOLDER_FAULTS[name]
    assert refusals(tmp_path, files)[0].startswith(words)


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    island = cut(cut(ISLAND_XML, '"cheap"', '"cheep"'), 'slope="0.25"', 'slope="x"')
    operator = cut(OPERATOR_XML, 'evaluation="10"', 'evaluation="ten"')
    told = refusals(tmp_path, {**GENIUS, "island.xml": island, "operator.xml": operator})
    assert [line[:16] for line in told] == [
        "island.xml:6:1: ",
        "island.xml:11:1:",
        "operator.xml:5:1",
    ]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="There is no such folder"):
        read_scenario(tmp_path / "nowhere")


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    write_folder(tmp_path, GENIUS)
    (tmp_path / "island.xml").write_bytes(ISLAND_XML.replace("cheap", "chéap").encode("latin-1"))
    told = refusals(tmp_path, {})
    assert told == [
        "island.xml:6:26: Byte 0xe9 is not UTF-8; save the file as UTF-8. [scenario-file]"
    ]


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    write_folder(tmp_path, GENIUS)
    with (tmp_path / "island.xml").open("wb") as file:
        file.truncate(50_000_001)
    assert refusals(tmp_path, {})[0].startswith("island.xml: The file is larger than 50 MB")


def test_a_domain_that_grows_beyond_all_bounds(tmp_path: Path) -> None:
    issue = '<issue index="{0}" name="{0}" type="integer" lowerbound="1" upperbound="99999"/>'
    issues = "".join(issue.format(place) for place in range(12))
    files = {**RECTANGLES, "grid.xml": f"<negotiation_template>{issues}</negotiation_template>"}
    assert "The domain has more than 1,000,000 values" in refusals(tmp_path, files)[0]


def test_an_unknown_scale(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="There is no scale 'raw'"):
        read_scenario(write_folder(tmp_path, GENIUS), "raw")
