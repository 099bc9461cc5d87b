import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.text import Text

from detente.errors import RequestError
from detente.pictures.frontier import Mark, draw_frontier, save_figure, svg_of

TWO = np.array([[1.0, 9.0], [3.0, 7.0], [6.0, 5.0], [8.0, 2.0]])
THREE = np.array([[1.0, 9.0, 2.0], [3.0, 7.0, 1.0], [6.0, 5.0, -4.0], [8.0, 2.0, 0.0]])
HOSTILE = [
    "<script>alert(1)</script>",
    "$x^2$ & \\frac{a}{b}",
    "a\x00b\u202e</svg>",
    "中文 $",
    "#1c2024",
]


def many_points(count: int) -> np.ndarray:
    share = np.linspace(0.0, 1.0, count)
    return np.column_stack([share, 1.0 - share**2])


def texts(figure: Figure) -> str:
    return " ".join(" ".join(text.get_text().split()) for text in figure.findobj(Text))


def shown_words(svg: str) -> str:
    return " ".join(" ".join(text.split()) for text in ElementTree.fromstring(svg).itertext())


def points_drawn(figure: Figure, axes: int = 0) -> int:
    found = [p for p in figure.axes[axes].patches if p.get_label() == "frontier"]
    return sum(len(patch.get_path().vertices) // 2 for patch in found)


def lines_drawn(figure: Figure) -> int:
    found = [c for c in figure.axes[0].collections if isinstance(c, LineCollection)]
    return sum(len(lines.get_segments()) for lines in found)


def zones(figure: Figure) -> int:
    return len(figure.findobj(lambda artist: (artist.get_gid() or "").startswith("zone")))


@pytest.mark.parametrize(
    ("parties", "points"),
    [("a", [[3.0]]), ("ab", TWO), ("abc", THREE), ("abcdef", np.hstack([THREE, -THREE]))],
)
def test_an_svg_is_well_formed_and_fetches_nothing(parties, points) -> None:
    marks = [Mark("the plan", tuple(np.asarray(points)[0] - 0.5), "draft")]
    svg = svg_of(draw_frontier(list(parties), np.asarray(points), marks=marks, title="T"))
    root = ElementTree.fromstring(svg)
    assert svg.startswith("<svg ")
    assert root.get("role") == "img"
    assert root[0].tag.endswith("}title")
    assert root[0].text == "T"
    without_names = re.sub(r'xmlns(:\w+)?="[^"]*"', "", svg)
    assert not re.search(r"https?:|//|url\((?!#)|<style|<script|<image|data:|date", without_names)
    assert all(each.startswith("#") for each in re.findall(r'href="([^"]*)"', svg))
    assert "currentColor" in svg
    assert "#1c2024" not in svg


def test_every_reference_has_its_own_target() -> None:
    pictures = [svg_of(draw_frontier(["a", "b"], TWO + shift)) for shift in (0.0, 1.0)]
    names = [re.findall(r'\bid="([^"]*)"', svg) for svg in pictures]
    for svg, own in zip(pictures, names, strict=True):
        assert set(re.findall(r"(?:url\(|href=\")#([^\")]*)", svg)) == set(own)
    assert not set(names[0]) & set(names[1])


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_the_same_picture_is_the_same_file(suffix, tmp_path: Path) -> None:
    contents = []
    for _ in range(2):
        save_figure(draw_frontier(["a", "b"], TWO), tmp_path / f"picture{suffix}")
        contents.append((tmp_path / f"picture{suffix}").read_bytes())
    assert contents[0] == contents[1]
    assert len(list(tmp_path.iterdir())) == 1


def test_the_same_picture_of_several_parties_is_the_same_text() -> None:
    first, second = (svg_of(draw_frontier(["a", "b", "c"], THREE)) for _ in range(2))
    assert first == second


def test_the_order_of_points_does_not_matter() -> None:
    assert svg_of(draw_frontier(["a", "b"], TWO)) == svg_of(draw_frontier(["a", "b"], TWO[::-1]))


def test_the_user_s_own_settings_neither_change_a_picture_nor_are_changed() -> None:
    plain = svg_of(draw_frontier(["a", "b"], TWO))
    with mpl.rc_context({"lines.linewidth": 9.0, "font.size": 30.0, "svg.fonttype": "path"}):
        before = dict(mpl.rcParams)
        assert svg_of(draw_frontier(["a", "b"], TWO)) == plain
        assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("count", [3, 12, 20])
def test_every_label_is_in_the_picture(count) -> None:
    generator = np.random.default_rng(1)
    marks = [
        Mark(f"proposal {place}", tuple(4.0 + 0.1 * generator.random(2)), "draft")
        for place in range(count)
    ]
    figure = draw_frontier(["a", "b"], TWO, marks=marks)
    words = shown_words(svg_of(figure))
    assert all(f"proposal {place}: a 4" in words for place in range(count))
    assert all(f"proposal {place} " in f"{texts(figure)} " for place in range(count))


def test_labels_do_not_cover_one_another() -> None:
    marks = [Mark(f"proposal {p}", (4.0 + 0.3 * p, 4.0), "draft") for p in range(6)]
    figure = draw_frontier(["a", "b"], TWO, marks=marks)
    boxes = [t.get_window_extent() for t in figure.axes[0].texts if "proposal" in t.get_text()]
    assert len(boxes) == 6
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


@pytest.mark.parametrize("points", [TWO, THREE])
def test_marks_that_coincide_share_a_label(points) -> None:
    place = tuple(points[1])
    marks = [Mark(name, place, "solution") for name in ("nash", "kalai-smorodinsky")]
    figure = draw_frontier(list("abc")[: points.shape[1]], points, marks=marks)
    assert "nash, kalai-smorodinsky" in texts(figure)
    collections = figure.axes[0].collections
    dots = [each for each in collections if str(each.get_gid()).startswith("mark")]
    assert len(dots) == (1 if points is TWO else 3)


def test_every_kind_has_its_own_shape() -> None:
    kinds = ("draft", "solution", "status quo", "package")
    shapes = set()
    for kind in kinds:
        figure = draw_frontier(["a", "b"], TWO, marks=[Mark("x", (2.0, 2.0), kind)])
        (mark,) = figure.axes[0].collections
        shapes.add(mark.get_paths()[0].vertices.tobytes())
        assert kind in texts(figure)
    assert len(shapes) == 4


def test_all_points_are_drawn_where_they_are_few() -> None:
    assert points_drawn(draw_frontier(["a", "b"], TWO)) == 4
    figure = draw_frontier(["a", "b", "c"], THREE, reservations=[2.0, None, None])
    assert lines_drawn(figure) == 4
    assert [points_drawn(figure, axes) for axes in (1, 2, 3)] == [4, 4, 4]


def test_of_many_points_a_sample_is_drawn_and_the_caption_says_so() -> None:
    two = many_points(23_057)
    figure = draw_frontier(["a", "b"], two)
    assert points_drawn(figure) == 2_000
    assert "2,000 of 23,057 points drawn" in texts(figure)
    six = draw_frontier(list("abcdef"), np.hstack([two, two, two]))
    assert lines_drawn(six) == 2_000
    assert len(six.axes) == 1
    (patch,) = [p for p in figure.axes[0].patches if p.get_label() == "frontier"]
    assert patch.get_path().vertices[0].tolist() == [0.0, 1.0]
    assert patch.get_path().vertices[-2].tolist() == [1.0, 0.0]


@pytest.mark.parametrize(("parties", "panels"), [(3, 3), (4, 6), (5, 10), (6, 0)])
def test_up_to_five_parties_every_pair_has_a_panel(parties, panels) -> None:
    points = np.random.default_rng(2).random((7, parties))
    assert len(draw_frontier(list("abcdef")[:parties], points).axes) == 1 + panels


def test_a_zone_is_shaded_only_where_a_reservation_is_stated_and_can_be_reached() -> None:
    assert zones(draw_frontier(["a", "b"], TWO)) == 0
    assert zones(draw_frontier(["a", "b"], TWO, reservations=[None, None])) == 0
    assert zones(draw_frontier(["a", "b"], TWO, reservations=[None, 3.0])) == 1
    beyond = draw_frontier(["a", "b"], TWO, reservations=[7.0, 7.0])
    assert zones(beyond) == 0
    assert "No point of the frontier reaches every stated reservation." in texts(beyond)
    assert zones(draw_frontier(["a", "b", "c"], THREE)) == 0
    assert zones(draw_frontier(["a", "b", "c"], THREE, reservations=[2.0, None, None])) == 3


def test_the_zone_is_what_is_dominated_above_the_reservations() -> None:
    figure = draw_frontier(["a", "b"], TWO, reservations=[2.0, 4.0])
    (zone,) = figure.findobj(lambda artist: artist.get_gid() == "zone")
    corners = {tuple(map(float, row)) for row in zone.get_xy()}
    assert corners == {(2.0, 7.0), (3.0, 7.0), (3.0, 5.0), (6.0, 5.0), (6.0, 4.0), (2.0, 4.0)}
    assert "zone of possible agreement" in texts(figure)


def test_a_rare_zone_is_shaded_though_the_sample_misses_it() -> None:
    points = many_points(9_001)
    floor = points[4_501]
    assert zones(draw_frontier(["a", "b"], points, reservations=floor.tolist())) == 1


def test_a_reservation_far_outside_is_told_not_drawn() -> None:
    figure = draw_frontier(["a", "b"], TWO, reservations=[-1e9, None])
    assert "The reservation of a, −1×10⁹, lies outside." in texts(figure)
    assert figure.axes[0].get_xlim()[0] > 0.0


def test_an_epsilon_is_told_unless_it_is_zero() -> None:
    told = texts(draw_frontier(["a", "b"], TWO, epsilon=[0.5, 0.25]))
    assert "certified to an epsilon" in told
    assert "at most 0.5 for a, 0.25 for b" in told
    assert "epsilon" not in texts(draw_frontier(["a", "b"], TWO, epsilon=[0.0, 0.0]))


@pytest.mark.parametrize("points", [np.zeros((0, 2)), np.zeros(0), []])
def test_an_empty_frontier_says_so(points) -> None:
    assert "The frontier is empty" in texts(draw_frontier(["a", "b"], points))
    marks = [Mark("the plan", (1.0, 2.0), "draft")]
    figure = draw_frontier(["a", "b"], points, marks=marks, reservations=[3.0, None])
    assert "The frontier is empty" in texts(figure)
    assert "the plan" in texts(figure)


@pytest.mark.parametrize("points", [TWO, THREE])
def test_hostile_names_are_only_words(points, tmp_path: Path) -> None:
    names = HOSTILE[: points.shape[1]]
    marks = [
        Mark(name, tuple(points[0] - place), "draft") for place, name in enumerate(HOSTILE, start=1)
    ]
    figure = draw_frontier(names, points, marks=marks, title=" ".join(HOSTILE))
    svg = svg_of(figure)
    words = shown_words(svg)
    for name in HOSTILE:
        shown = name.replace("\x00", "\\u0000").replace("\u202e", "\\u202e")
        assert f"{shown}: " in words
    assert not any("script" in element.tag for element in ElementTree.fromstring(svg).iter())
    assert not any(text.get_parse_math() for text in figure.findobj(Text))
    save_figure(figure, tmp_path / "picture.png")


@pytest.mark.parametrize(
    "points",
    [
        [[3.0, 4.0]],
        [[0.0, 0.0], [0.0, 0.0]],
        [[-5.0, -1.0], [-7.0, -0.5]],
        [[1e-9, 1e15], [2e-9, -1e15]],
        [[1e9, 5.0], [1e9 + 1.0, 4.0]],
        [[1e99, -1e99], [-1e99, 1e99]],
    ],
)
@pytest.mark.parametrize("parties", [1, 2])
def test_odd_ranges_can_be_drawn(points, parties) -> None:
    wide = np.asarray(points)[:, :parties]
    mark = Mark("x", tuple(wide[0]), "package")
    svg = svg_of(draw_frontier(list("ab")[:parties], wide, marks=[mark]))
    assert not re.search(r"\b(nan|inf)\b", svg)


def test_odd_ranges_of_several_parties_can_be_drawn() -> None:
    points = np.array([[3.0, 1e9, -1e99, 1e-9], [3.0, 1e9 + 1.0, 1e99, -1e-9]])
    svg = svg_of(draw_frontier(list("abcd"), points, reservations=[1.0, None, 0.0, 5.0]))
    assert not re.search(r"\b(nan|inf)\b", svg)


def test_long_names_are_cut() -> None:
    name = "Federation of the Provinces and Peoples of the North " * 5
    for points in (TWO, THREE):
        marks = [Mark(name, tuple(points[0]), "draft")]
        figure = draw_frontier([name] * points.shape[1], points, marks=marks, title=name)
        figure.draw_without_rendering()
        width, height = figure.get_size_inches()
        inches = figure.dpi_scale_trans.inverted()
        boxes = [t.get_window_extent() for t in figure.findobj(Text) if t.get_text().strip()]
        places = np.vstack([inches.transform_bbox(box).extents for box in boxes])
        assert places.min() > -0.05
        assert places[:, 2].max() < width + 0.05
        assert places[:, 3].max() < height + 0.05


@pytest.mark.parametrize("name", ["picture.gif", "picture", "picture.svgz"])
def test_other_suffixes_are_refused(name, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"\.svg, \.png or \.pdf"):
        save_figure(draw_frontier(["a"], np.array([[1.0]])), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_each_form_is_written(tmp_path: Path) -> None:
    figure = draw_frontier(["a", "b"], TWO)
    for suffix, start in ((".svg", b"<svg "), (".PNG", b"\x89PNG"), (".pdf", b"%PDF")):
        save_figure(figure, tmp_path / f"picture{suffix}")
        assert (tmp_path / f"picture{suffix}").read_bytes().startswith(start)


def test_a_file_that_cannot_be_replaced_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "picture.svg").mkdir()
    with pytest.raises(OSError, match=r"picture\.svg"):
        save_figure(draw_frontier(["a", "b"], TWO), tmp_path / "picture.svg")
    assert [path.name for path in tmp_path.iterdir()] == ["picture.svg"]


@pytest.mark.parametrize(
    ("words", "request_"),
    [
        ("at least one party", {"parties": []}),
        (r"shape \(4, 2\); it should be \(points, 3\)", {"parties": ["a", "b", "c"]}),
        ("reservations has 1 numbers; there are 2", {"reservations": [1.0]}),
        ("epsilons has 3 numbers", {"epsilon": [0.0, 0.0, 0.0]}),
        ("mark 'x' has 1 numbers", {"marks": [Mark("x", (1.0,), "draft")]}),
        ("no kind of mark 'plan'", {"marks": [Mark("x", (1.0, 1.0), "plan")]}),
        ("not a number", {"utilities": np.array([[np.nan, 1.0]])}),
        ("not a number", {"marks": [Mark("x", (np.inf, 1.0), "draft")]}),
        ("up to 1×10¹⁰⁰", {"reservations": [1e101, None]}),
    ],
)
def test_what_does_not_fit_is_refused(words, request_) -> None:
    with pytest.raises(RequestError, match=words):
        draw_frontier(**{"parties": ["a", "b"], "utilities": TWO, **request_})
