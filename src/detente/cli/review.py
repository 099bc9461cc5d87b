"""``detente review``: decide on what reading proposed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.common import CASE, as_json, console, json_option, own_case
from detente.report.words import count, percent

if TYPE_CHECKING:
    from detente.reading.review.proposals import Item
    from detente.reading.review.review import Review

__all__ = ["command", "decide"]

_AROUND = 240
_LIKELY = 0.5
"""A stance that the network reads is taken in without a person from this share on."""


@click.command()
@click.argument("case", type=CASE)
@click.option("--from", "document", metavar="FILE", help="Only what was read from this document.")
@click.option("--accept-all", is_flag=True, help="Take in all that lack nothing, without asking.")
@click.option("--all", "everything", is_flag=True, help="Also what names nothing of the case.")
@click.option("--undo", is_flag=True, help="Take back the last decision (on FILE), and stop.")
@json_option
def command(
    case: str, document: str | None, *, accept_all: bool, everything: bool, undo: bool, json_: bool
) -> None:
    """Review proposals: each with its passage, to accept, change, merge or reject.

    What is accepted becomes a statement of the case, with the document as its source. Every
    decision is kept in proposals/decisions.jsonl and can be undone, also later. A statement that
    another outlet carries too is merged: it gets one more source.

    \b
    detente review my-case
    detente review my-case --accept-all --from article.html
    detente review my-case --undo --from article.html
    """
    from detente.reading.review.review import Review

    review = Review(own_case(case), document, everything=everything)
    if undo and json_:
        last = review.undo()
        as_json({"undone": None if last is None else {"item": last.item, "decision": last.kind}}
                | _data(review, None))  # fmt: skip
    elif undo:
        _undo(review)
    elif json_:
        as_json(_data(review, taken_in(review) if accept_all else None))
    elif accept_all:
        _say_taken(review, taken_in(review))
    else:
        decide(review)


def taken_in(review: Review) -> dict[str, str]:
    """Accept or merge what lacks nothing; what became of each, by proposal."""
    found: dict[str, str] = {}
    for item in review.open:
        if _doubt(item):
            continue
        alike = review.alike(item)
        if alike:
            review.merge(item, alike[0])
            found[item.id] = f"merged with {alike[0]}"
        elif not review.missing(item):
            found[item.id] = f"accepted as {review.accept(item).id}"
    return found


def _doubt(item: Item) -> str | None:
    """Why only a person may take it in: it is hearsay, or its stance is unsure."""
    if item.told_by:
        return f"only told by {item.told_by}"
    if item.stance_share is not None and item.stance_share < _LIKELY:
        return f"its stance is unsure ({percent(item.stance_share)} likely)"
    return None


def _data(review: Review, taken: dict[str, str] | None) -> dict[str, Any]:
    from detente.reading.review.proposals import item_data

    return {
        "open": [
            item_data(item) | {"lacks": review.missing(item), "alike": review.alike(item)}
            for item in review.open
        ],
        "decided": [
            {"item": each.item, "decision": each.kind, "statement": each.statement}
            for each in review.decided
        ],
        "taken_in": taken or {},
    }


def _say_taken(review: Review, taken: dict[str, str]) -> None:
    out = console()
    for name, words in taken.items():
        out.print(f"{name}: {words}")
    for item in review.open:
        why = _doubt(item) or f"lacks {', '.join(review.missing(item))}"
        out.print(f"{item.id}: left open, {why}")
    out.print(f"{count(len(taken), 'proposal')} taken in, {len(review.open)} left open.")


def _undo(review: Review) -> None:
    last = review.undo()
    if last is None:
        click.echo("There is no decision to take back.")
    else:
        click.echo(f"Taken back: {last.item} {last.kind}.")


def decide(review: Review) -> None:
    """Show one open proposal after the other, and do what is said."""
    out, place = console(), 0
    if not review.open:
        out.print("Nothing is left to review.")
        return
    out.print("a accept, c change and accept, m merge, r reject, n next, u undo, q quit\n")
    while review.open:
        left = review.open
        item = left[place % len(left)]
        _show(review, item, len(left))
        answer = click.prompt("?", type=click.Choice(tuple("acmrnuq")), show_choices=False)
        if answer == "q":
            break
        if answer == "n":
            place += 1
        else:
            _do(review, item, answer)
    out.print(f"{count(len(review.open), 'proposal')} left open.")


def _do(review: Review, item: Item, answer: str) -> None:
    from detente.errors import DetenteError

    out = console()
    try:
        if answer == "a":
            changes = _asked(review, item, [])
            out.print(f"Accepted as {review.accept(item, changes).id}.")
        elif answer == "c":
            keys = ["speaker", "about", "stance", "condition", "date", "gist"]
            out.print(f"Accepted as {review.accept(item, _asked(review, item, keys)).id}.")
        elif answer == "m":
            alike = review.alike(item)
            name = click.prompt("Merge with statement", default=alike[0] if alike else None)
            review.merge(item, name)
            out.print(f"Merged with {name}.")
        elif answer == "r":
            review.reject(item)
        else:
            _undo(review)
    except DetenteError as wrong:
        out.print(str(wrong), style="red")


_LACKING = {"who": "speaker", "what": "about", "the stance": "stance", "the date": "date"}


def _asked(review: Review, item: Item, keys: list[str]) -> dict[str, Any]:
    """Ask for what lacks, or for the keys named; an empty answer leaves what is proposed."""
    lacks = [
        key for lack in review.missing(item) for words, key in _LACKING.items()
        if lack.startswith(words)
    ]  # fmt: skip
    values: dict[str, Any] = {}
    for key in dict.fromkeys((*keys, *lacks)):
        answer = click.prompt(_ASKED[key], default="", show_default=False).strip()
        if answer:
            values |= _read_answer(review, key, answer)
    return values


_ASKED = {
    "speaker": "Who (id of a person or actor, or 'new: Name [for ACTOR]')",
    "about": "About (POINT, DRAFT or DRAFT/POINT)",
    "stance": "Stance (-3 to 3)",
    "condition": "Condition in words",
    "date": "Date (YYYY-MM-DD)",
    "gist": "Gist, in your own words",
}


def _read_answer(review: Review, key: str, answer: str) -> dict[str, Any]:
    from detente.errors import RequestError
    from detente.text.nearest import suggest

    case = review.case
    if key == "speaker":
        if answer.startswith("new:"):
            name, _, actor = answer.removeprefix("new:").partition(" for ")
            return {"person": name.strip(), "actor": actor.strip() or None}
        if answer in case.person_of:
            return {"speaker": answer}
        if answer in case.actor_of:
            return {"actor": answer}
        known = [*case.person_of, *case.actor_of]
        raise RequestError(f"The case has no person or actor '{answer}'{suggest(answer, known)}")
    if key == "about":
        parts = answer.split("/")
        drafts = {draft.id for draft in case.drafts}
        found = {"draft" if part in drafts else "point": part for part in parts}
        if "point" in found:
            case.point(found["point"])
        return {"about": found}
    if key == "stance":
        try:
            return {"stance": float(answer)}
        except ValueError:
            raise RequestError(f"'{answer}' is no number from -3 to 3.") from None
    return {key: answer}


def _show(review: Review, item: Item, left: int) -> None:
    from rich.text import Text

    out, document = console(), review.of(item)
    day = "" if document.date is None else f", {document.date.isoformat()}"
    out.rule(f"{Path(document.document).name}{day}, {left} open", style="dim")
    start, end = item.passage
    before = document.text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    after = document.text[end : end + _AROUND].partition("\n")[0]
    passage = Text.assemble(
        (before, "dim"), (document.text[start:end], "bold"), (after, "dim"), "\n"
    )
    out.print(passage)
    person, actors = review.who(item)
    new = (f"{item.speaker} (new)",) if item.new else ()
    who = person or ", ".join((*new, *actors)) or item.speaker or "not told"
    unnamed = " (unnamed)" if item.unnamed else ""
    stance = "not clear" if item.stance is None else f"{item.stance:+d}" if item.stance else "0"
    decided = "; ".join(document.text[first:last] for first, last in item.decided_by)
    told = f", told by {item.told_by}" if item.told_by else ""
    out.print(f"who: {who}{unnamed}{told}")
    about = "/".join(item.about[key] for key in ("draft", "point") if key in item.about)
    out.print(f"about: {about or 'not told'}")
    sure = "" if item.stance_share is None else f", {percent(item.stance_share)} likely"
    out.print(f"stance: {stance}{f' ({decided}{sure})' if decided else ''}")
    if item.condition:
        out.print(f"condition: {item.condition}")
    if alike := review.alike(item):
        out.print(f"may be the same as: {', '.join(alike[:3])}")
