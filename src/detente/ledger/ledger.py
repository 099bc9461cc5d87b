"""The concession ledger: salience times rating, point by point and actor by actor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from detente.assess.outlook import Outlook
from detente.case.records import Draft

__all__ = ["Account", "Line", "draw_up"]


@dataclass(frozen=True, slots=True)
class Line:
    """What one point brings to an actor: mean and sd of salience times rating, on -3..3."""

    point: str
    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Account:
    """One actor's side of the ledger.

    Parameters
    ----------
    lines
        A line for every point that the draft changes and on which the actor is asked.
    gains, gives
        Sums of the positive and of the negative means.
    net, net_sd
        Their sum, and its sd with all covariances between points.
    asymmetry
        Net of this actor less the mean net of the other actors listed.
    """

    actor: str
    lines: tuple[Line, ...]
    gains: float
    gives: float
    net: float
    net_sd: float
    asymmetry: float


def draw_up(outlook: Outlook, draft: Draft, actors: Iterable[str]) -> tuple[Account, ...]:
    """Return the accounts of several actors under a draft.

    What is open or unknown is averaged over what the draft may mean, and widens the sd.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> outlook = Outlook.of(load(example_folder("ukraine-2025")))
    >>> accounts = draw_up(outlook, outlook.case.draft("e3"), ["ukraine", "russia"])
    >>> all(abs(a.gains + a.gives - a.net) < 1e-9 for a in accounts)
    True
    """
    compiled = outlook.compiled
    packages, _ = compiled.completions(draft)
    features = compiled.features(packages)
    drawn = []
    for actor in actors:
        judge = outlook.acceptor(actor)
        lines = []
        for place, point in enumerate(outlook.case.points):
            part = features * (compiled.feature_point == place)
            values = part @ judge.values
            variance = ((part @ judge.covariance) * part).sum(axis=1)
            sd = float(np.sqrt(max(variance.mean() + values.var(), 0.0)))
            if sd > 0.0:
                lines.append(Line(point.id, float(values.mean()), sd))
        totals = features @ judge.values
        variance = ((features @ judge.covariance) * features).sum(axis=1)
        means = [line.mean for line in lines]
        drawn.append(
            Account(
                actor=actor,
                lines=tuple(lines),
                gains=sum(mean for mean in means if mean > 0.0),
                gives=sum(mean for mean in means if mean < 0.0),
                net=float(totals.mean()),
                net_sd=float(np.sqrt(max(variance.mean() + totals.var(), 0.0))),
                asymmetry=0.0,
            )
        )
    return tuple(_with_asymmetry(drawn))


def _with_asymmetry(accounts: list[Account]) -> Iterable[Account]:
    total = sum(account.net for account in accounts)
    for account in accounts:
        others = len(accounts) - 1
        rest = (total - account.net) / others if others else 0.0
        yield replace(account, asymmetry=account.net - rest)
