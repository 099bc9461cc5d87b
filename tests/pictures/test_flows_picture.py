"""The Sankey diagram: widths are amounts, places have their columns, any flows can be drawn."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.patches import PathPatch, Rectangle

from detente.pictures.files import svg_of
from detente.pictures.flows import Flow, Place, draw_flows

PLACES = [Place(f"account {n}", [None, "north", "south"][n % 3], 0.0, 1.0) for n in range(6)]
_flows = st.lists(
    st.builds(
        Flow,
        giver=st.integers(0, 5),
        taker=st.integers(0, 5),
        amount=st.floats(0, 1e12),
        words=st.just("why"),
    ).filter(lambda flow: flow.giver != flow.taker),
    max_size=9,
    unique_by=lambda flow: (flow.giver, flow.taker),
)


@settings(max_examples=25, deadline=None)
@given(_flows)
def test_any_flows_can_be_drawn_on_the_sheet(flows: list[Flow]) -> None:
    figure = draw_flows(PLACES, flows, unit="EUR", title="Flows", caption="Bars.")
    (axes,) = figure.axes
    bars = [each for each in axes.patches if isinstance(each, Rectangle)]
    left, right = axes.get_xlim()
    low, high = axes.get_ylim()
    for bar in bars:
        assert left <= bar.get_x() <= right
        assert low <= bar.get_y()
        assert bar.get_y() + bar.get_height() <= high
    kept = [flow for flow in flows if flow.amount > 0]
    assert sum(isinstance(each, PathPatch) for each in axes.patches) == len(kept)
    assert svg_of(figure) == svg_of(figure)


def test_bars_are_as_high_as_what_passes_through() -> None:
    flows = [Flow(0, 1, 30.0, "a"), Flow(0, 2, 10.0, "b"), Flow(1, 2, 20.0, "c")]
    (axes,) = draw_flows(PLACES[:3], flows, unit="EUR").axes
    bars = {str(each.get_label())[:9]: each for each in axes.patches if isinstance(each, Rectangle)}
    heights = [bars[f"account {n}"].get_height() for n in range(3)]
    assert [round(height / heights[0] * 40, 6) for height in heights] == [40, 30, 30]
    lefts = [bars[f"account {n}"].get_x() for n in range(3)]
    assert lefts == sorted(lefts)
    assert len(set(lefts)) == 3


def test_words_that_a_picture_cannot_hold_are_made_plain() -> None:
    places = [Place("<a>\n&", "x" * 90, 0.0, 0.0), Place("$b$\x00", None, 0.0, 0.0)]
    text = svg_of(draw_flows(places, [Flow(0, 1, 1.0, "</svg>")], unit="EUR"))
    assert "<a>" not in text
    assert text.count("</svg>") == 1
