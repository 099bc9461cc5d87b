"""Which small words stand around quantities, and which nouns are counted?"""

from __future__ import annotations

from detente.reading.lists import words_of
from detente.reading.tokens import Sort, Token

__all__ = ["STOPS", "is_plural", "plural_of"]

STOPS = words_of(
    """a about above according across after against ago all along already also although always am
    among an and another any are around as asked at away back be became because been before
    began begin begins behind being below between beyond both but by came can cannot come comes
    could did do does done down during each either else enough ever every expected few follow
    follows for from gave get gets give gives go goes got had half has have he held her here him
    his how however i if in inside into is it its itself just keep kept last later least leave
    leaves left less let like made make makes many may me meet meets met might mine more most
    much must my named near needs neither never next no nobody none nor not nothing now of off
    often on once one ones only onto or other others our out outside over own past per perhaps
    put quite rather remain remains said same saw say says see seen set shall she should since
    so some soon spoke stand stands still such take takes than that the their them themselves
    then there these they this those though through thus till times to today together told too
    took towards toward twice under unless until up upon us usually very was we went were what
    when where whereas whether which while who whom whose why will with within without would yes
    yesterday yet you your"""
)
"""Words that no counted noun is, and that none is described by."""

_IRREGULAR = words_of(
    """people men women children police troops personnel staff aircraft infantry cavalry cattle
    sheep feet servicemen servicewomen policemen policewomen gunmen fishermen clergy dead
    wounded missing injured"""
)
_SINGULARS = {"man": "men", "woman": "women", "child": "children", "person": "people"}
_NO_PLURALS = ("ss", "us", "is", "'s", "’s")


def is_plural(token: Token) -> bool:
    """Whether a word looks like a noun in the plural.

    Examples
    --------
    >>> from detente.reading.tokens import tokens_of
    >>> [is_plural(token) for token in tokens_of("buses people bus MPs across")[:5]]
    [True, True, False, True, False]
    """
    if token.sort is not Sort.WORD or token.low in STOPS:
        return False
    if token.low in _IRREGULAR:
        return True
    return len(token.low) > 2 and token.low.endswith("s") and not token.low.endswith(_NO_PLURALS)


def plural_of(noun: str) -> str:
    """Return the plural of a noun.

    Examples
    --------
    >>> [plural_of(noun) for noun in ("point", "country", "day", "bus", "man", "MP")]
    ['points', 'countries', 'days', 'buses', 'men', 'MPs']
    """
    if noun in _SINGULARS:
        return _SINGULARS[noun]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
