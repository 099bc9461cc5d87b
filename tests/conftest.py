"""What holds for all tests: no clock decides whether one passes."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("detente", deadline=None)
settings.load_profile("detente")
