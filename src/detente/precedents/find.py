"""All precedents of a case in one answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.case.case import Case
from detente.errors import RequestError
from detente.precedents.frequency import Frequency, find_frequency
from detente.precedents.lacking import Lacking, find_lacking
from detente.precedents.lasting import Lasting, base_rates, find_lasting, undated_ends
from detente.precedents.nearest import Near, find_nearest
from detente.precedents.pairs import Pair, find_pairs
from detente.precedents.pax import Agreements
from detente.precedents.shares import Share
from detente.precedents.store import FileFacts
from detente.precedents.topics_of import Asked, Unplaced, asked_points, draft_topics
from detente.precedents.ucdp import Treaties
from detente.precedents.vocabulary import Topic, topics

__all__ = ["PointFound", "Precedents", "Request", "find_precedents"]


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Parameters
    ----------
    points
        Ids of points; all if there are none. Where points are named and no draft is, nothing is
        said of nearest agreements and of lacking topics, which need a whole text.
    draft
        Whose topics are compared with agreements; those of all points if None.
    between_states
        Whether only agreements between states count.
    most
        How many of the nearest agreements are told.
    """

    points: tuple[str, ...] = ()
    draft: str | None = None
    between_states: bool = False
    most: int = 10


@dataclass(frozen=True, slots=True)
class PointFound:
    """A point with how often its topic is treated, or those that come nearest to it.

    Parameters
    ----------
    exact
        Whether the topic itself is coded; else ``frequencies`` are of the nearest codes, if any.
    """

    asked: Asked
    exact: bool
    frequencies: tuple[Frequency, ...]


@dataclass(frozen=True, slots=True)
class Durations:
    """How long agreements lasted, from the UCDP dataset.

    Parameters
    ----------
    rates
        The shares of all, and of each kind, that ended within 5 and within 10 years.
    undated
        How many ended on no stated day; they count as not ended.
    """

    rates: tuple[tuple[str, tuple[Share, ...]], ...]
    provisions: tuple[Lasting, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Precedents:
    """What earlier agreements say on a case.

    Parameters
    ----------
    base, base_between_states, base_comprehensive
        How many agreements of PA-X were looked at, and how many of them are between states, and
        comprehensive.
    topics
        Topics of the draft, or of the points asked about.
    nearest, lacking
        None where no whole text was asked about, or no point has a topic.
    """

    request: Request
    files: tuple[FileFacts, ...]
    base: int
    base_between_states: int
    base_comprehensive: int
    topics: tuple[Topic, ...]
    points: tuple[PointFound, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    pairs: tuple[Pair, ...] = ()
    nearest: tuple[Near, ...] | None = None
    lacking: tuple[Lacking, ...] | None = None
    lasting: Durations | None = None


def find_precedents(
    case: Case, agreements: Agreements | None, treaties: Treaties | None, request: Request
) -> Precedents:
    """Return what earlier agreements say on the points and the draft of a case.

    Parameters
    ----------
    agreements
        PA-X; None leaves out all but how long agreements lasted.
    treaties
        The UCDP dataset; None leaves that out.

    Raises
    ------
    RequestError
        If neither is given, or the case has no such point or draft, or no agreement is left.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> from detente.precedents.rows import agreements_of
    >>> case = load(example_folder("ukraine-2025"))
    >>> rows = [{"pax/Ele": 2}, {"pax/Ce": 1, "pax/CeProv": 1}, {}]
    >>> found = find_precedents(case, agreements_of(rows), None, Request(points=("elections",)))
    >>> found.points[0].frequencies[0].overall
    Share(count=1, base=3)
    """
    if agreements is None and treaties is None:
        raise RequestError("Precedents need a file: of PA-X, of UCDP, or both.")
    asked, unplaced = asked_points(case, request.points)
    text = asked if request.draft is None or not request.points else asked_points(case)[0]
    told = draft_topics(case, request.draft, text)
    lasting = None
    if treaties is not None:
        near = find_lasting(treaties, draft_topics(case, None, asked) if request.points else told)
        lasting = Durations(base_rates(treaties), near, undated_ends(treaties))
    files = tuple(each.facts for each in (agreements, treaties) if each is not None)
    found = Precedents(request, files, 0, 0, 0, told, (), unplaced, lasting=lasting)
    return found if agreements is None else _with_agreements(found, agreements, asked)


def _with_agreements(
    found: Precedents, agreements: Agreements, asked: Sequence[Asked]
) -> Precedents:
    request = found.request
    base = agreements.between_states() if request.between_states else agreements
    if not len(base):
        raise RequestError(f"{agreements.facts.file}: No agreement is between states (Agtp Inter).")
    whole = bool(found.topics) and (request.draft is not None or not request.points)
    return replace(
        found,
        base=len(base),
        base_between_states=len(agreements.between_states()),
        base_comprehensive=len(base.comprehensive()),
        points=tuple(_point(base, each) for each in asked),
        pairs=find_pairs(base, found.topics),
        nearest=find_nearest(base, found.topics, request.most, agreements) if whole else None,
        lacking=find_lacking(base, found.topics) if whole else None,
    )


def _point(agreements: Agreements, asked: Asked) -> PointFound:
    exact = asked.topic.id in agreements.codes
    wanted = (asked.topic,) if exact else tuple(topics()[name] for name in asked.topic.nearest)
    coded = [topic for topic in wanted if topic.id in agreements.codes]
    return PointFound(asked, exact, tuple(find_frequency(agreements, topic) for topic in coded))
