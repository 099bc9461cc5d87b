"""What changed from one draft, or one case folder, to another, and for whom?

The entry points are :func:`~detente.compare.drafts.compare_drafts` and
:func:`~detente.compare.cases.compare_cases`.
"""
