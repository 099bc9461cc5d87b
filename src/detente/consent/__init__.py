"""Whose yes is needed, by which rule, and how likely is it that every rule is met together?

Rules become formulas over *voters*; one actor is one voter, in however many rules it stands, so the
chance that everything passes is computed jointly. The entry points are
:func:`~detente.consent.rules.read_rules`, :func:`~detente.consent.joint.chance_of` and
:func:`~detente.consent.blocking.minimal_blocking_sets`.
"""
