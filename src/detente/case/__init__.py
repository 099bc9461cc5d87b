"""The case as written: records, reading, checking, saving and comparing case folders.

The entry points are :func:`~detente.case.load.load` and :func:`~detente.case.write.save`.
"""
