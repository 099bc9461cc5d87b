"""What holds for all tests: no clock decides whether one passes, and no network of the user's."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("detente", deadline=None)
settings.load_profile("detente")

os.environ["DETENTE_TAGGER"] = "no-tagger-of-ones-own"
os.environ["DETENTE_STANCES"] = "no-stances-of-ones-own"
