"""What a report shows of the norms: how the agreement stands, and a picture of how it fared."""

from __future__ import annotations

from dataclasses import dataclass

from detente.case.case import Case
from detente.enactment.picture import draw_norms
from detente.enactment.status import Status, find_status
from detente.enactment.timeline import find_timeline
from detente.pictures.files import svg_of

__all__ = ["DraftNorms", "norms_for_report"]


@dataclass(frozen=True, slots=True)
class DraftNorms:
    """The norms of one draft on the last day of the case; the picture is empty before they bind."""

    name: str
    status: Status
    picture: str


def norms_for_report(case: Case) -> tuple[DraftNorms, ...]:
    """Return the norms of the draft that was agreed, else of every draft; none without norms.

    Raises
    ------
    CaseError
        If time that is added ends on a day that does not exist.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> (shown,) = norms_for_report(load(example_folder("minsk-2015")))
    >>> len(shown.status.first.norms), shown.picture.startswith("<svg ")
    (15, True)
    """
    if not case.norms:
        return ()
    agreed = case.about.agreement.draft if case.about.agreement else None
    drafts = [case.draft(agreed)] if agreed else list(case.drafts)
    found = []
    for draft in drafts:
        status = find_status(case, case.as_of, draft=draft.id)
        timeline = find_timeline(case, case.as_of, draft=draft.id)
        picture = svg_of(draw_norms(timeline, title=draft.name)) if timeline.norms else ""
        found.append(DraftNorms(draft.name, status, picture))
    return tuple(found)
