"""What becomes of an agreement after the signature: how long it holds, and what breaks first?

Norms are kept, broken and performed late by chance, under stated assumptions, over many runs. The
times of all events are solved for in the order in which norms trigger one another, for all runs at
once; what that cannot solve is stepped through by the executor of :mod:`detente.enactment`, which
is the oracle for the rest. Common shocks by a Gaussian copula (Li 2000); comparisons on the same
random numbers (Glasserman and Yao 1992). Entry: :func:`detente.simulate.of_case.simulate_case`.
"""
