"""The report as one self-contained HTML file, and as Markdown.

No script, no font, no image, no address that a browser would open by itself: a content policy in
the page forbids every request. Charts are SVG with a table beside each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from detente import __version__
from detente.compare.drafts import taken_words
from detente.lint.codes import SEVERITIES
from detente.report.agreed import agreed_answer
from detente.report.charts import Bar, RangeRow, diverging_bars, range_chart
from detente.report.findings import DraftFindings, Findings
from detente.report.strategy_data import moves_words
from detente.report.words import count, listing, percent, signed, small_share
from detente.strategy.stability import CONCEPTS

if TYPE_CHECKING:
    from detente.assess.verdict import ActorVerdict
    from detente.beliefs.explain import OptionBelief
    from detente.case.case import Case
    from detente.consent.formula import Voter
    from detente.power.indices import Power

__all__ = ["HeatCell", "answer", "render_markdown", "render_page"]


_SHOWN = 0.05
"""Effects of statements under this are left out of the page; all are in the JSON of explain."""


def render_page(findings: Findings) -> str:
    """Return the report as one HTML file; the same findings give the same bytes."""
    return _environment().get_template("page.html").render(_context(findings))


def render_markdown(findings: Findings) -> str:
    """Return the report as Markdown; the same findings as the page, without charts."""
    return _environment().get_template("report.md").render(_context(findings))


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell of the heat map: the mean rating of what a draft takes, on -3..3, and its sd.

    ``known`` is False where nothing was said that tells of it; ``anchor`` is where the page shows
    the statements behind it.
    """

    actor: str
    point: str
    mean: float
    sd: float
    known: bool
    anchor: str

    @property
    def strength(self) -> int:
        """How strong the colour is, 0..100."""
        return min(100, round(abs(self.mean) / 3.0 * 100)) if self.known else 0


def answer(findings: Findings) -> tuple[str, ...]:
    """Return the answer in five lines of plain words.

    Where a draft was agreed: how it stands. Else whether any draft is likely to pass, who would
    refuse which, what breaks it, the smallest change, and what the answer rests on.
    """
    agreement = findings.case.about.agreement
    if findings.norms and agreement is not None and agreement.draft is not None:
        return agreed_answer(findings)
    return (
        _chance_line(findings),
        _refusal_line(findings),
        _breaking_line(findings),
        _change_line(findings),
        _grounds_line(findings),
    )


def _chance_line(findings: Findings) -> str:
    best = findings.best
    chance = best.verdict.probability
    start = (
        "No draft is likely to be accepted by everybody whose yes is needed"
        if chance < 0.5
        else ("A draft is likelier than not to be accepted by everybody needed")
    )
    each = ", ".join(f"{d.draft.name} {percent(d.verdict.probability)}" for d in findings.drafts)
    return f"{start}: {each}."


def _refusal_line(findings: Findings) -> str:
    names = findings.case.actor_of
    lines = []
    for each in findings.drafts:
        verdicts = [each.actor(name) for name in findings.outlook.rules.principals]
        refusing = [v for v in verdicts if v is not None and v.probability < 0.5]
        words = [f"{names[v.actor].name} ({_with_error(v)})" for v in refusing]
        lines.append(f"{each.draft.name}: {listing(words, empty='none of the principals')}")
    return f"Likelier to refuse than to accept: {'; '.join(lines)}."


def _with_error(verdict: ActorVerdict) -> str:
    error = round(100 * verdict.standard_error)
    return percent(verdict.probability) + (f" ± {error} from what is unknown" if error else "")


def _breaking_line(findings: Findings) -> str:
    lines = []
    for each in findings.drafts:
        for name in findings.outlook.rules.principals:
            verdict = each.actor(name)
            if verdict is None or verdict.probability >= 0.5:
                continue
            points = [line.point for line in verdict.red_lines if line.probability >= 0.1]
            points += [p.point for p in verdict.points if p.share <= -0.05]
            words = listing(dict.fromkeys(points), most=2, empty="no single point")
            lines.append(f"{each.draft.name} for {findings.case.actor_of[name].name}: {words}")
    return (
        f"What breaks it: {'; '.join(lines)}." if lines else "No point breaks it for a principal."
    )


def _change_line(findings: Findings) -> str:
    lines = []
    for each in findings.drafts:
        found = each.amendments
        if found.deadlock is not None:
            lines.append(f"{each.draft.name}: none, its demands cannot be met together")
        elif found.minimum is None:
            lines.append(f"{each.draft.name}: not found in time")
        else:
            proof = "" if found.proven else " (not proven)"
            best = f", then {percent(found.packages[0].probability)}" if found.packages else ""
            points = count(found.minimum, "point") if found.minimum else "none but settling it"
            lines.append(f"{each.draft.name}: {points}{proof}{best}")
    return (
        "Fewest points to change until everybody needed accepts in the mean, and the chance of the "
        f"whole then: {'; '.join(lines)}."
    )


def _grounds_line(findings: Findings) -> str:
    case, best = findings.case, findings.best
    moved = [shift.probability for shift in best.shifts]
    low, high = min(moved), max(moved)
    assumed = sum(
        len(r.ratings) + len(r.salience) + len(r.red_lines) + len(r.no_deal) for r in case.ratings
    )
    scenarios = "; ".join(
        f"{scenario.title}: {percent(max(v.probability for v in verdicts))}"
        for scenario, verdicts in findings.scenarios
    )
    return (
        f"It rests on {len(case.statements)} statements up to {case.as_of.isoformat()} and "
        f"{assumed} assumptions of analysts. Moving one assumption by a step moves the "
        f"{best.draft.name} between {percent(low)} and {percent(high)}; "
        f"best draft by scenario: {scenarios}."
    )


