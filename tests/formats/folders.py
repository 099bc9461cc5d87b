"""Small scenarios in every format, as files by name."""

from __future__ import annotations

from pathlib import Path

DOMAIN_XML = """<?xml version="1.0" encoding="UTF-8"?>
<negotiation_template>
<utility_space number_of_issues="2">
<objective index="0" name="ferry" type="objective" etype="objective">
<issue index="1" name="fare" vtype="discrete" type="discrete">
<item index="1" value="cheap"/>
<item index="2" value="dear"/>
</issue>
<issue index="2" name="trips" vtype="integer" type="integer" lowerbound="2" upperbound="6"/>
</objective>
</utility_space>
</negotiation_template>
"""

ISLAND_XML = """<utility_space number_of_issues="2">
<objective index="0" name="ferry" type="objective" etype="objective">
<weight index="1" value="0.4"/>
<weight index="2" value="0.6"/>
<issue index="1" name="fare" type="discrete">
<item index="1" value="cheap" evaluation="4"/>
<item index="2" value="dear" evaluation="1"/>
<similarity_function><item index="1" value="cheap" evaluation="9"/></similarity_function>
</issue>
<issue index="2" name="trips" type="integer" lowerbound="2" upperbound="6">
<evaluator ftype="linear" slope="0.25" offset="0"/>
</issue>
</objective>
<discount_factor value="0.9"/>
<reservation value="0.25"/>
</utility_space>
"""

OPERATOR_XML = """<utility_space>
<objective index="0">
<issue index="1" name="fare" type="discrete">
<item index="1" value="cheap" evaluation="0"/>
<item index="2" value="dear" evaluation="10"/>
</issue>
<issue index="2" name="trips" type="integer">
<evaluator ftype="linear" slope="-0.25" offset="1.0"/>
</issue>
<weight index="2" value="0.5"/>
<weight index="1" value="0.5"/>
</objective>
</utility_space>
"""

GENIUS = {"ferry.xml": DOMAIN_XML, "island.xml": ISLAND_XML, "operator.xml": OPERATOR_XML}

GRID_XML = """<negotiation_template><utility_space><objective index="0">
<issue index="1" name="east" type="integer" lowerbound="0" upperbound="9"/>
<issue index="2" name="north" type="integer" lowerbound="0" upperbound="9"/>
</objective></utility_space></negotiation_template>
"""

FIELDS_XML = """<utility_space type="nonlinear"><objective index="0">
<issue index="1" name="east" type="integer" lowerbound="0" upperbound="9"/>
<issue index="2" name="north" type="integer" lowerbound="0" upperbound="9"/>
<utility maxutility="40"><ufun type="PlainUfun" weight="2" aggregation="sum">
<hyperRectangle utility="5"><INCLUDES index="1" min="7" max="9"/></hyperRectangle>
<hyperRectangle utility="10">
<INCLUDES index="2" min="0" max="3"/>
<INCLUDES index="1" min="9" max="12"/>
</hyperRectangle>
</ufun></utility></objective>
<reservation value="0.5"/>
</utility_space>
"""

RECTANGLES = {"grid.xml": GRID_XML, "fields.xml": FIELDS_XML}

DOMAIN_WEB = """{"name": "ferry", "issuesValues": {
  "fare": {"values": ["cheap", "dear"]},
  "trips": {"range": ["2", "4", "1"]}
}}
"""

PROFILE_WEB = """{"LinearAdditiveUtilitySpace": {
  "name": "islanders",
  "issueWeights": {"fare": 0.4, "trips": 0.6},
  "issueUtilities": {
    "fare": {"discreteutils": {"valueUtilities": {"cheap": 1.0, "dear": 0.25}}},
    "trips": {"numberutils":
      {"lowValue": 2, "highValue": "4", "lowUtility": 0, "highUtility": 1.0}}
  },
  "reservationBid": {"issuevalues": {"fare": "dear", "trips": 3}},
  "domain": {"name": "ferry", "issuesValues": {
    "fare": {"values": ["cheap", "dear"]},
    "trips": {"range": ["2", "4", "1"]}
  }}
}}
"""

GENIUSWEB = {"ferry.json": DOMAIN_WEB, "island.json": PROFILE_WEB, "specials.json": '{"size": 6}'}

PROFILE_LOG = """{
 "reservationValue": 0.3,
 "issueWeights": {"fare": 0.4, "pier": 0.6},
 "issues": {
  "fare": {"cheap": 1.0, "dear": 0.25},
  "pier": {"old": 0.1, "new": 1}
 }
}
"""

NEGOLOG = {
    "profileA.json": PROFILE_LOG,
    "profileB.json": PROFILE_LOG.replace(' "reservationValue": 0.3,\n', ""),
    "specs.json": '{"Name": "ferry"}',
}

SPACE_YAML = """issues:
- name: fare
  type: CategoricalIssue
  values:
  - cheap
  - dear
- name: trips
  type: ContiguousIssue
  values:
  - 2
  - 4
- name: seats
  type: DiscreteCardinalIssue
  values: [10, 20.5]
name: ferry
path: null
type: DiscreteCartesianOutcomeSpace
"""

TABLE_YAML = """name: island
reserved_outcome: null
reserved_value: -.inf
stability: 2047
type: LinearAdditiveUtilityFunction
values:
- mapping:
    cheap: 1.0
    dear: 0.1000000000000000000001
  type: TableFun
- bias: -1
  slope: 0.5
  type: AffineFun
- type: IdentityFun
weights:
- 2
- 1
- 1.0e-2
"""

NEGMAS = {"ferry.yml": SPACE_YAML, "island.yml": TABLE_YAML}


def write_folder(folder: Path, files: dict[str, str]) -> Path:
    """Write the files into the folder, and return it."""
    folder.mkdir(exist_ok=True, parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
