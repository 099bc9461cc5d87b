"""Texts that are read together: every one is read once, as what stands around it lets it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading.engines import shipped_folder
from detente.reading.network import Network, joined_pieces, windows_of

TEXTS = ["The envoy said no.", "He left.", "", "Ana Belu told the paper that she would sign."]


@pytest.fixture(scope="module")
def network() -> Network:
    return Network(shipped_folder("tagger") / "tagger.onnx", threads=1)


@given(st.lists(st.integers(2, 60)), st.integers(0, 100))
def test_windows_hold_all_in_order_and_no_more_than_fits(sizes: list[int], longest: int) -> None:
    windows = windows_of(sizes, longest)
    assert [place for window in windows for place in window] == list(range(len(sizes)))
    widths = [len(joined_pieces([[0] * sizes[place] for place in each])) for each in windows]
    assert all(
        width <= longest or len(each) == 1 for width, each in zip(widths, windows, strict=True)
    )
    for window, following, width in zip(windows, windows[1:], widths, strict=False):
        assert window.stop == following.start
        assert width + sizes[following.start] - 1 > longest


def test_alone_or_together_every_piece_has_its_scores(network: Network) -> None:
    alone = {place: (spans, scores) for place, spans, scores in network.scores(TEXTS)}
    together = {place: (spans, scores) for place, spans, scores in network.scores(TEXTS, window=99)}
    assert alone.keys() == together.keys() == set(range(len(TEXTS)))
    for place, (spans, scores) in alone.items():
        assert list(spans) == list(together[place][0])
        assert scores.shape == together[place][1].shape == (len(spans), scores.shape[1])
    assert not np.allclose(alone[1][1], together[1][1], atol=0.1)


def test_a_window_is_read_as_one_text(network: Network) -> None:
    (whole,) = network.scores(["The envoy said no. [SEP] He left."])
    first, second = network.scores(TEXTS[:2], window=99)
    assert np.allclose(whole[2], np.concatenate([first[2], second[2][1:]]), atol=1e-3)
