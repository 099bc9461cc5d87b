"""A rule as a file or a line of text: weighted games, several weights at once, clauses, chambers.

In a line: ``[51; 49, 49, 2]``, the quota first. In a file, YAML or JSON::

    members: [a, b, c]
    rules:
      - {quota: 65%, weights: [50, 30, 20]}
      - {count: 2}
    combine: and
    blocking_minority: 2

A rule is one of ``quota`` with ``weights``, ``count`` or ``share`` of its members, ``all`` or
``any`` of those named, or ``rules`` joined by ``combine``. ``members`` inside a rule makes it one
of a chamber. With ``blocking_minority: 4`` it also passes where fewer than four withhold their yes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, gcd, lcm
from pathlib import Path
from typing import NoReturn

from detente.consent.formula import NEVER, TRUE, Formula, Voter, all_of, at_least, weighted
from detente.errors import CaseError, Problem
from detente.text import json, yaml
from detente.text.nearest import suggest
from detente.text.yaml import Document, Way

__all__ = ["WrittenRule", "parse_rule", "read_rule"]

_KINDS = ("rules", "weights", "count", "share", "all", "any")
_MODIFIERS = ("quota", "combine", "members", "blocking_minority")
_HEAD = ("title", "yes", "common_factor")
_MOST_MEMBERS = 2_000


@dataclass(frozen=True, slots=True)
class WrittenRule:
    """A rule as somebody wrote it.

    Parameters
    ----------
    title
        What it is called.
    members
        In the order written.
    formula
        The rule.
    yes
        Probability of a yes by member, as far as stated.
    common_factor
        Correlation of the members' answers, 0..1; None where not stated.
    notes
        How something was understood that could be read otherwise.
    """

    title: str
    members: tuple[str, ...]
    formula: Formula
    yes: Mapping[str, float]
    common_factor: float | None
    notes: tuple[str, ...]


def read_rule(path: Path) -> WrittenRule:
    """Return the rule in a YAML or JSON file.

    Raises
    ------
    CaseError
        With every fault found, each with its place.
    """
    if path.suffix.lower() == ".json":
        document = json.read(path, str(path))
    else:
        document = yaml.read(path, str(path))
    return _Reader(document).read(path.stem)


def parse_rule(text: str) -> WrittenRule:
    """Return a weighted game written as ``[quota; weight, weight, ...]``.

    Raises
    ------
    CaseError
        If it is not of that form, or no game.

    Examples
    --------
    >>> parse_rule("[51; 49, 49, 2]").members
    ('1', '2', '3')
    >>> parse_rule("[0; 1, 1]")
    Traceback (most recent call last):
    detente.errors.CaseError: rule:1:2: The quota is 0; it must be above 0 and at most the total, 2.
    """
    found = re.fullmatch(r"(\s*\[)([^;\[\]]*);([^;\[\]]*)\]\s*", text)
    if found is None:
        message = f"'{text[:60]}' is no rule; write [quota; weight, weight, ...] or name a file."
        raise CaseError([Problem("rule", 1, 1, "rule-form", message)])
    values: dict[Way, tuple[int, int]] = {(): (1, 1)}
    weights: list[object] = []
    start = found.start(3)
    for place, each in enumerate(found[3].split(",")):
        column = start + len(each) - len(each.lstrip()) + 1
        values["weights", place] = (1, column)
        weights.append(_scalar(each.strip()))
        start += len(each) + 1
    values["quota",] = (1, found.start(2) + len(found[2]) - len(found[2].lstrip()) + 1)
    data: dict[str, object] = {"quota": _scalar(found[2].strip()), "weights": tuple(weights)}
    return _Reader(Document("rule", data, values, {})).read(text.strip())


def _scalar(text: str) -> object:
    return int(text) if re.fullmatch(r"[-+]?[0-9]{1,40}", text) else text


def _number(value: object) -> Fraction | None:
    """A number of either reader, or a text that writes one; None if it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Fraction):
        return Fraction(value)
    if isinstance(value, float):
        return Fraction(str(value))
    if isinstance(value, str) and re.fullmatch(r"[-+]?[0-9]{1,40}(\.[0-9]{1,40})?", value):
        return Fraction(value)
    return None


