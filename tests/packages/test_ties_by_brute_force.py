"""Packages of exactly the same worth, against all packages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detente.packages.frontier import find_frontier
from detente.packages.space import build_space
from detente.packages.ties import find_ties
from packages.brute import Brute
from packages.spaces import Written, examples, written_spaces


@examples(80)
@given(written_spaces(parties=(1, 3)), st.integers(0, 6), st.data())
def test_ties_are_the_other_packages_of_the_same_worth(
    written: Written, most: int, data: st.DataObject
) -> None:
    brute = Brute(written)
    if not brute.worth:
        return
    package = data.draw(st.sampled_from(sorted(brute.worth)))
    equal = {p for p, row in brute.worth.items() if row == brute.worth[package]} - {package}
    found, complete = find_ties(written.build(), package, most)
    assert len(found) == len(set(found)) == min(most, len(equal))
    assert set(found) <= equal
    assert complete == (len(equal) <= most)


@examples(40)
@given(written_spaces(parties=(1, 3), points=4), st.integers(1, 6))
def test_a_frontier_lists_ties_where_they_are_asked_for(written: Written, most: int) -> None:
    brute = Brute(written)
    if not brute.worth:
        return
    for point in find_frontier(written.build(), all_packages=most):
        equal = {p for p, row in brute.worth.items() if row == point.utilities}
        assert {point.package, *point.ties} <= equal
        assert point.all_ties == (len(equal) <= most + 1)
        assert len({point.package, *point.ties}) == min(most + 1, len(equal))


def test_ties_are_not_looked_for_unasked() -> None:
    space = build_space(points={"x": ["0", "1"]}, parties=["a"], values=[[[1, 1]]])
    assert [(point.ties, point.all_ties) for point in find_frontier(space)] == [((), None)]
