"""Will it be accepted? By whom not, because of which points, and how sure is that?

The entry points are :class:`~detente.assess.outlook.Outlook` (a case, a scenario and the constants,
made ready) and :func:`~detente.assess.verdict.assess`.
"""
