"""Who gains and who gives on which point, against the status quo?

The entry point is :func:`~detente.ledger.ledger.draw_up`.
"""