def _context(findings: Findings) -> dict[str, object]:
    case = findings.case
    return {
        "version": __version__,
        "findings": findings,
        "case": case,
        "answer": answer(findings),
        "principals": findings.outlook.rules.principals,
        "heat_actors": findings.voices[: len(findings.outlook.rules.principals) + 6],
        "heat": {each.draft.id: _heat(findings, each) for each in findings.drafts},
        "overview": _overview(findings),
        "ledger_chart": _ledger_chart(findings),
        "shift_chart": _shift_chart(findings),
        "taken": taken_words,
        "evidence": _evidence(findings),
        "shown": _SHOWN,
        "packages": findings.packages,
        "svg": Markup,
        "moves_words": moves_words,
        "severities": SEVERITIES,
        "concepts": {concept.id: concept.label for concept in CONCEPTS.values()},
        "picture": Markup(findings.packages.picture) if findings.packages else None,  # noqa: S704
    }


def _evidence(findings: Findings) -> dict[str, tuple[OptionBelief, ...]]:
    """Options on which some statement moved the belief by enough to be shown."""
    return {
        actor: tuple(o for o in options if any(abs(p.effect) >= _SHOWN for p in o.pushes))
        for actor, options in findings.beliefs.items()
    }


def _heat(findings: Findings, each: DraftFindings) -> dict[tuple[str, str], HeatCell]:
    known: dict[tuple[str, str, str], OptionBelief] = {
        (actor, option.point, option.option): option
        for actor, options in findings.beliefs.items()
        for option in options
    }
    moved = {(actor, o.point) for actor, rest in _evidence(findings).items() for o in rest}
    cells = {}
    for actor in findings.voices:
        belief = findings.outlook.belief(actor)
        for point in findings.case.points:
            taken = [o for o in findings.case.possible(each.draft, point) if o != point.status_quo]
            if not taken:
                continue
            found = [known[actor, point.id, option] for option in taken]
            places = [findings.outlook.compiled.place[point.id, option] for option in taken]
            mean = sum(option.mean for option in found) / len(found)
            spread = belief.covariance[places][:, places].mean()
            told = any(belief.spoken[place] for place in places)
            shown = (actor, point.id) in moved
            anchor = f"belief-{actor}-{point.id}" if shown else f"actor-{actor}"
            cells[actor, point.id] = HeatCell(
                actor, point.id, mean, float(spread) ** 0.5, told, anchor
            )
    return cells


def _overview(findings: Findings) -> Markup:
    rows = []
    for each in findings.drafts:
        verdict = each.verdict
        label = each.draft.name
        rows.append(RangeRow(label, verdict.probability, verdict.low, verdict.high, strong=True))
        for name in findings.outlook.rules.principals:
            actor = each.actor(name)
            if actor is not None:
                label = findings.case.actor_of[name].name
                rows.append(RangeRow(label, actor.probability, actor.low, actor.high))
    return range_chart(
        rows, "Chance that each draft is accepted, by everybody and by each principal"
    )


def _ledger_chart(findings: Findings) -> dict[tuple[str, str], Markup]:
    charts = {}
    for each in findings.drafts:
        for account in each.accounts:
            lines = sorted(account.lines, key=lambda line: -abs(line.mean))[:8]
            bars = [Bar(line.point, line.mean, line.sd) for line in lines]
            name = findings.case.actor_of[account.actor].name
            title = f"What {each.draft.id} brings to {name}: the eight largest points"
            charts[each.draft.id, account.actor] = diverging_bars(bars, title)
    return charts


def _shift_chart(findings: Findings) -> dict[str, Markup]:
    charts = {}
    for each in findings.drafts:
        rows = [
            RangeRow(f"{s.assumption}: {s.step}", s.probability, s.probability, s.probability)
            for s in each.shifts
        ]
        charts[each.draft.id] = range_chart(rows, f"How the chance of {each.draft.id} moves")
    return charts


def _voter_name(voter: Voter, case: Case) -> str:
    actor = case.actor_of[voter.actor]
    return f"{voter.count} of {actor.seats} seats, {actor.name}" if voter.count else actor.name


def _actor_name(name: str, case: Case) -> str:
    return case.actor_of[name].name if name in case.actor_of else name


def _thousands(amount: str) -> str:
    """A decimal with its thousands apart, and a true minus sign."""
    whole, point, cents = amount.partition(".")
    return f"{int(whole):,}{point}{cents}".replace("-", "−")


def _concept_name(concept: str) -> str:
    return CONCEPTS[concept].label


def _equal_odds(power: Power) -> str:
    """The share of coalitions that win; it may be far below what a decimal shows."""
    return small_share(power.winning, 2**power.game.size)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("detente.report"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["percent"] = percent
    environment.filters["signed"] = signed
    environment.filters["listing"] = listing
    environment.filters["voter_name"] = _voter_name
    environment.filters["actor_name"] = _actor_name
    environment.filters["thousands"] = _thousands
    environment.filters["equal_odds"] = _equal_odds
    environment.filters["concept_name"] = _concept_name
    return environment
