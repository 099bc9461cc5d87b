"""What could the parties do instead, and where would that settle? The graph model for conflicts.

Decision makers control options; every combination that can occur is a state; each moves within its
own options. A state is stable for a decision maker when moving away does not pay, judged by how far
it looks ahead (Fang, Hipel and Kilgour 1993, Interactive Decision Making). The entry points are
:func:`~detente.strategy.stability.find_stability`, :func:`~detente.strategy.paths.find_paths`,
:func:`~detente.strategy.coalitions.find_jumps`, :func:`~detente.strategy.inverse.find_changes` and
:func:`~detente.strategy.explain.explain_state`.
"""
