"""Books that cannot be meant, or cannot be run: one sentence, at the place marked with §."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.calls import Detente, detente
from money.books import HEAD, folder_with

__all__ = ["detente"]

IN = "{id: inflow, from: fares, to: till, amount: 100, date: 2026-02-01}"
STEPS = "{id: w, kind: waterfall, from: till, date: 2026-02-01, steps: "

WRITTEN = {
    "an unknown account": (
        "rules: [{id: a, from: fares, to: §tll, amount: 1, date: 2026-02-01}]",
        "The books have no account 'tll'; did you mean 'till'?",
    ),
    "an account that pays itself": (
        "rules: [{id: a, from: till, to: §till, amount: 1, date: 2026-02-01}]",
        "'till' would pay itself; name another account.",
    ),
    "a negative amount": (
        "rules: [{id: a, from: fares, to: till, amount: §-5, date: 2026-02-01}]",
        "The amount -5 is below zero; let the money run the other way.",
    ),
    "a negative amount in words": (
        "rules: [{id: a, from: fares, to: till, amount: §-5 billion, date: 2026-02-01}]",
        "The amount -5 billion is below zero; let the money run the other way.",
    ),
    "an amount that is none": (
        "rules: [{id: a, from: fares, to: till, amount: §lots, date: 2026-02-01}]",
        "'lots' is not an amount; write 250, 1,000.50 or 100 billion.",
    ),
    "an amount finer than a cent": (
        "rules: [{id: a, from: fares, to: till, amount: §0.125, date: 2026-02-01}]",
        "0.125 EUR is finer than EUR is paid, 2 places.",
    ),
    "a number too large to be exact": (
        "rules: [{id: a, from: fares, to: till, amount: §10000000000000.01, date: 2026-02-01}]",
        "A number as large as 10000000000000.01 is written in quotes, to stay exact.",
    ),
    "no day": (
        "rules: [§{id: a, from: fares, to: till, amount: 1}]",
        "'a' needs either 'date' or 'on'.",
    ),
    "two days": (
        "rules: [§{id: a, from: fares, to: till, amount: 1, date: 2026-02-01, on: {event: e}}]",
        "'a' needs either 'date' or 'on'.",
    ),
    "a day that does not exist": (
        "rules: [{id: a, from: fares, to: till, amount: 1, date: §2026-02-30}]",
        "'2026-02-30' is not a day that exists; write YYYY-MM-DD.",
    ),
    "a day before the books": (
        "rules: [{id: a, from: fares, to: till, amount: 1, date: §2025-02-01}]",
        "2025-02-01 lies outside the books, 2026-01-01 to 2027-12-31.",
    ),
    "how long without how often": (
        "rules: [§{id: a, from: fares, to: till, amount: 1, date: 2026-02-01, times: 2}]",
        "'a' says how long but not how often; add 'every'.",
    ),
    "shares above the whole": (
        f"rules: [{STEPS}[{{id: s, split: §{{north: 2/3, south: 1/2}}, residual: true}}]}}]",
        "The shares sum to 7/6, not to 1; change one.",
    ),
    "shares below the whole": (
        f"rules: [{STEPS}[{{id: s, split: §{{north: 1/3}}, residual: true}}]}}]",
        "The shares sum to 1/3, not to 1; change one, or name with rest who gets what remains.",
    ),
    "a claim without an amount": (
        f"rules: [{STEPS}[§{{id: s, to: north}}]}}]",
        "'s' needs one of 'fixed', 'share' and 'residual', or a 'cap'",
    ),
    "a claim with two amounts": (
        f"rules: [{STEPS}[§{{id: s, to: north, fixed: 1, share: 1/2}}]}}]",
        "'s' needs one of 'fixed', 'share' and 'residual', or a 'cap'",
    ),
    "a claim for nobody": (
        f"rules: [{STEPS}[§{{id: s, fixed: 1}}]}}]",
        "'s' needs either 'to' or 'split', and not both.",
    ),
    "a claim behind the rest": (
        (f"rules: [{STEPS}[§{{id: r, to: north, residual: true}}, "
        "{id: s, to: south, fixed: 1}]}]"),
        "'r' takes all that is left, so 's' never gets anything.",
    ),
    "a waterfall out of a source": (
        ("rules: [{id: w, kind: waterfall, from: §fares, date: 2026-02-01, "
        "steps: [{id: s, to: north, fixed: 1}]}]"),
        "'fares' is a source, of which nobody knows the whole; state an amount.",
    ),
    "all of a source": (
        "rules: [{id: a, from: fares, to: till, amount: §all, date: 2026-02-01}]",
        "'fares' is a source, of which nobody knows the whole; state an amount.",
    ),
    "an escrow that pays on no condition": (
        "rules: [§{id: a, from: held, to: north, amount: 5, date: 2026-02-01}]",
        "'a' pays from the escrow 'held' on no condition; give it 'on' with a norm or an event.",
    ),
    "a norm without its state": (
        "rules: [{id: a, from: held, to: north, amount: 5, on: §{norm: peace}}]",
        "A norm needs the state it enters, such as 'fulfilled'; an event has none.",
    ),
    "neither norm nor event": (
        "rules: [{id: a, from: held, to: north, amount: 5, on: §{days_after: 5}}]",
        "Name either a norm or an event, and not both.",
    ),
    "a rule that stands twice": (
        f"rules: [{IN}, {{id: §inflow, from: fares, to: till, amount: 1, date: 2026-02-01}}]",
        "The rule 'inflow' stands twice; rename one.",
    ),
    "a match of an unknown rule": (
        f"rules: [{IN}, {{id: m, kind: match, of: §inflw, from: fares, to: till, share: 1}}]",
        "The books have no rule 'inflw'; did you mean 'inflow'?",
    ),
    "matches in a circle": (
        ("rules: [{id: m, kind: match, of: §n, from: fares, to: till, share: 1/2}, "
        "{id: n, kind: match, of: [m], from: fares, to: north, share: 1/2}]"),
        "The match 'm' sets itself off; let it follow another rule.",
    ),
    "a profit in two currencies": (
        ("rules: [{id: p, kind: profit, of: dollars, from: §fares, rate: 5%, date: 2026-02-01, "
        "split: {north: 1}}]"),
        "'dollars' earns in USD but 'fares' pays in EUR; let both have one currency.",
    ),
    "a rate of a currency to itself": (
        "rates: [§{from: EUR, to: EUR, date: 2026-02-01, rate: 2}]",
        "A rate from EUR to itself is always 1; remove it.",
    ),
    "a rate of nothing": (
        "rates: [{from: EUR, to: USD, date: 2026-02-01, rate: §0}]",
        "The rate 0 must be above 0.",
    ),
    "a currency in small letters": (
        "rates: [{from: §eur, to: USD, date: 2026-02-01, rate: 1}]",
        "'eur' is not a currency; write capitals such as EUR or USD.",
    ),
    "an unknown option": (
        ("rules: [{id: a, from: fares, to: till, amount: 1, date: 2026-02-01, "
        "when: {toll: [shared, §nrth-only]}}]"),
        "Point 'toll' has no option 'nrth-only'; did you mean 'north-only'?",
    ),
    "an unknown kind": (
        "rules: [{id: a, kind: §watrfall, from: fares, to: till, amount: 1, date: 2026-02-01}]",
        "'watrfall' is not a possible 'kind'; did you mean 'waterfall'?",
    ),
    "an unknown key": (
        "rules: [{id: a, form: fares, from: fares, to: till, amount: 1, date: 2026-02-01}]",
        "Unknown key 'form'; did you mean 'from'?",
    ),
    "an unknown source": (
        "rules: [{id: a, from: fares, to: till, amount: 1, date: 2026-02-01, source: §gazete}]",
        "Unknown source 'gazete'; did you mean 'gazette'?",
    ),
}  # fmt: skip

RUN = {
    "a payment of more than there is": (
        f"rules: [{IN}, §{{id: a, from: till, to: north, amount: 100.01, date: 2026-02-01}}]",
        (
            "'a' would leave the account 'till' at -0.01 EUR on 2026-02-01; only a source may fall "
            "below zero."
        ),
    ),
    "a waterfall that pays more than it has": (
        (
            f"rules: [{IN}, {STEPS}[{{id: s, to: north, fixed: 70}}, "
            "§{id: t, to: south, share: 1/2}]}]"
        ),
        "'t' pays 50.00 EUR on 2026-02-01, but 'till' has 30.00 left after the claims before it.",
    ),
    "a currency without a rate on the day": (
        (
            "rates: [{from: EUR, to: USD, date: 2026-03-01, rate: 1.1}]\n"
            f"  rules: [{IN}, §{{id: a, from: till, to: dollars, amount: 1, date: 2026-02-28}}]"
        ),
        "No rate from EUR to USD is known on or before 2026-02-28; add one to 'rates'.",
    ),
    "money in a circle on one day": (
        (
            f"rules: [{IN}, {{id: a, from: till, to: north, amount: 50, date: 2026-02-01}}, "
            "{id: b, from: north, to: south, amount: 30, date: 2026-02-01}, "
            "§{id: c, from: south, to: till, amount: 10, date: 2026-02-01}]"
        ),
        (
            "Money runs in a circle on 2026-02-01: south -> till -> north -> south; give the rules "
            "different days, or pay the difference."
        ),
    ),
    "a match that cannot be paid": (
        f"rules: [{IN}, §{{id: m, kind: match, of: inflow, from: south, to: north, share: 1}}]",
        "'m' would leave the account 'south' at -100.00 EUR on 2026-02-01",
    ),
    "an account of another draft": (
        "rules: [§{id: a, from: fares, to: extra, amount: 1, date: 2026-02-01}]",
        (
            "'a' needs the account 'extra', which does not count under the draft 'first'; give "
            "both the same 'when'."
        ),
    ),
}
EXTRA = "    - {id: extra, currency: EUR, when: {toll: north-only}}\n"


def marked(text: str) -> tuple[str, int, int]:
    whole = HEAD + EXTRA + "  " + text + "\n"
    before = whole.partition("§")[0] if "§" in whole else whole.partition("form:")[0]
    return whole.replace("§", ""), before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_written_wrong(name: str, tmp_path: Path, detente: Detente) -> None:
    text, sentence = WRITTEN[name]
    whole, line, column = marked(text)
    folder = folder_with(tmp_path, whole.removeprefix(HEAD))
    told = detente("check", folder)
    assert told.code == 2
    first = told.err.splitlines()[0]
    assert first.startswith(f"{folder / 'money.yaml'}:{line}:{column}: "), first
    assert sentence in first
    assert told.err.splitlines()[-1] == "1 problem found."


@pytest.mark.parametrize("name", RUN)
def test_what_cannot_be_run(name: str, tmp_path: Path, detente: Detente) -> None:
    text, sentence = RUN[name]
    whole, line, column = marked(text)
    folder = folder_with(tmp_path, whole.removeprefix(HEAD))
    assert detente("check", folder).code == 0
    picture, plain = tmp_path / "flows.svg", tmp_path / "flows.beancount"
    told = detente("money", folder, "--plot", picture, "--beancount", plain, "--json")
    assert told.code == 2
    assert told.out == ""
    (only,) = told.err.splitlines()
    assert only.startswith(f"{folder / 'money.yaml'}:{line}:{column}: "), only
    assert sentence in only
    assert not picture.exists()
    assert not plain.exists()


def test_a_sum_of_parties_without_a_rate(tmp_path: Path, detente: Detente) -> None:
    folder = folder_with(
        tmp_path, f"  rules: [{IN}, {IN.replace('inflow', 'b').replace('till', 'north')}]\n"
    )
    plain = tmp_path / "flows.beancount"
    told = detente("money", folder, "--currency", "USD", "--beancount", plain)
    assert told.code == 2
    assert told.err.startswith(f"{folder / 'money.yaml'}:1:3: No rate from EUR to USD is known on")
    assert not plain.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--draft", "frist"], "The case has no draft 'frist'; did you mean 'first'?"),
        (["--books", "tol"], "The case has no books 'tol'; did you mean 'toll'?"),
        (["--assume", "peace=violated"], "No rule of the books hangs on 'peace'"),
        (["--assume", "peace"], "'peace' is not NORM=STATE or NORM=STATE@DATE."),
        (["--on", "2026-02-30"], "'2026-02-30' does not match"),
        (
            ["--currency", "dollar"],
            "'dollar' is not a currency; write capitals such as EUR or USD.",
        ),
        (["--plot", "flows.txt"], "Pictures are written as .svg, .png or .pdf"),
    ],
)
def test_wrong_use(arguments: list[str], sentence: str, tmp_path: Path, detente: Detente) -> None:
    folder = folder_with(tmp_path, f"  rules: [{IN}]\n")
    told = detente("money", folder, *arguments)
    assert told.code == 2
    assert sentence in told.err
    assert len(told.err.splitlines()) == 1


def test_a_case_without_books(tmp_path: Path, detente: Detente) -> None:
    from case.minimal import write_case

    told = detente("money", write_case(tmp_path))
    assert told.code == 2
    assert told.err == "The case has no books; write who pays what into money.yaml.\n"
