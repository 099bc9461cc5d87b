"""The smallest case that is worth asking: one point, two actors, two drafts."""

from __future__ import annotations

from pathlib import Path

__all__ = ["MINIMAL", "PACKAGES", "write_case"]

MINIMAL: dict[str, str] = {
    "case.yaml": """\
title: A bridge between two towns
as_of: 2025-06-30
scenarios:
  - id: ferry-stays
    title: The ferry goes on
  - id: ferry-ends
    title: The ferry is given up
""",
    "actors.yaml": """\
actors:
  - id: north
    name: Northtown
  - id: south
    name: Southtown
people:
  - id: mayor
    name: The mayor
    authority: head
    speaks_for: north
""",
    "points.yaml": """\
- id: toll
  title: Toll
  status_quo: none
  options:
    - id: none
      text: No toll
    - id: shared
      text: A toll shared by halves
    - id: north-only
      text: A toll that Northtown keeps
""",
    "drafts.yaml": """\
- id: first
  date: 2025-06-01
  takes:
    toll: shared
- id: second
  date: 2025-06-15
  takes:
    toll: north-only
""",
    "sources.yaml": """\
- id: gazette
  outlet: The Gazette
  date: 2025-06
""",
    "statements.yaml": """\
- id: mayor-june
  actor: north
  speaker: mayor
  date: 2025-06-10
  source: gazette
  about: {point: toll, option: shared}
  stance: 1
  gist: Could live with a shared toll
""",
    "ratings.yaml": """\
author: The analyst
ratings:
  - {actor: south, point: toll, option: shared, rating: 1.5, reason: pays less than the ferry}
  - {actor: south, point: toll, option: north-only, rating: -1, reason: would only pay}
red_lines:
  - {actor: south, point: toll, options: [north-only], probability: 0.5, reason: said in council}
no_deal:
  - {actor: north, scenario: ferry-ends, value: -1, reason: cut off in winter}
""",
    "consent.yaml": """\
- id: both-sign
  title: Both towns sign
  points: all
  rule:
    all: [north, south]
  legal_source: Both councils
""",
}

PACKAGES: dict[str, str] = {
    "points": MINIMAL["points.yaml"]
    + """\
- id: lanes
  title: Lanes
  status_quo: two
  options:
    - {id: two, text: Two lanes}
    - {id: four, text: Four lanes}
""",
    "drafts": MINIMAL["drafts.yaml"].replace("    toll:", "    lanes: four\n    toll:"),
    "constraints": """\
# What the engineers and the councils rule out.
- id: lanes-cost      # by the estimate of May
  requires: {if: {lanes: four}, then: {toll: [shared, north-only]}}
  source: gazette
  why: Four lanes cannot be built for nothing
- id: not-both
  excludes: {toll: north-only, lanes: four}
- id: one-burden
  at_most: 1
  of:
    - {toll: [shared, north-only]}
    - {lanes: four, toll: none}   # both hold, or it does not count
- id: not-kept
  never: {toll: [north-only]}
""",
    "preferences": """\
# Asked in both councils.
- actor: north
  author: The analyst
  scale: share of the best package
  values:
    toll: {none: 0, shared: "1/3", north-only: 1.0}   # in thirds
    lanes:
      two: 0.0
      four: 0.25
  together:
    - takes: {toll: [none, shared], lanes: four}
      value: -1/7
  reservation: 0.2
  discount: 0.9
- actor: south
  constant: 10
  values:
    toll: {none: 5, shared: 3, north-only: 0}
""",
}
"""Files that add a second point, constraints of all kinds and preferences to the minimal case."""


def write_case(folder: Path, **files: str | bytes | None) -> Path:
    """Write the minimal case into ``folder`` and return it.

    Each keyword replaces one file, by its path (``**{"drafts/third.yaml": ...}``) or by its name
    without the ending (``points=...``); ``None`` leaves a file out.
    """
    contents: dict[str, str | bytes | None] = dict(MINIMAL)
    for name, content in files.items():
        contents[name if "." in name else f"{name}.yaml"] = content
    for name, content in contents.items():
        if content is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder
