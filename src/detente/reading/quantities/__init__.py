"""Amounts, shares, counts, durations and dates of a text, with their units and conversions."""
