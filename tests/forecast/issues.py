"""Issues for tests, drawn by hypothesis."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from detente.forecast.issue import Inputs, Issue

__all__ = ["any_inputs", "any_issue"]


@st.composite
def any_issue(draw: st.DrawFn, *, least: int = 1, most: int = 9) -> Issue:
    """An issue on 0..100 of a few actors, many of them at the same round places."""
    count = draw(st.integers(least, most))
    place = st.integers(0, 20).map(lambda n: 5.0 * n) | st.floats(0, 100, width=32)
    return Issue(
        "toll",
        tuple(f"a{number}" for number in range(count)),
        draw(st.lists(place, min_size=count, max_size=count)),
        draw(st.lists(st.integers(1, 100), min_size=count, max_size=count)),
        draw(st.lists(st.integers(1, 30), min_size=count, max_size=count)),
        (0.0, 100.0),
        reference=draw(st.none() | place),
    )


@st.composite
def any_inputs(draw: st.DrawFn, *, draws: int = 3, least: int = 2, most: int = 7) -> Inputs:
    """Several draws of positions that do not tie, with one set of weights."""
    seed = draw(st.integers(0, 2**32 - 1))
    count = draw(st.integers(least, most))
    generator = np.random.default_rng(seed)
    return Inputs(
        generator.uniform(0, 100, (draws, count)),
        generator.uniform(0.05, 1, count),
        generator.uniform(0.1, 3, count),
        0.0,
        100.0,
        float(generator.uniform(0, 100)),
    )
