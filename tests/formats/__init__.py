"""Scenarios of other programs, read and written."""
