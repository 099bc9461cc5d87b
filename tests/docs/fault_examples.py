"""Every code of a fault, as the source has it, and how to make one fault of each kind."""

from __future__ import annotations

import ast
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import detente
from detente.case.load import load, parse_folder
from detente.case.starter import make_case
from detente.case.write import save
from detente.errors import CaseError, Problem
from detente.forecast.target import issues_to_score
from detente.formats.read import read_scenario
from detente.formats.read_positions import read_positions
from detente.money.run import run_money
from detente.power.written import read_rule
from detente.strategy.gmcr import read_gmcr

_SLUG = re.compile(r"[a-z]+(-[a-z]+)*\Z")
_OF_RULES = re.compile(r"rule-[a-z]+\Z")
_OF_SCENARIOS = re.compile(r"scenario-[a-z]+\Z")
_OF_MONEY = re.compile(r"money-[a-z-]+\Z")
_OF_TABLES = re.compile(r"table-[a-z]+\Z")


class Example(NamedTuple):
    """One way to make a fault: in ``file`` of the starter case ``old`` becomes ``new``.

    Without ``old`` the file is written whole; without ``new`` it is removed. A fault of a scenario
    is made in the files of :data:`FERRY` instead, one of a table in those of :data:`TABLES`.
    """

    meaning: str
    file: str
    old: str = ""
    new: str | bytes | None = None


def _books(rules: str) -> str:
    """Books of the starter case with these rules."""
    return (
        "- id: dam\n  title: The dam\n  currency: EUR\n  start: 2026-01-01\n"
        "  until: 2026-12-31\n  accounts:\n"
        "    - {id: donors, kind: source, currency: EUR}\n"
        "    - {id: kept, kind: escrow, currency: EUR}\n"
        "    - {id: till, kind: fund, currency: EUR}\n"
        "    - {id: purse, owner: lower-town, currency: EUR}\n"
        "    - {id: dollars, owner: lower-town, currency: USD}\n"
        f"  rules: [{rules}]\n"
    )


FERRY = {
    "domain.xml": """<negotiation_template><utility_space><objective index="0" name="ferry">
<issue index="1" name="fare" type="discrete">
<item index="1" value="low"/>
<item index="2" value="high"/>
</issue>
</objective></utility_space></negotiation_template>
""",
    "island.xml": """<utility_space><objective index="0" name="ferry">
<weight index="1" value="1"/>
<issue index="1" name="fare" type="discrete">
<item index="1" value="low" evaluation="2"/>
<item index="2" value="high" evaluation="1"/>
</issue>
</objective></utility_space>
""",
}
"""A negotiation scenario of another program, without a fault."""


TABLES = {
    "fares.csv": """Actor,Capability,Position,Salience
island,1,20,50
harbour,2,60,100
""",
    "ktab.csv": """Ferry,A made-up one,2,1,
Actor,Description,Power,Fare,Salience,
island,a place,1,20,50,
harbour,a place,2,60,100,
""",
    "decided.csv": """Issue,Actor,Capability,Position,Salience,Outcome
fare,island,1,20,50,30
fare,harbour,2,60,100,30
""",
}
"""Tables of positions without a fault."""


_FERRY_CONFLICT = """- id: ferry
  title: Who runs the ferry
  status_quo: {run: no}
  decision_makers:
    - actor: upper-town
      options: [{id: run, text: Run the ferry}]
      priorities: [{wants: {run: yes}, reason: people must cross}]
"""
_FERRY_FILE = """{"options": [{"name": "run the ferry"}],
 "decisionMakers": [{"name": "island", "options": [0], "preferenceRanking": [2, 1]}],
 "infeasibles": []}
"""

