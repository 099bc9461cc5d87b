"""Tables of positions for tests, one of each form."""

from __future__ import annotations

__all__ = ["ACTORS", "DECISIONS", "DEU", "KTAB_CSV", "KTAB_XML"]

ACTORS = """\
Actor,Capability,Position,Salience
north,1,20,50
south,2,60,100
"coast, the",1,90,25
"""

DECISIONS = """\
Issue;Proposal;Actor;Position;Salience;Capability;Reference;Outcome
toll;bridge;north;0;50;1;0;75
toll;bridge;south;100;50;3;;
lanes;bridge;north;0;80;1;;40
lanes;bridge;south;100;20;3;;
quota;fish;north;10;50;1;100;20
quota;fish;south;30;50;3;;
"""

KTAB_CSV = """\
Bridge, "a made-up, small one", 2, 2,
Actor,Description,Power,Toll,Toll salience,Lanes,Lanes salience,
north, a town, 100, 20, 50, 0, 40,
south, a town, 50, 80, 30, 100, 60,
"""

KTAB_XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<Scenario>
  <name>Bridge</name>
  <ModelParameters/>
  <Dimensions>
    <dName>Toll</dName>
    <dName>Lanes</dName>
  </Dimensions>
  <Actors>
    <Actor>
      <name>north</name>
      <capability>100</capability>
      <Position><dCoord>20</dCoord><dCoord>0</dCoord></Position>
      <Salience><dSal>50</dSal><dSal>40</dSal></Salience>
    </Actor>
    <Actor>
      <name>south</name>
      <capability>50</capability>
      <Position><dCoord>80</dCoord><dCoord>100</dCoord></Position>
      <Salience><dSal>30</dSal><dSal>60</dSal></Salience>
    </Actor>
  </Actors>
</Scenario>
"""

_DEU_HEAD = ("prnr", "isnr", "pcom", "pep", "pde", "pfr", "scom", "sep", "sde", "sfr", "rp", "out")
_DEU_ROWS = (
    ["", "", "4.1", "", "", "", "", "", "", "", "", ""],
    ["p1", "p1i1", "100", "50", "0", "", "80", "40", "20", "", "0", "60"],
    ["p1", "p1i2", "0", "", "100", "50", "30", "", "60", "90", "", "50"],
    ["p2", "p2i1", "0", "100", "", "", "30", "20", "", "", "", "50"],
    ["p2", "p2i2", "0", "100", "100", "70", "30", "20", "10", "", "", ""],
)
DEU = "\n".join(
    ["\t".join(f'"{name}"' for name in _DEU_HEAD), *("\t".join(row) for row in _DEU_ROWS), ""]
)
