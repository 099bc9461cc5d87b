"""Norms that run: dates, executor, log, commands."""