EXAMPLES: dict[str, Example] = {
    "strategy-form": Example(
        "A file of GMCR+ is not of its form.",
        "ferry.gmcr",
        new=_FERRY_FILE.replace("[0]", "[3]"),
    ),
    "strategy-maker": Example(
        "A decision maker has no option, or stands twice.",
        "ferry.gmcr",
        new=_FERRY_FILE.replace("[0]", "[]"),
    ),
    "strategy-owner": Example(
        "An option of a conflict belongs to two decision makers, or to none.",
        "strategy.yaml",
        new=_FERRY_CONFLICT
        + """    - actor: lower-town
      options: [{id: run, text: Run it too}]
      priorities: [{wants: {run: yes}, reason: people must cross}]
""",
    ),
    "strategy-ranking": Example(
        "A ranking of states leaves some out, or names one twice or one that is none.",
        "ferry.gmcr",
        new=_FERRY_FILE.replace("[2, 1]", "[2, 5]"),
    ),
    "strategy-state": Example(
        "A conflict speaks of an option or alternative that it has not, or leaves no state.",
        "strategy.yaml",
        new=_FERRY_CONFLICT.replace("{wants: {run: yes}", "{wants: {run: maybe}"),
    ),
    "rule-chance": Example(
        "A probability in a written rule is none, or one is missing.",
        "council.yaml",
        new="members: [a, b]\ncount: 2\nyes: {a: 1.2, b: 0.5}\n",
    ),
    "rule-form": Example(
        "A written rule is of no known form.",
        "council.yaml",
        new="members: [a, b]\ncount: 2\nweights: [1, 2]\n",
    ),
    "rule-member": Example(
        "A written rule names a member that it does not have, or one twice.",
        "council.yaml",
        new="members: [north, south]\nall: [north, soth]\n",
    ),
    "rule-quota": Example(
        "A quota or count of a written rule is not above 0, or more than there is.",
        "council.yaml",
        new="members: [a, b]\nweights: [3, 2]\nquota: 6\n",
    ),
    "rule-weight": Example(
        "A weight in a written rule is negative or no number, or weights are missing.",
        "council.yaml",
        new="members: [a, b]\nweights: [3, -2]\nquota: 2\n",
    ),
    "about": Example(
        "A statement is about nothing, or about an option without its point.",
        "statements.yaml",
        "about: {draft: first}",
        "about: {stance: 1}",
    ),
    "alias": Example(
        "Aliases multiply a file beyond all bounds.",
        "sources.yaml",
        new="- &s {id: herald, outlet: Herald}\n" + "- *s\n" * 10_000,
    ),
    "circle": Example(
        "Members, or beliefs that are inherited, lead back to where they began.",
        "actors.yaml",
        "name: Lower Town\n    kind: state",
        "name: Lower Town\n    kind: state\n    inherits: lower-council",
    ),
    "comparison": Example(
        "A preference is stated without one option that is preferred.",
        "statements.yaml",
        "about: {draft: first}",
        "about: {draft: first}\n  preferred_to: {option: forty}",
    ),
    "constraint": Example(
        "A constraint is none or several of its kinds, or leaves no option of a point.",
        "constraints.yaml",
        new="- id: measured\n  never: {inspection: [nobody, joint]}\n",
    ),
    "duplicate-assumption": Example(
        "An analyst assumes the same thing twice, or an actor's preferences stand twice.",
        "ratings.yaml",
        "salience:\n",
        "salience:\n  - {actor: lower-town, point: share, salience: 50, reason: first thought}\n",
    ),
    "duplicate-file": Example(
        "Two files hold what one should.",
        "points.yml",
        new="[]\n",
    ),
    "duplicate-voter": Example(
        "An actor is named twice among those who vote.",
        "consent.yaml",
        "[upper-town, lower-town]",
        "[upper-town, lower-town, upper-town]",
    ),
    "fact": Example(
        "A state of law stands among votes that are counted.",
        "consent.yaml",
        "rule: {all: [upper-town, lower-town]}",
        "rule: {at_least: {of: [upper-town, {fact: {text: Dry, holds: true}}], count: 1}}",
    ),
    "duplicate-id": Example(
        "Two records of one kind, two options of a point or two scenarios have one id.",
        "points.yaml",
        "- id: payment",
        "- id: share",
    ),
    "duplicate-key": Example(
        "A key stands twice in one mapping.",
        "actors.yaml",
        "kind: body",
        "kind: body\n    kind: body",
    ),
    "shared-alias": Example(
        "An alias of an actor or a person is a name of another one too.",
        "actors.yaml",
        "name: Upper Town\n",
        "name: Upper Town\n    aliases: [lower town]\n",
    ),
    "duplicate-member": Example(
        "An actor lists a member twice.",
        "actors.yaml",
        "seats: 21",
        "members: [upper-town, upper-town]",
    ),
    "empty-body": Example(
        "A vote is taken among nobody: no members, no seats, or an empty list.",
        "actors.yaml",
        "    seats: 21\n",
        "",
    ),
    "encoding": Example("A file is not UTF-8.", "sources.yaml", new=b"- id: caf\xe9\n"),
    "file": Example("A file cannot be read, or is too large.", "statements/more.yaml/"),
    "folder": Example("There is no such folder, or it is a file.", "", "", None),
    "key": Example(
        "A key is not one word or text.",
        "sources.yaml",
        "  title: Mayors differ over the river",
        "  ? [title]\n  : Mayors differ over the river",
    ),
    "link": Example("A link leads out of the case folder.", "statements/more.yaml@"),
    "missing-key": Example(
        "A key that every such record needs is missing.",
        "points.yaml",
        "  status_quo: none\n",
        "",
    ),
    "missing-option": Example(
        "Preferences give no value to an option.",
        "preferences.yaml",
        new="- actor: lower-town\n  values:\n    payment: {none: 0, shared-fund: 1/3}\n",
    ),
    "money-account": Example(
        "A rule names an account that the books do not have, or that an account pays itself.",
        "money.yaml",
        new=_books("{id: a, from: dues, to: till, amount: 1, date: 2026-03-01}"),
    ),
    "money-amount": Example(
        "An amount is finer than its currency is paid.",
        "money.yaml",
        new=_books("{id: a, from: donors, to: till, amount: 0.125, date: 2026-03-01}"),
    ),
    "money-below-zero": Example(
        "An account that is no source would pay more than it holds.",
        "money.yaml",
        new=_books("{id: a, from: till, to: purse, amount: 5, date: 2026-03-01}"),
    ),
    "money-circle": Example(
        "Money comes back on one day to where it began, or matches set each other off.",
        "money.yaml",
        new=_books(
            "{id: a, from: donors, to: till, amount: 5, date: 2026-03-01}, "
            "{id: b, from: till, to: donors, amount: 5, date: 2026-03-01}"
        ),
    ),
    "money-currency": Example(
        "Currencies do not fit together: a profit in another one, a rate of one to itself.",
        "money.yaml",
        new=_books("") + "  rates: [{from: EUR, to: EUR, date: 2026-03-01, rate: 2}]\n",
    ),
    "money-day": Example(
        "A rule has no day, two, or one outside the books.",
        "money.yaml",
        new=_books("{id: a, from: donors, to: till, amount: 1, date: 2025-03-01}"),
    ),
    "money-escrow": Example(
        "An escrow pays on no condition.",
        "money.yaml",
        new=_books("{id: a, from: kept, to: till, amount: 1, date: 2026-03-01}"),
    ),
    "money-rate": Example(
        "A currency has no rate on a day that needs one.",
        "money.yaml",
        new=_books("{id: a, from: donors, to: dollars, amount: 1, date: 2026-03-01}"),
    ),
    "money-rule": Example(
        "A match or a clawback names a rule that the books do not have.",
        "money.yaml",
        new=_books("{id: a, kind: match, of: dam, from: donors, to: till, share: 1/2}"),
    ),
    "money-share": Example(
        "Shares sum to more than 1, or to less and nobody gets the rest.",
        "money.yaml",
        new=_books(
            "{id: a, kind: profit, of: till, from: donors, rate: 5%, date: 2026-03-01, "
            "split: {purse: 1/2}}"
        ),
    ),
    "money-short": Example(
        "A waterfall pays more than it has.",
        "money.yaml",
        new=_books(
            "{id: a, kind: waterfall, from: till, date: 2026-03-01, "
            "steps: [{id: dam, to: purse, fixed: 5}]}"
        ),
    ),
    "money-step": Example(
        "A claim of a waterfall has no amount, two, or can never get anything.",
        "money.yaml",
        new=_books(
            "{id: a, kind: waterfall, from: till, date: 2026-03-01, steps: [{id: dam, to: purse}]}"
        ),
    ),
    "money-trigger": Example(
        "What a rule hangs on is neither a norm with its state nor an event.",
        "money.yaml",
        new=_books("{id: a, from: donors, to: till, amount: 1, on: {norm: sluice-open}}"),
    ),
    "nesting": Example(
        "Values nest too deep, or hold themselves.",
        "sources.yaml",
        "title: Mayors differ over the river",
        "title: &t [*t]",
    ),
    "no-actors": Example("The case has no actors.", "actors.yaml", new="actors: []\n"),
    "no-points": Example("The case has no points.", "points.yaml"),
    "no-position": Example(
        "An option of an ordered point has no position.",
        "points.yaml",
        "text: 30 percent of the flow, position: 30",
        "text: 30 percent of the flow",
    ),
    "not-a-case": Example("The folder holds no case.yaml.", "case.yaml"),
    "number": Example(
        "A number is absurdly long.",
        "points.yaml",
        "position: 30",
        "position: " + "3" * 41,
    ),
    "other-case": Example("A case would be saved into the folder of another case.", ""),
    "quota": Example(
        "A quota is larger than its body, or both a count and a share are given, or neither.",
        "consent.yaml",
        "share: 1/2",
        "count: 22",
    ),
    "red-line": Example(
        "A red line forbids the status quo.",
        "ratings.yaml",
        "salience:\n",
        "red_lines:\n"
        "  - actor: upper-town\n"
        "    point: share\n"
        "    options: [as-today]\n"
        "    probability: 0.9\n"
        "    reason: said so\n"
        "salience:\n",
    ),
    "reserved-id": Example(
        "An option is named 'absent' or 'unknown', which mean something else in drafts.",
        "points.yaml",
        "id: joint",
        "id: unknown",
    ),
    "rule": Example(
        "A consent rule has both a rule and readings, or neither.",
        "consent.yaml",
        "  rule: {all: [upper-town, lower-town]}\n",
        "",
    ),
    "scenario-domain": Example(
        "A scenario has no list of its issues, or two, or an empty one.", "domain.xml"
    ),
    "scenario-entity": Example(
        "An XML file has a document type, which could define entities.",
        "island.xml",
        "<utility_space>",
        "<!DOCTYPE utility_space><utility_space>",
    ),
    "scenario-file": Example(
        "A file or folder of a scenario cannot be read, is too large or not UTF-8.",
        "island.xml",
        new=b"<utility_space name='caf\xe9'/>\n",
    ),
    "scenario-issue": Example(
        "An issue is unknown, missing, unnamed or stands twice.",
        "island.xml",
        'name="fare"',
        'name="fair"',
    ),
    "scenario-json": Example(
        "The text cannot be read as JSON.", "ferry.json", new='{"issueWeights": {"fare": 1,}}\n'
    ),
    "scenario-kind": Example(
        "A folder, a file or a part of it is of a kind that is not read.",
        "island.xml",
        "<utility_space>",
        '<utility_space type="quadratic">',
    ),
    "scenario-number": Example(
        "A number is missing, or is none that is finite and written in full.",
        "island.xml",
        'weight index="1" value="1"',
        'weight index="1" value="all"',
    ),
    "scenario-profile": Example("A scenario has no party, or two of one name.", "island.xml"),
    "scenario-value": Example(
        "A value of an issue is unknown, missing, stands twice or has no worth.",
        "island.xml",
        'value="low"',
        'value="lo"',
    ),
    "scenario-weight": Example(
        "A weight is missing or negative, or the weights do not sum to 1.",
        "island.xml",
        'weight index="1" value="1"',
        'weight index="1" value="0.5"',
    ),
    "scenario-xml": Example("The text cannot be read as XML.", "island.xml", "</objective>", ""),
    "position": Example(
        "A stated position lies off its scale, or nobody can say on which scale it lies.",
        "positions.yaml",
        new="- point: payment\n  positions:\n"
        "    - {actor: upper-town, position: 1, reason: said so, author: A}\n",
    ),
    "skipped-point": Example(
        "A draft says nothing on a point.", "drafts/first.yaml", "  payment: absent\n", ""
    ),
    "span": Example(
        "The span of a statement ends before it begins.",
        "statements.yaml",
        "about: {draft: first}",
        "about: {draft: first}\n  span: [20, 10]",
    ),
    "tab": Example(
        "A tab stands in the indentation.", "points.yaml", "  title: Payment", "\ttitle: Payment"
    ),
    "table-actor": Example(
        "An actor of a table has no name, stands twice, or there are too many.",
        "fares.csv",
        "harbour",
        "island",
    ),
    "table-capability": Example(
        "A capability is negative, or nobody has any weight.",
        "fares.csv",
        "harbour,2",
        "harbour,-2",
    ),
    "table-cells": Example(
        "A line of a table has more or fewer cells than the first, or quotes do not fit together.",
        "fares.csv",
        "20,50",
        "20",
    ),
    "table-column": Example(
        "A column of a table is missing or stands twice.", "fares.csv", "Salience", "Salence"
    ),
    "table-count": Example(
        "A table of KTAB has other numbers of actors or dimensions than it says.",
        "ktab.csv",
        "one,2,1",
        "one,3,1",
    ),
    "table-empty": Example(
        "A table has no actors, no dimensions or no issues.", "fares.csv", new="\n"
    ),
    "table-issue": Example(
        "Lines of one issue differ in what they say of the issue.",
        "decided.csv",
        "100,30",
        "100,40",
    ),
    "table-kind": Example("An XML file is no scenario of KTAB.", "fares.xml", new="<fares/>\n"),
    "table-number": Example(
        "A number of a table is missing, or is none that is finite and written in full.",
        "fares.csv",
        "harbour,2,60",
        "harbour,2,far",
    ),
    "table-outcome": Example(
        "A table without outcomes is to be scored.", "fares.csv", "1,20", "1,20"
    ),
    "table-position": Example(
        "A position, reference point or outcome lies off the scale.", "ktab.csv", "2,60", "2,160"
    ),
    "table-salience": Example(
        "A salience is below 0 or above 100, or those of an actor in KTAB sum to more than 100.",
        "fares.csv",
        "60,100",
        "60,150",
    ),
    "table-scale": Example(
        "All positions are the same, and nothing says on which scale.", "fares.csv", "20", "60"
    ),
    "tag": Example(
        "A value carries a YAML tag.",
        "sources.yaml",
        "title: Mayors differ over the river",
        "title: !title Mayors differ",
    ),
    "type": Example("A file holds something other than its records.", "points.yaml", new="share\n"),
    "unknown-actor": Example(
        "An actor is named that the case does not have.",
        "consent.yaml",
        "[upper-town, lower-town]",
        "[uper-town, lower-town]",
    ),
    "unknown-draft": Example(
        "A draft is named that the case does not have.",
        "statements.yaml",
        "draft: first",
        "draft: frist",
    ),
    "unknown-file": Example(
        "The folder holds a YAML file that is not part of a case.", "point.yaml", new="[]\n"
    ),
    "unknown-key": Example(
        "A record has a key that such records do not have.",
        "points.yaml",
        "title: Payment for the dam",
        "titel: Payment for the dam",
    ),
    "unknown-option": Example(
        "An option is named that the point does not have.",
        "drafts/first.yaml",
        "share: thirty",
        "share: thrity",
    ),
    "unknown-person": Example(
        "A speaker is named that the case does not have.",
        "statements.yaml",
        "speaker: mayor-lower",
        "speaker: mayor-lowe",
    ),
    "unknown-point": Example(
        "A point is named that the case does not have.",
        "statements.yaml",
        "{point: share, option: thirty}",
        "{point: shares, option: thirty}",
    ),
    "cut-off": Example(
        "An entry of the log was cut off while it was written; the others count.",
        "events.yaml",
        new='- {"id": "e1", "kind": "event", "event": "flood", "happened": "2026-03-01"}\n'
        '- {"id": "e2", "kind": "ev',
    ),
    "correction": Example(
        "Entries of the log correct one another in a circle.",
        "events.yaml",
        new="- {id: e1, kind: event, event: flood, happened: 2026-03-01, corrects: e2}\n"
        "- {id: e2, kind: event, event: flood, happened: 2026-03-02, corrects: e1}\n",
    ),
    "no-such-day": Example(
        "Time is added to a date so that it ends on a day that does not exist.",
        "norms.yaml",
        new="- id: pay\n  title: Pay\n  deadline: {date: 2026-01-31, amount: 1, unit: months}\n",
    ),
    "unknown-norm": Example(
        "A norm is named that the case does not have.",
        "norms.yaml",
        new="- {id: dam, title: Repair the dam}\n- {id: pay, title: Pay, trigger: {norm: damm}}\n",
    ),
    "unknown-entry": Example(
        "An entry corrects one that the log does not have.",
        "events.yaml",
        new="- {id: e1, kind: event, event: flood, happened: 2026-03-01, corrects: e0}\n",
    ),
    "unknown-scenario": Example(
        "A scenario is named that the case does not have.",
        "ratings.yaml",
        "scenario: wet-summer",
        "scenario: wet-sumer",
    ),
    "unknown-source": Example(
        "A source is named that the case does not have.",
        "statements.yaml",
        "source: lenn-herald-2026-02-12",
        "source: lenn-herald-2026-02-21",
    ),
    "unwritable": Example("A case cannot be saved.", ""),
    "value": Example(
        "A value is not of the kind, or not within the bounds, that its key asks for.",
        "statements.yaml",
        "stance: -3",
        "stance: -4",
    ),
    "yaml": Example(
        "The text cannot be read as YAML.",
        "points.yaml",
        "title: Payment for the dam",
        "title: [Payment for the dam",
    ),
}


