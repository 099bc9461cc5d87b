"""What is the smallest change that everybody needed could accept, or what cannot be met together?

The entry points are :func:`~detente.amend.fewest.find_fewest_changes` and
:func:`~detente.amend.deadlock.find_deadlock`; both are proven by an exact solver (CP-SAT of
OR-Tools) over integers, and every package found is checked again with the full formulas.
"""
