"""Spatial bargaining: models, intervals, tables and cases."""
