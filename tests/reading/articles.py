"""Short invented articles, a case to read them for, and an engine that needs no model."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from detente.case.examples import example_folder
from detente.case.load import load
from detente.reading.attributions.attribution import Attribution
from detente.reading.engines import Engine
from detente.reading.review.proposals import Proposals, propose

__all__ = ["ARTICLE", "OTHER", "case_files", "copied", "engine", "read", "written"]

ARTICLE = """Kyiv answers the draft

21 November 2025

Zelensky said that we reject the cap on the size of the armed forces.
Kallas said that the plan is unacceptable to Europe and always will be.
Peskov said that the weather is fine.
A senior official said that we accept the plan.
Ana Belu said that the plan is a good basis if Oruvia signs.
Lavrov said that a ceasefire would last a day.
"""
"""Two lack nothing; the third and the last lack what they are about, two lack who it is."""

OTHER = """Europe will not have it

22 November 2025

Kallas said that the plan is unacceptable to Europe, and always will be.
Putin said that the plan is unacceptable to Europe and always will be.
"""

_LINE = re.compile(r"^(.+?) (said) that (.+?)\.?$", re.MULTILINE)


def attributions(text: str) -> list[Attribution]:
    """Every line *NAME said that WORDS.* is an attribution."""
    return [
        Attribution((found.span(1),), (found.span(2),), (found.span(3),))
        for found in _LINE.finditer(text)
    ]


engine = Engine(attributions)


def copied(folder: Path, name: str = "ukraine-2025") -> Path:
    """A copy of a shipped example."""
    target = folder / "case"
    shutil.copytree(example_folder(name), target)
    return target


CASE = {
    "case.yaml": "title: A small part of a case\n",
    "actors.yaml": """# Who acts.
actors:
  - {id: ukraine, name: Ukraine}
  - {id: verkhovna-rada, name: Verkhovna Rada}
  - {id: russia, name: Russian Federation}
  - {id: european-union, name: European Union}
  - {id: finland, name: Finland}
  - {id: nato, name: NATO}
people:
  - {id: zelensky, name: Volodymyr Zelensky, authority: head, speaks_for: ukraine}
  - {id: stefanchuk, name: Ruslan Stefanchuk, speaks_for: [ukraine, verkhovna-rada]}
  - {id: putin, name: Vladimir Putin, authority: head, speaks_for: russia}
  - {id: lavrov, name: Sergei Lavrov, authority: minister, speaks_for: russia}
  - {id: peskov, name: Dmitry Peskov, authority: spokesperson, speaks_for: russia}
  - {id: kallas, name: Kaja Kallas, authority: minister, speaks_for: european-union}
  - {id: julianne-smith, name: Julianne Smith, authority: former}
  - {id: rubio, name: Marco Rubio}
  # nobody else
""",
    "points.yaml": """- id: army-cap
  title: Size of Ukraine's armed forces
  text: How many soldiers Ukraine may have at most.
  status_quo: no-limit
  options:
    - {id: no-limit, text: No limit}
    - {id: c600, text: A cap of 600 thousand}
    - {id: c800, text: A cap of 800 thousand}
- id: elections
  title: Elections in Ukraine
  text: By when Ukraine holds national elections.
  status_quo: no-date
  options:
    - {id: no-date, text: No date}
    - {id: within-100-days, text: Within 100 days}
""",
    "drafts.yaml": """- id: us-russia-28
  title: 28-point draft
  date: 2025-11-20
  takes: {army-cap: c600, elections: within-100-days}
- id: e3
  title: European counter-draft
  date: 2025-11-23
  takes: {army-cap: c800, elections: absent}
""",
    "sources.yaml": """# What was read.
- {id: bloomberg-2025-11-21, outlet: Bloomberg, date: 2025-11-21}

- id: opora-2025   # another one
  outlet: OPORA
""",
    "statements.yaml": """# Who said what.

- id: kallas-2025-11-20-b
  actor: european-union
  speaker: kallas
  date: 2025-11-20
  source: bloomberg-2025-11-21   # read twice
  about: {draft: us-russia-28}
  stance: -1
  gist: Ukraine and Europe must both be on board; the aggressor should be pressed

- id: putin-2025-11-20
  actor: russia
  speaker: putin
  date: 2025-11-20
  source: [bloomberg-2025-11-21, opora-2025]
  about: {draft: us-russia-28}   # as a whole
  stance: 1
  gist: Could be a basis

# A comment between.
- id: lavrov-2025-11
  actor: russia
  date: 2025-11
  about: [{point: army-cap, option: c600}, {draft: us-russia-28}]
  gist: Says little
# The end.
""",
}
"""A case of a few records with comments in it; reading and writing it takes no time."""


def written(folder: Path) -> Path:
    """The small case in a folder of its own."""
    target = folder / "case"
    target.mkdir()
    for name, text in CASE.items():
        (target / name).write_text(text, encoding="utf-8")
    return target


def read(folder: Path, text: str = ARTICLE, name: str = "article.txt") -> Proposals:
    """Read an article for the case in a folder."""
    path = folder.parent / name
    path.write_text(text, encoding="utf-8")
    return propose(load(folder), path, engine)


def case_files(folder: Path) -> dict[str, bytes]:
    """The files of a case, without what reading keeps beside them."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "proposals" not in str(path.relative_to(folder))
    }