def codes_in_source() -> set[str]:
    """Return every code that the source gives to a problem."""
    found: set[str] = set()
    for path in Path(detente.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= {*_codes(tree), *_codes_of_scenarios(tree)}
    return found


def _codes_of_scenarios(tree: ast.Module) -> Iterator[str]:
    """Codes of scenarios and tables, which are handed on before a problem is made of them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            value = str(node.value)
            if _OF_SCENARIOS.match(value) or _OF_TABLES.match(value):
                yield value


def _codes(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or len(node.args) < 2:
            continue
        called = node.func
        name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
        if name != "Problem" and not name.endswith("_fault"):
            continue
        code = node.args[-2]
        if isinstance(code, ast.Constant) and isinstance(code.value, str):
            if _SLUG.match(code.value):
                yield code.value
        elif isinstance(code, ast.JoinedStr) and isinstance(code.values[0], ast.Constant):
            start = str(code.values[0].value)
            yield from (f"{start}{kind}" for kind in _known_kinds(tree))


def _known_kinds(tree: ast.Module) -> Iterator[str]:
    """The kinds of name that are looked up: the keys of the table ``self.known``."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.value, ast.Dict):
            continue
        if isinstance(node.target, ast.Attribute) and node.target.attr == "known":
            yield from (str(ast.literal_eval(key)) for key in node.value.keys if key)


def message_of(code: str) -> str | None:
    """Make a fault of this kind in a temporary case or scenario and return how it is told.

    None where the example does not give this fault.
    """
    with tempfile.TemporaryDirectory() as folder:
        outside = _OF_SCENARIOS.match(code) or _OF_TABLES.match(code)
        case = Path(folder) / ("ferry" if outside else "lenn")
        if outside:
            _write_ferry(case, FERRY if _OF_SCENARIOS.match(code) else TABLES)
        else:
            make_case(case)
        problems = _provoke(code, EXAMPLES[code], case)
        found = next((each for each in sorted(problems) if each.code == code), None)
        if found is None:
            return None
        return str(found).replace(f"{folder}{os.sep}", "").replace(os.sep, "/")


def _provoke(code: str, example: Example, case: Path) -> tuple[Problem, ...]:
    path = case / example.file.rstrip("/@")
    if _OF_RULES.match(code) or path.suffix == ".gmcr":
        return _file_faults(path, str(example.new))
    if code == "folder":
        shutil.rmtree(case)
    elif code in ("unwritable", "other-case"):
        return _not_saved(case, code)
    elif example.file.endswith("/"):
        path.mkdir(parents=True)
    elif example.file.endswith("@"):
        outside = case.parent / "more.yaml"
        outside.write_text("[]\n", encoding="utf-8")
        path.parent.mkdir()
        path.symlink_to(outside)
    elif example.old:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(example.old, str(example.new), 1), encoding="utf-8")
    elif isinstance(example.new, bytes):
        path.write_bytes(example.new)
    elif example.new is not None:
        path.write_text(example.new, encoding="utf-8")
    else:
        path.unlink()
    if _OF_TABLES.match(code):
        return _table_faults(path)
    if _OF_SCENARIOS.match(code):
        return _scenario_faults(case)
    read, problems = parse_folder(case)
    found = (*problems, *(read.lost if read else ()))
    return found if found or not _OF_MONEY.match(code) else _money_faults(case)


