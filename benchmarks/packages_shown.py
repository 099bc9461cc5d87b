"""What a comparison of packages shows: rows, tables and a chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    part: str
    case: str
    parties: int
    packages: int
    points: int | None
    detente: float
    steps: dict[str, float] = field(default_factory=dict)
    detente_median: float = 0.0
    detente_megabytes: float | None = None
    peer: float | None = None
    peer_median: float | None = None
    peer_megabytes: float | None = None
    peer_note: str = ""
    agreement: str = ""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return None if self.peer is None else self.peer / self.detente


def number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.4f}" if value < 0.1 else f"{value:.2f}" if value < 10 else f"{value:,.0f}"


def size(count: int) -> str:
    if count < 10**7:
        return f"{count:,}"
    first, exponent = f"{count:.0e}".split("e+")
    return f"10^{int(exponent)}" if first == "1" else f"{first} x 10^{int(exponent)}"


def table(rows: Sequence[Row]) -> str:
    peer = any(row.peer is not None or row.peer_note for row in rows)
    head = ["case", "parties", "packages", "frontier", *(["NegMAS s"] if peer else []), "Détente s"]
    head += ["ratio", "frontiers and solutions"] if peer else ["proof"]
    head += ["MB more, NegMAS, Détente" if peer else "MB more"]
    lines = [head, ["---" if k in (0, len(head) - 2) else "---:" for k in range(len(head))]]
    for row in rows:
        line = [
            row.case,
            str(row.parties),
            size(row.packages),
            "-" if row.points is None else f"{row.points:,}",
        ]
        line += [row.peer_note or number(row.peer)] if peer else []
        line += [number(row.detente)]
        mine = "-" if row.detente_megabytes is None else f"{row.detente_megabytes:.0f}"
        other = "-" if row.peer_megabytes is None else f"{row.peer_megabytes:.0f}"
        if peer:
            line += [
                "-"
                if row.ratio is None
                else f"{row.ratio:,.0f}"
                if row.ratio >= 10
                else f"{row.ratio:.1f}"
            ]
            told = [
                each for each in (row.agreement, row.note if row.note != "exact" else "") if each
            ]
            line += ["; ".join(told) or "-", f"{other}, {mine}"]
        else:
            line += [row.note, mine]
        lines.append(line)
    widths = [max(len(line[k]) for line in lines) for k in range(len(head))]
    return "\n".join(
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
        for line in lines
    )


def chart(rows: Sequence[Row], file: Path) -> None:
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    mpl.rcParams.update({"svg.hashsalt": "packages", "font.size": 10, "svg.fonttype": "path"})
    figure, axes = plt.subplots(figsize=(7, 4.2), layout="constrained")
    colours = {2: "#1b6ca8", 3: "#c8553d", 5: "#4c8c4a"}
    for parties, colour in colours.items():
        chosen = [r for r in rows if r.parties == parties and r.part in ("listed", "alone")]
        chosen.sort(key=lambda r: r.packages)
        both = [r for r in chosen if r.peer is not None]
        axes.plot([r.packages for r in both], [r.peer for r in both], "s--", color=colour,
                  label=f"NegMAS, {parties} parties")  # fmt: skip
        axes.plot([float(r.packages) for r in chosen], [r.detente for r in chosen], "o-",
                  color=colour, label=f"Détente, {parties} parties")  # fmt: skip
    axes.set(xscale="log", yscale="log", xlabel="packages", ylabel="seconds")
    axes.grid(visible=True, color="#dddddd")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=9)
    figure.savefig(file, metadata={"Date": None})
