"""Whose vote decides, and how often? Power in the rules by which consent is given.

Rules become simple games (Taylor and Zwicker 1999); power indices are exact fractions of exactly
counted coalitions. The entry points are :func:`~detente.power.indices.find_power` for indices,
:func:`~detente.power.coalitions.find_coalitions` for minimal winning and blocking coalitions, and
:func:`~detente.power.passage.find_passage` for the chance of passing under stated or believed
probabilities.
"""
