"""Which negotiation scenarios of other programs can be read and written?

Folders in the formats of Genius (XML), GeniusWeb (JSON), NegoLog (JSON) and NegMAS (YAML or JSON),
read exactly, each on the scale that its format defines. Entry functions:
:func:`detente.formats.read.read_scenario` and :func:`detente.formats.write.write_scenario`.
"""