def _money_faults(case: Path) -> tuple[Problem, ...]:
    """The faults of running books that are well written."""
    try:
        run_money(load(case))
    except CaseError as error:
        return error.problems
    return ()


def _file_faults(path: Path, text: str) -> tuple[Problem, ...]:
    path.write_text(text, encoding="utf-8")
    try:
        read_gmcr(path) if path.suffix == ".gmcr" else read_rule(path)
    except CaseError as error:
        return error.problems
    return ()


def _table_faults(path: Path) -> tuple[Problem, ...]:
    try:
        issues_to_score(read_positions(path))
    except CaseError as error:
        return error.problems
    return ()


def _write_ferry(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def _scenario_faults(folder: Path) -> tuple[Problem, ...]:
    try:
        read_scenario(folder)
    except CaseError as error:
        return error.problems
    return ()


def _not_saved(case: Path, code: str) -> tuple[Problem, ...]:
    """The faults of saving the case onto a file, or into a folder that holds another file."""
    target = case.parent / "valley"
    if code == "unwritable":
        target.write_text("", encoding="utf-8")
    else:
        (target / "drafts").mkdir(parents=True)
        (target / "drafts" / "other.yaml").write_text("id: other\n", encoding="utf-8")
    try:
        save(load(case), target)
    except CaseError as error:
        return error.problems
    return ()
