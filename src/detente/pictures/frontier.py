"""What can be agreed, and what would have to be given up for it: a picture of a frontier.

A frontier of separate packages is a set of points and is drawn as one. One party: a strip; two: a
plane, with the staircase of what the points dominate; three and more: every package a line over one
axis for each party, and for up to five parties a panel for every pair of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.pictures.files import save_figure, svg_of
from detente.pictures.scene import MOST, Mark, Scene, make_scene
from detente.pictures.several import draw_several
from detente.pictures.sheet import settings, start_sheet
from detente.pictures.two import draw_two

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Mark", "draw_frontier", "save_figure", "svg_of"]


def draw_frontier(
    parties: Sequence[str],
    utilities: NDArray[np.float64],
    *,
    marks: Sequence[Mark] = (),
    reservations: Sequence[float | None] = (),
    epsilon: Sequence[float] | None = None,
    title: str | None = None,
    most: int = MOST,
) -> Figure:
    """Return a picture of a frontier, with what is marked beside it.

    Parameters
    ----------
    parties
        Their names.
    utilities
        ``(points, parties)``: what each point of the frontier is worth to each party. Of more than
        ``most`` points an even sample is drawn, and the caption says so.
    marks
        Packages to be marked; those with the same utilities share one label.
    reservations
        ``(parties,)``: the utility of no agreement, None where none is stated; or nothing.
    epsilon
        ``(parties,)``: by how much a package may be better than all points, where the frontier is
        not exact.
    title
        What stands above the picture.
    most
        How many points are drawn.

    Raises
    ------
    RequestError
        If the numbers do not fit together or cannot be drawn, or matplotlib is not installed.

    Examples
    --------
    >>> figure = draw_frontier(
    ...     ["north", "south"],
    ...     np.array([[1.0, 4.0], [2.0, 3.0], [4.0, 1.0]]),
    ...     marks=[Mark("the plan", (1.0, 2.0), "draft"), Mark("nash", (2.0, 3.0), "solution")],
    ...     reservations=[1.0, None],
    ... )
    >>> "the plan: north 1, south 2" in svg_of(figure)
    True
    """
    with settings():
        scene = make_scene(
            parties,
            utilities,
            marks=marks,
            reservations=reservations,
            epsilon=epsilon,
            title=title,
            most=most,
        )
        if not len(scene.points) and not scene.spots:
            figure, _ = start_sheet(5.0, 0.3, title=scene.title, caption=scene.caption)
        else:
            draw = draw_two if len(scene.parties) <= 2 else draw_several
            figure = draw(scene)
    figure.set_label(_name(scene))
    return figure


def _name(scene: Scene) -> str:
    """What the picture is, for those who cannot see it."""
    if scene.title:
        return scene.title
    return f"Frontier of {len(scene.points):,} packages for {', '.join(scene.parties)}"
