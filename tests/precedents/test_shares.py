"""Wilson's interval: published values, and what defines it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.precedents.shares import Share

COUNTS = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_newcombe_1998_table_1_method_3(count: int, base: int, low: float, high: float) -> None:
    share = Share(count, base)
    assert (round(share.low, 4), round(share.high, 4)) == (low, high)


@given(COUNTS)
def test_ends_lie_one_score_away_from_the_share(counts: tuple[int, int]) -> None:
    share = Share(*counts)
    assert share.share is not None
    for end in (share.low, share.high):
        if 0.0 < end < 1.0:
            score = (share.share - end) / math.sqrt(end * (1.0 - end) / share.base)
            assert abs(abs(score) - 1.959963984540054) < 1e-6


@given(COUNTS)
def test_the_rest_has_the_mirrored_interval(counts: tuple[int, int]) -> None:
    count, base = counts
    share, rest = Share(count, base), Share(base - count, base)
    assert math.isclose(share.low, 1.0 - rest.high, abs_tol=1e-9)
    assert 0.0 <= share.low <= count / base <= share.high <= 1.0


def test_thin_below_thirty() -> None:
    assert Share(0, 29).thin
    assert not Share(0, 30).thin


@pytest.mark.parametrize("counts", [(2, 1), (-1, 3)])
def test_no_share_beyond_its_base(counts: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="is no share"):
        Share(*counts)
