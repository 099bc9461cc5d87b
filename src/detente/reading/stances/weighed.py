"""What a stance is when both the table of phrases and the network have been asked.

The table knows usual words, says which they are, and knows conditions; the network also knows words
that no table has. Where only one of them has an answer it counts, where they contradict each other
it stays open, and where they agree the table tells how strong it is. What the table knows and
leaves open, as a question or the yes of others, stays open too.
"""

from __future__ import annotations

from dataclasses import replace

from detente.reading.stances.conditions import find_condition
from detente.reading.stances.find import Stance
from detente.reading.stances.network import Opinion
from detente.reading.stances.passage import passage_of

__all__ = ["weighed_stance"]

_MOST_ON_CONDITION = 2


def weighed_stance(words: str, stance: Stance, opinion: Opinion) -> Stance:
    """Return a stance, the same object if it is as the table has it.

    Parameters
    ----------
    words
        The passage that the network was asked about; if its answer counts, places are in it.
    stance
        What the table says.

    Examples
    --------
    >>> yes = Opinion((0.0, 0.0, 0.0, 0.0, 0.1, 0.2, 0.7, 0.0), 3, (8, 22))
    >>> weighed_stance("We have nothing to add to it, if it is final.", Stance(None), yes).level
    2
    >>> weighed_stance("We reject it.", Stance(-3, deciding=((3, 9),)), yes).level is None
    True
    """
    if stance.level is None:
        left = stance.deciding or opinion.level is None
        return stance if left else _of_network(words, opinion)
    if opinion.surely_none or opinion.contradicts(stance.level):
        return replace(stance, level=None)
    return stance


def _of_network(words: str, opinion: Opinion) -> Stance:
    level = opinion.level or 0
    condition = find_condition(passage_of(words), (opinion.deciding,), negative=level <= 0)
    if condition is not None:
        level = max(-_MOST_ON_CONDITION, min(_MOST_ON_CONDITION, level))
    return Stance(level, condition is not None, condition, (opinion.deciding,), opinion.share)
