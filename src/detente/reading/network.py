"""A small network as ONNX that gives scores to the words of texts.

It runs with whole numbers of eight bits, needs neither a parse nor PyTorch, and knows nothing of
the case. What its scores mean is for those who use it: :mod:`detente.reading.tagger` and
:mod:`detente.reading.stance_network`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import RequestError
from detente.reading.attributions import Span
from detente.reading.tags import plain_marks

__all__ = ["Network", "shares_of"]

_BATCH = 2_048
_WIDEST = 320


class Network:
    """A network in a folder, as :func:`detente.reading.fitting.export` writes it.

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
        self, texts: Sequence[str]
    ) -> Iterator[tuple[int, Sequence[Span], NDArray[np.float32]]]:
        """Yield, for each text: its place, where its word pieces stand, and their scores.

        The short ones come first. Pieces that stand for no words have empty spans.
        """
        encoded = self._tokenizer.encode_batch([plain_marks(text) for text in texts])
        order = sorted(range(len(texts)), key=lambda place: len(encoded[place].ids))
        for batch in _batches(order, [len(each.ids) for each in encoded]):
            width = len(encoded[batch[-1]].ids)
            pieces = np.zeros((len(batch), width), np.int64)
            mask = np.zeros((len(batch), width), np.int64)
            for row, place in enumerate(batch):
                ids = encoded[place].ids
                pieces[row, : len(ids)] = ids
                mask[row, : len(ids)] = 1
            (scores,) = self._session.run(["scores"], {"pieces": pieces, "mask": mask})
            for row, place in enumerate(batch):
                yield place, encoded[place].offsets, scores[row, : len(encoded[place].ids)]


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
