"""How does the agreement stand: what is in force, due, overdue, broken, and what follows?

Norms with triggers, deadlines and remedies are run over a log of entries by an engine with a clock
of its own: it lets deadlines pass by itself. After Hvitved 2012, van Binsbergen et al. 2020
(eFLINT) and Sharifi et al. 2020 (Symboleo). Entry: :func:`detente.enactment.status.find_status`;
the form that the engine reads is :class:`detente.enactment.compiled.Agreement`.
"""
