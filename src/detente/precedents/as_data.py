"""Precedents as plain data, for JSON."""

from __future__ import annotations

from typing import Any

from detente.precedents.find import Durations, PointFound, Precedents
from detente.precedents.frequency import Frequency
from detente.precedents.lasting import HORIZONS, Ended, Lasting
from detente.precedents.nearest import Near
from detente.precedents.pairs import Pair
from detente.precedents.shares import Share
from detente.precedents.vocabulary import Topic, provisions, topics

__all__ = ["precedents_data", "vocabulary_data"]


def precedents_data(found: Precedents) -> dict[str, Any]:
    """Return an answer as dictionaries and lists; shares from 0 to 1, intervals of 95 %.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> from detente.precedents.find import Request, find_precedents
    >>> from detente.precedents.rows import agreements_of
    >>> case = load(example_folder("ukraine-2025"))
    >>> asked = Request(points=("elections",))
    >>> told = precedents_data(find_precedents(case, agreements_of([{"pax/Ele": 2}]), None, asked))
    >>> (point,) = told["points"]
    >>> point["topic"], point["count"], point["base"], point["thin"]
    ('pax/Ele', 1, 1, True)
    """
    return {
        "meaning": "association in what was coded, not effect",
        "files": [
            {
                "data": facts.data,
                "file": facts.file,
                "sha256": facts.sha256,
                "rows": facts.rows,
                "missing_columns": list(facts.missing),
                "cached": facts.cached,
            }
            for facts in found.files
        ],
        "draft": found.request.draft,
        "between_states": found.request.between_states,
        "base": found.base,
        "base_between_states": found.base_between_states,
        "base_comprehensive": found.base_comprehensive,
        "topics": [topic.id for topic in found.topics],
        "points": [_point(each) for each in found.points],
        "unplaced": [
            {"point": each.point, "topic": each.topic, "message": each.message}
            for each in found.unplaced
        ],
        "pairs": [_pair(each) for each in found.pairs],
        "nearest": None if found.nearest is None else [_near(each) for each in found.nearest],
        "lacking": None
        if found.lacking is None
        else [{**_topic(each.topic), **_share(each.among)} for each in found.lacking],
        "lasting": None if found.lasting is None else _lasting(found.lasting),
    }


def vocabulary_data() -> dict[str, Any]:
    """Return the vocabulary of topics, and the names of provisions.

    Examples
    --------
    >>> vocabulary_data()["provisions"]["amn"]
    'Amnesty'
    """
    return {
        "topics": [
            {
                **_topic(topic),
                "part_of": topic.part_of,
                "graded": topic.graded,
                "ucdp": list(topic.provisions),
                "nearest": list(topic.nearest),
                "words": topic.words,
            }
            for topic in topics().values()
        ],
        "provisions": dict(provisions()),
    }


def _topic(topic: Topic) -> dict[str, Any]:
    return {"topic": topic.id, "name": topic.name}


def _share(share: Share) -> dict[str, Any]:
    return {
        "share": share.share,
        "low": share.low,
        "high": share.high,
        "count": share.count,
        "base": share.base,
        "thin": share.thin,
    }


def _point(found: PointFound) -> dict[str, Any]:
    asked = found.asked
    told = {"point": asked.point, "title": asked.title, **_topic(asked.topic)}
    if found.exact:
        return {**told, "exact": True, **_frequency(found.frequencies[0]), "nearest": []}
    nothing = dict.fromkeys(("share", "low", "high", "count", "base", "thin"))
    near = [{**_topic(each.topic), **_frequency(each)} for each in found.frequencies]
    return {**told, "exact": False, **nothing, "by": {}, "nearest": near}


def _frequency(found: Frequency) -> dict[str, Any]:
    levels = found.levels
    return {
        **_share(found.overall),
        "between_states": _share(found.between_states),
        "levels": None
        if levels is None
        else {"graded": levels.graded, "counts": dict(zip("123", levels.counts, strict=True))},
        "by": {
            each.trait: [{"group": label, **_share(share)} for label, share in each.groups]
            for each in found.by
        },
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "topics": [topic.id for topic in pair.topics],
        **_share(pair.together),
        "first": pair.first,
        "second": pair.second,
        "expected": pair.expected,
        "ratio": pair.ratio,
        "verdict": pair.verdict,
    }


def _near(near: Near) -> dict[str, Any]:
    return {
        "id": near.id,
        "name": near.name,
        "process": near.process,
        "date": None if near.date is None else near.date.isoformat(),
        "stage": near.stage,
        "kind": near.kind,
        "similarity": near.similarity,
        "shared": [topic.id for topic in near.shared],
        "draft_only": [topic.id for topic in near.draft_only],
        "agreement_only": [topic.id for topic in near.agreement_only],
    }


def _lasting(found: Durations) -> dict[str, Any]:
    return {
        "meaning": "association, not effect",
        "base": [
            {
                "kind": label,
                "ended": {str(n): _share(s) for n, s in zip(HORIZONS, shares, strict=True)},
            }
            for label, shares in found.rates
        ],
        "ended_on_no_stated_day": found.undated,
        "provisions": [_provision(each) for each in found.provisions],
    }


def _provision(found: Lasting) -> dict[str, Any]:
    return {
        "provision": found.provision,
        "name": found.name,
        "topics": [topic.id for topic in found.topics],
        "contained": _share(found.contained),
        "ended": {str(each.years): _ended(each) for each in found.ended},
    }


def _ended(ended: Ended) -> dict[str, Any]:
    return {
        "with": _share(ended.having),
        "without": _share(ended.lacking),
        "all": _share(ended.everyone),
    }
