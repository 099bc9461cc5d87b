"""Corpora with attributions in brat's stand-off form: a text, and a file of marks beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from detente.errors import RequestError
from detente.reading.attributions.attribution import Attribution
from detente.reading.spans import Span, words_in

__all__ = ["Annotated", "read_corpus", "write_marks"]

_MARK = re.compile(r"^(T\d+)\t(\w+[\w-]*) ([\d ;]+)\t")
_EVENT = re.compile(r"^E\d+\t(.*)$")
_SECOND = re.compile(r"_[0-9a-f]{4}$")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with its attributions, as somebody marked them."""

    name: str
    text: str
    attributions: tuple[Attribution, ...]


def read_corpus(folder: Path) -> Iterator[Annotated]:
    """Yield the texts of a corpus, by name.

    Either ``text/*.txt`` with ``attributions/*.ann``, or each ``.ann`` beside its ``.txt``. Where
    several people marked one text (``name_1a2b.ann``), the first by name counts.

    Raises
    ------
    RequestError
        If there is nothing of the kind, or marks lie outside their text.
    """
    texts, marks = folder / "text", folder / "attributions"
    if not texts.is_dir():
        texts = marks = folder
    files: dict[str, Path] = {}
    for path in sorted(marks.glob("*.ann")):
        files.setdefault(_SECOND.sub("", path.stem), path)
    found = False
    for name, path in files.items():
        text = texts / f"{name}.txt"
        if text.is_file():
            found = True
            yield _annotated(name, text, path)
    if not found:
        raise RequestError(
            f"'{folder}' holds no texts with marks; expected text/NAME.txt with "
            "attributions/NAME.ann, in brat's stand-off form."
        )


def _annotated(name: str, text: Path, marks: Path) -> Annotated:
    content = text.read_text(encoding="utf-8")
    spans: dict[str, list[Span]] = {}
    found = []
    lines = marks.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):  # the words of a mark may run over lines
        if mark := _MARK.match(line):
            spans[mark[1]] = _spans(mark[3])
            if spans[mark[1]][-1][1] > len(content):
                raise RequestError(f"{marks}:{number}: the mark lies outside of {text.name}.")
    for line in lines:
        if event := _EVENT.match(line):
            parts: dict[str, list[Span]] = defaultdict(list)
            for pair in event[1].split():
                role, _, mark_id = pair.partition(":")
                parts[re.sub(r"\d+$", "", role)] += spans.get(mark_id, [])
            if parts["Content"]:
                roles = (tuple(sorted(parts[role])) for role in ("Source", "Cue", "Content"))
                found.append(Attribution(*roles))
    return Annotated(name, content, tuple(found))


def _spans(numbers: str) -> list[Span]:
    ends = [int(each) for each in re.split(r"[ ;]+", numbers.strip())]
    return sorted(zip(ends[::2], ends[1::2], strict=True))


def write_marks(annotated: Annotated) -> str:
    r"""Return the attributions of a text as lines in brat's stand-off form.

    Examples
    --------
    >>> one = Annotated("a", "He said no.", (Attribution(((0, 2),), ((3, 7),), ((8, 10),)),))
    >>> for line in write_marks(one).splitlines():
    ...     print(line.replace("\t", " | "))
    T1 | Source 0 2 | He
    T2 | Cue 3 7 | said
    T3 | Content 8 10 | no
    T4 | Attribution 3 7 | said
    E1 | Attribution:T4 Source:T1 Cue:T2 Content:T3
    """
    lines, number = [], 0
    for count, each in enumerate(annotated.attributions, 1):
        named = []
        frame = each.cue or each.content[:1]
        parts = (("Source", each.source), ("Cue", each.cue), ("Content", each.content))
        for role, spans in (*parts, ("Attribution", frame)):
            if spans:
                number += 1
                numbers = ";".join(f"{start} {end}" for start, end in spans)
                words = words_in(annotated.text, spans)
                lines.append(f"T{number}\t{role} {numbers}\t{words}")
                named.append(f"{role}:T{number}")
        lines.append(f"E{count}\t{' '.join((named[-1], *named[:-1]))}")
    return "".join(f"{line}\n" for line in lines)
