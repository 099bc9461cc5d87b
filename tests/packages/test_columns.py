"""Numbers of any size in columns of 64 bits, against Python's own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.packages.dominance import Columns, clearly_dominated, nondominated
from packages.spaces import examples

EDGES = [0, 1, -1, 2**53, 2**60 - 1, 2**60, -(2**60), 2**62 - 1, 2**62, 2**63, -(2**63), 2**64]
EDGES += [2**119, 2**120 - 1, 2**120, -(2**120), 2**121, 2**179, -(2**180), 2**180]
numbers = st.sampled_from(EDGES) | st.integers(-(2**180), 2**180) | st.integers(-9, 9)


@st.composite
def tables(draw: st.DrawFn, *, parties: tuple[int, int] = (1, 4)) -> list[tuple[int, ...]]:
    """Return whole numbers ``(packages, parties)``, every party's of its own size."""
    count = draw(st.integers(*parties))
    sizes = [draw(st.sampled_from([3, 2**61, 2**63, 2**120, 2**180])) for _ in range(count)]
    return draw(
        st.lists(
            st.tuples(*(numbers.filter(lambda v, s=size: abs(v) <= s) for size in sizes)),  # type: ignore[misc]
            min_size=1,
            max_size=8,
        )
    )


def largest_of(rows: list[tuple[int, ...]]) -> list[int]:
    return [max(abs(value) for value in column) for column in zip(*rows, strict=True)]


@examples(150)
@given(tables())
def test_what_is_written_is_read_back(rows: list[tuple[int, ...]]) -> None:
    columns = Columns(largest_of(rows))
    assert columns.read(columns.write(rows)) == rows


@examples(150)
@given(tables(), st.data())
def test_sums_are_exact_once_carried(rows: list[tuple[int, ...]], data: st.DataObject) -> None:
    columns = Columns([4 * each for each in largest_of(rows)])
    picks = st.lists(st.integers(0, len(rows) - 1), min_size=1, max_size=4)
    places = data.draw(picks)
    total = sum(columns.write([rows[place]]) for place in places)
    expected = tuple(map(sum, zip(*(rows[place] for place in places), strict=True)))
    assert columns.read(columns.carry(np.array(total))) == [expected]


@examples(150)
@given(tables())
def test_ranks_stand_in_the_order_of_the_numbers(rows: list[tuple[int, ...]]) -> None:
    columns = Columns(largest_of(rows))
    ranks = columns.ranks(columns.write(rows))
    for party, column in enumerate(zip(*rows, strict=True)):
        for first, rank in zip(column, ranks[:, party], strict=True):
            for second, other in zip(column, ranks[:, party], strict=True):
                assert (first < second) == (rank < other)
                assert (first == second) == (rank == other)


@examples(150)
@given(tables())
def test_a_number_whose_top_is_larger_is_larger(rows: list[tuple[int, ...]]) -> None:
    columns = Columns(largest_of(rows))
    tops = columns.tops(columns.write(rows))
    for party, column in enumerate(zip(*rows, strict=True)):
        for first, top in zip(column, tops[:, party], strict=True):
            for second, other in zip(column, tops[:, party], strict=True):
                assert first > second or top <= other


@pytest.mark.parametrize("bits", range(58, 182))
def test_numbers_at_every_width_are_kept(bits: int) -> None:
    rows = [(2**bits - 1,), (-(2**bits) + 1,), (0,), (-1,), (2 ** (bits - 1),)]
    columns = Columns([2**bits - 1])
    written = columns.write(rows)
    assert columns.read(written) == rows
    assert np.argsort(columns.ranks(written)[:, 0]).tolist() == [1, 3, 2, 4, 0]
    tops = columns.tops(written)[:, 0]
    assert (np.diff(tops[[1, 3, 2, 4, 0]]) >= 0).all()


@examples(150)
@given(
    st.integers(1, 4).flatmap(
        lambda parties: st.lists(
            st.tuples(
                *[st.integers(-2, 3) | st.sampled_from([2**53, 2**53 + 1, -(2**62)])] * parties
            ),
            min_size=1,
            max_size=12,
        )
    )
)
def test_what_is_kept_is_what_no_other_row_is_as_good_as(rows: list[tuple[int, ...]]) -> None:
    kept = [rows[place] for place in nondominated(np.array(rows, dtype=np.int64))]
    expected = {
        row
        for row in rows
        if not any(o != row and all(a >= b for a, b in zip(o, row, strict=True)) for o in rows)
    }
    assert len(kept) == len(set(kept))
    assert set(kept) == expected


@examples(100)
@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=1, max_size=12))
def test_clearly_dominated_is_what_another_exceeds_in_both(rows: list[tuple[int, int]]) -> None:
    expected = [any(a > c and b > d for a, b in rows) for c, d in rows]
    assert clearly_dominated(np.array(rows)).tolist() == expected