def _share(value: object) -> Fraction | None:
    """A share written as ``65%`` or ``2/3``; None if it is none."""
    if isinstance(value, str):
        found = re.fullmatch(r"([0-9]{1,9})/([1-9][0-9]{0,8})", value.strip())
        if found:
            return Fraction(int(found[1]), int(found[2]))
        if value.strip().endswith("%"):
            number = _number(value.strip().removesuffix("%").strip())
            return None if number is None else number / 100
    return None


class _Reader:
    """One pass over the document, faults collected."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.members: tuple[str, ...] = ()

    def read(self, title: str) -> WrittenRule:
        data = self.document.data
        if not isinstance(data, dict):
            self._refuse((), "rule-form", "A rule is a mapping with 'weights', 'count' or 'rules'.")
        self.members = self._all_members(data)
        formula = self._rule((), data, self.members)
        yes = self._yes(data)
        factor = self._factor(data)
        named = data.get("title", title)
        if not isinstance(named, str):
            self._fault(("title",), "rule-form", "The title must be a text.")
        if not self.problems and formula in (TRUE, NEVER):
            word = "without anybody's yes" if formula == TRUE else "never"
            self._fault((), "rule-quota", f"This rule passes {word}; nobody has a say in it.")
        if self.problems:
            raise CaseError(self.problems)
        return WrittenRule(str(named), self.members, formula, yes, factor, tuple(self.notes))

    # --- members ---

    def _all_members(self, data: dict[str, object]) -> tuple[str, ...]:
        if "members" in data:
            names = self._names(("members",), data["members"], None)
        else:
            names = tuple(dict.fromkeys(self._mentioned((), data)))
        if not names:
            self._refuse((), "rule-form", "The rule has no members; list them under 'members'.")
        if len(names) > _MOST_MEMBERS:
            message = f"{len(names)} members are more than {_MOST_MEMBERS}; is this a rule?"
            self._refuse(("members",), "rule-form", message)
        return names

    def _mentioned(self, way: Way, node: object) -> Iterable[str]:
        """Names of members where they are not listed: keys of weights, or their numbers."""
        if not isinstance(node, dict):
            return
        for key in ("members", "all", "any"):
            if isinstance(node.get(key), tuple):
                yield from (str(name) for name in node[key])
        weights = node.get("weights")
        if isinstance(weights, dict):
            yield from weights
        elif isinstance(weights, tuple):
            yield from (str(place + 1) for place in range(len(weights)))
        for part in node.get("rules") or () if isinstance(node.get("rules"), tuple) else ():
            yield from self._mentioned(way, part)

    def _names(self, way: Way, value: object, known: tuple[str, ...] | None) -> tuple[str, ...]:
        if not isinstance(value, tuple) or not value:
            self._fault(way, "rule-form", "A list of names of members is expected here.")
            return ()
        names: list[str] = []
        for place, name in enumerate(value):
            if not isinstance(name, str | int) or isinstance(name, bool) or name == "":
                message = "The name of a member must be a text."
                self._fault((*way, place), "rule-form", message)
            elif str(name) in names:
                message = f"The member '{name}' stands twice; name it once."
                self._fault((*way, place), "rule-member", message)
            elif known is not None and str(name) not in known:
                message = f"There is no member '{name}'{suggest(str(name), known)}"
                self._fault((*way, place), "rule-member", message)
            else:
                names.append(str(name))
        return tuple(names)

    # --- rules ---

    def _rule(self, way: Way, node: object, members: tuple[str, ...]) -> Formula:
        if not isinstance(node, dict):
            message = "A rule is a mapping with 'weights', 'count' or 'rules'."
            self._fault(way, "rule-form", message)
            return TRUE
        known = (*_KINDS, *_MODIFIERS, *(_HEAD if not way else ()))
        for key in node:
            if key not in known:
                message = f"Unknown key '{key}'{suggest(key, known)}"
                self._fault((*way, key), "unknown-key", message, key=True)
        kinds = [kind for kind in _KINDS if kind in node]
        if len(kinds) != 1:
            found = " and ".join(f"'{kind}'" for kind in kinds) or "none"
            listed = ", ".join(f"'{kind}'" for kind in _KINDS)
            message = f"A rule has one of {listed}; found {found}."
            self._fault(way, "rule-form", message)
            return TRUE
        if "members" in node and way:
            members = self._names((*way, "members"), node["members"], self.members) or members
        formula: Formula = getattr(self, f"_{kinds[0]}")(way, node, members)
        if "quota" in node and kinds[0] != "weights":
            message = "A quota goes with 'weights'; without weights give a 'count' or a 'share'."
            self._fault((*way, "quota"), "rule-form", message, key=True)
        if "combine" in node and kinds[0] != "rules":
            message = "'combine' joins 'rules'; here is only one rule."
            self._fault((*way, "combine"), "rule-form", message, key=True)
        if "blocking_minority" in node:
            least = self._whole((*way, "blocking_minority"), node["blocking_minority"], members)
            enough = at_least(len(members) - least + 1, [Voter(name) for name in members])
            formula = at_least(1, [formula, enough])
        return formula

    def _rules(self, way: Way, node: dict[str, object], members: tuple[str, ...]) -> Formula:
        combine = node.get("combine", "and")
        if combine not in ("and", "or"):
            message = f"'combine' is '{combine}'; it must be 'and' or 'or'."
            self._fault((*way, "combine"), "rule-form", message)
        rules = node["rules"]
        if not isinstance(rules, tuple) or not rules:
            self._fault((*way, "rules"), "rule-form", "'rules' must be a list of rules.")
            return TRUE
        parts = [
            self._rule((*way, "rules", place), each, members) for place, each in enumerate(rules)
        ]
        return all_of(parts) if combine == "and" else at_least(1, parts)

    def _weights(self, way: Way, node: dict[str, object], members: tuple[str, ...]) -> Formula:
        weights = self._weight_of(way, node["weights"], members)
        if weights is None:
            return TRUE
        if "quota" not in node:
            self._fault(way, "rule-quota", "The weights have no quota; add 'quota'.")
            return TRUE
        total = sum(weights.values(), Fraction())
        quota = self._quota((*way, "quota"), node["quota"], total)
        if quota is None:
            return TRUE
        scale = lcm(quota.denominator, *(weight.denominator for weight in weights.values()))
        whole = {name: int(weight * scale) for name, weight in weights.items()}
        shared = gcd(*whole.values())
        needed = -(-int(quota * scale) // shared)
        voters = [Voter(name) for name in whole]
        return weighted(needed, [weight // shared for weight in whole.values()], voters)

    def _weight_of(
        self, way: Way, value: object, members: tuple[str, ...]
    ) -> dict[str, Fraction] | None:
        found: dict[str, Fraction] = {}
        way = (*way, "weights")
        if isinstance(value, tuple):
            if len(value) != len(members):
                message = (
                    f"There are {len(value)} weights for {len(members)} members; give each one."
                )
                self._fault(way, "rule-weight", message)
                return None
            items: list[tuple[str, str | int, object]] = [
                (name, place, each)
                for place, (name, each) in enumerate(zip(members, value, strict=True))
            ]
        elif isinstance(value, dict):
            items = [(name, name, each) for name, each in value.items()]
            for name in value:
                if name not in members:
                    message = f"There is no member '{name}'{suggest(name, members)}"
                    self._fault((*way, name), "rule-member", message, key=True)
        else:
            message = "'weights' must be a list, one for each member, or names with weights."
            self._fault(way, "rule-weight", message)
            return None
        for name, step, each in items:
            number = _number(each)
            if number is None or number < 0:
                shown = each if number is None else _plain(number)
                message = f"The weight of '{name}' is {shown}; it must be a number of at least 0."
                self._fault((*way, step), "rule-weight", message)
            else:
                found[name] = number
        if not any(found.values()) and len(found) == len(items):
            self._fault(way, "rule-weight", "All weights are 0; somebody must have a vote.")
            return None
        return found if len(found) == len(items) else None

    def _quota(self, way: Way, value: object, total: Fraction) -> Fraction | None:
        share = _share(value)
        number = share * total if share is not None else _number(value)
        if number is None:
            message = f"The quota is '{value}'; write a number, or a share such as 65% or 2/3."
            self._fault(way, "rule-quota", message)
            return None
        if share is None and 0 < number < 1 and total > 2:
            self.notes.append(
                f"The quota {_plain(number)} is taken as a share of all weights, {_plain(total)}."
            )
            number *= total
        if not 0 < number <= total:
            message = (
                f"The quota is {_plain(number)}; it must be above 0 and at most the total, "
                f"{_plain(total)}."
            )
            self._fault(way, "rule-quota", message)
            return None
        return number

    def _count(self, way: Way, node: dict[str, object], members: tuple[str, ...]) -> Formula:
        count = self._whole((*way, "count"), node["count"], members)
        return at_least(count, [Voter(name) for name in members])

    def _share(self, way: Way, node: dict[str, object], members: tuple[str, ...]) -> Formula:
        value = node["share"]
        share = _share(value) or _number(value)
        if share is None or not 0 < share <= 1:
            message = (
                f"The share is '{value}'; write one above 0 and at most 1, such as 55% or 2/3."
            )
            self._fault((*way, "share"), "rule-quota", message)
            return TRUE
        return at_least(ceil(share * len(members)), [Voter(name) for name in members])

    def _all(self, way: Way, node: dict[str, object], _members: tuple[str, ...]) -> Formula:
        names = self._names((*way, "all"), node["all"], self.members)
        return all_of(Voter(name) for name in names)

    def _any(self, way: Way, node: dict[str, object], _members: tuple[str, ...]) -> Formula:
        names = self._names((*way, "any"), node["any"], self.members)
        return at_least(1, [Voter(name) for name in names]) if names else TRUE

    def _whole(self, way: Way, value: object, members: tuple[str, ...]) -> int:
        number = _number(value)
        if number is None or number.denominator != 1 or not 0 < number <= len(members):
            shown = value if number is None else _plain(number)
            message = (
                f"'{way[-1]}' is {shown}; it must be a whole number from 1 to the number of "
                f"members, {len(members)}."
            )
            self._fault(way, "rule-quota", message)
            return len(members)
        return int(number)

    # --- what is believed ---

    def _yes(self, data: dict[str, object]) -> dict[str, float]:
        value = data.get("yes", {})
        found: dict[str, float] = {}
        if not isinstance(value, dict):
            self._fault(("yes",), "rule-form", "'yes' must name members with probabilities.")
            return found
        for name, each in value.items():
            number = _share(each)
            number = _number(each) if number is None else number
            if name not in self.members:
                message = f"There is no member '{name}'{suggest(name, self.members)}"
                self._fault(("yes", name), "rule-member", message, key=True)
            elif number is None or not 0 <= number <= 1:
                shown = each if number is None else _plain(number)
                message = f"The probability of '{name}' is {shown}; it must be from 0 to 1."
                self._fault(("yes", name), "rule-chance", message)
            else:
                found[name] = float(number)
        missing = [name for name in self.members if name not in value]
        if value and missing and not self.problems:
            message = f"No probability is given for '{missing[0]}'; give one for every member."
            self._fault(("yes",), "rule-chance", message)
        return found

    def _factor(self, data: dict[str, object]) -> float | None:
        if "common_factor" not in data:
            return None
        number = _number(data["common_factor"])
        if number is None or not 0 <= number < 1:
            message = f"'common_factor' is {data['common_factor']}; it must be from 0 to below 1."
            self._fault(("common_factor",), "rule-chance", message)
            return None
        return float(number)

    # --- saying it ---

    def _fault(self, way: Way, code: str, message: str, *, key: bool = False) -> None:
        place = self.document.key_place(way) if key else self.document.place(way)
        self.problems.append(Problem(self.document.file, *place, code, message))

    def _refuse(self, way: Way, code: str, message: str) -> NoReturn:
        self._fault(way, code, message)
        raise CaseError(self.problems)


def _plain(number: Fraction) -> str:
    return str(number) if number.denominator == 1 else f"{float(number):g}"
