"""The case as arrays: compiled once, used by every method.

The entry point is :func:`~detente.compiled.compiled.compile_case`.
"""
