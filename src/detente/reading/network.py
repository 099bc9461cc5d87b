"""A small network as ONNX that gives scores to the words of texts.

It runs with whole numbers of eight bits, needs neither a parse nor PyTorch, and knows nothing of
the case. What its scores mean is for those who use it:
:mod:`detente.reading.attributions.tagger` and :mod:`detente.reading.stances.network`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import RequestError
from detente.reading.spans import Span

__all__ = ["Network", "joined_pieces", "plain_marks", "shares_of", "windows_of"]

_BATCH = 512  # word pieces: larger ones leave the cache of a core
_WIDEST = 320


class Network:
    """A network in a folder, as :func:`detente.reading.training.fitting.export` writes it.

    Parameters
    ----------
    path
        Of the ONNX file, beside ``tokenizer.json`` and ``about.json``.
    threads
        How many it may use; as many as there are cores if None.

    Raises
    ------
    RequestError
        If the extra ``reading`` is not installed, or there is no such network.
    """

    def __init__(self, path: Path, *, threads: int | None = None) -> None:
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as missing:
            raise RequestError(
                f"The network {path.name} needs {missing.name}, which is not installed; "
                "install it with: pip install 'detente[reading]'"
            ) from None
        folder = path.parent
        try:
            self.about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
            self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
            options = onnxruntime.SessionOptions()
            options.log_severity_level = 3
            options.intra_op_num_threads = threads or 0
            self._session: Any = onnxruntime.InferenceSession(
                path.read_bytes(), options, providers=["CPUExecutionProvider"]
            )
        except Exception as wrong:  # noqa: BLE001 - each library has errors of its own
            raise RequestError(
                f"'{folder}' holds no {path.stem} that can be read ({wrong}); "
                "train one anew, or remove the folder."
            ) from None
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_WIDEST)

    def scores(
        self, texts: Sequence[str], *, window: int = 0
    ) -> Iterator[tuple[int, Sequence[Span], NDArray[np.float32]]]:
        """Yield, for each text: its place, where its word pieces stand, and their scores.

        The short ones come first. Pieces that stand for no words have empty spans.

        Parameters
        ----------
        window
            Texts are read together with those beside them, up to so many word pieces.
        """
        encoded = self._tokenizer.encode_batch([plain_marks(text) for text in texts])
        sizes = [len(each.ids) for each in encoded]
        windows = windows_of(sizes, window)
        widths = [sum(sizes[place] for place in each) - len(each) + 1 for each in windows]
        for batch in _batches(sorted(range(len(windows)), key=widths.__getitem__), widths):
            pieces = np.zeros((len(batch), widths[batch[-1]]), np.int64)
            mask = np.zeros_like(pieces)
            for row, number in enumerate(batch):
                pieces[row, : widths[number]] = joined_pieces(
                    [encoded[place].ids for place in windows[number]]
                )
                mask[row, : widths[number]] = 1
            (scores,) = self._session.run(["scores"], {"pieces": pieces, "mask": mask})
            for row, number in enumerate(batch):
                start = 0
                for place in windows[number]:
                    yield place, encoded[place].offsets, scores[row, start : start + sizes[place]]
                    start += sizes[place] - 1


def plain_marks(text: str) -> str:
    r"""Return a text of the same length in which all houses quote in one way.

    Examples
    --------
    >>> plain_marks("“No,” he said. ''It isn’t.''")
    '"No," he said. " It isn\'t." '
    """
    return text.translate(_MARKS).replace("''", '" ')


_MARKS = str.maketrans("“”„‟«»‘’‚", '""""""\'\'\'')


def windows_of(sizes: Sequence[int], longest: int) -> list[range]:
    """Return which texts are read together: those side by side, up to so many word pieces.

    Parameters
    ----------
    sizes
        Word pieces of each text, with one before it and one behind; two texts share one of those.

    Examples
    --------
    >>> windows_of([5, 6, 7], 10), windows_of([5, 6, 7], 0)
    ([range(0, 2), range(2, 3)], [range(0, 1), range(1, 2), range(2, 3)])
    """
    starts: list[int] = []
    width = 0
    for place, size in enumerate(sizes):
        if not starts or width + size - 1 > longest:
            starts.append(place)
            width = 1
        width += size - 1
    return [range(*ends) for ends in pairwise((*starts, len(sizes)))]


def joined_pieces(texts: Sequence[Sequence[int]]) -> list[int]:
    """Return the word pieces of texts as of one, or what belongs to each of them.

    Examples
    --------
    >>> joined_pieces([[101, 7, 102], [101, 8, 9, 102]])
    [101, 7, 102, 8, 9, 102]
    """
    return [*texts[0][:1], *(piece for each in texts for piece in each[1:])]


def shares_of(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return scores as shares that sum to one in each row.

    Examples
    --------
    >>> shares_of(np.array([[0.0, 0.0], [np.log(3.0), 0.0]])).round(2).tolist()
    [[0.5, 0.5], [0.75, 0.25]]
    """
    found = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: NDArray[np.float64] = found / found.sum(axis=1, keepdims=True)
    return shares


def _batches(order: Sequence[int], sizes: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for place in order:
        if batch and (len(batch) + 1) * sizes[place] > _BATCH:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
