"""Teach the encoder what "the same concern" means: a low-rank adapter, trained on the catalogue of concerns.

    python -m venv TRAIN && TRAIN/bin/pip install torch==2.13.0 -r requirements.txt
    TRAIN/bin/python tools/train_adapter.py [--hold-out TYPES.txt] [--out app/insight/learnt/adapter.npz]
    TRAIN/bin/python tools/train_adapter.py --show OUT.csv     # vectors of some texts, for tests/data/insight/

PyTorch is needed only here. The weights W of the upper layers become W + B A (Hu et al. 2021, "LoRA", arXiv
2106.09685); A and B are stored in half precision and merged when the encoder is built, so they cost nothing when a
text is read. Loss: supervised contrast over batches of 16 types with 4 passages each (Khosla et al. 2020, arXiv
2004.11362), plus a softmax over one learnt centre for each type. The same catalogue and seed give the same weights on
the same machine.
"""

from __future__ import annotations

import argparse
import csv
import math
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.insight import catalogue
from app.insight.e5_adapter import FILE
from app.insight.e5_tokens import tokenizer
from app.insight.e5_weights import Weights

TYPES, EACH = 16, 4
TOKENS_AT_MOST = 112
PARTS = ("q", "k", "v", "ao", "fi", "fo")
CONTRAST, CENTRES = 0.07, 0.05
"""Temperatures of the two losses."""


class Adapted(nn.Module):
    """A frozen linear layer with a trainable low-rank addition."""

    def __init__(self, weights: Weights, key: str, size: tuple[int, int], rank: int) -> None:
        super().__init__()
        self.register_buffer("weight", torch.tensor(weights.numbers(key + ".w")).view(size))
        self.register_buffer("bias", torch.tensor(weights.numbers(key + ".b")))
        self.A = nn.Parameter(torch.randn(rank, size[1]) / math.sqrt(size[1]))
        self.B = nn.Parameter(torch.zeros(size[0], rank))

    def forward(self, x: Tensor) -> Tensor:
        return functional.linear(x, self.weight, self.bias) + 2 * functional.linear(
            functional.linear(x, self.A), self.B
        )


class Layers(nn.Module):
    """Some of the encoder's layers; those before stay as they are and are run once for each text."""

    def __init__(self, weights: Weights, first: int, last: int, rank: int) -> None:
        super().__init__()
        self.shape, hidden, inner = weights.shape, weights.shape.hidden, weights.shape.inner
        sizes = dict.fromkeys(PARTS, (hidden, hidden)) | {"fi": (inner, hidden), "fo": (hidden, inner)}
        self.numbers = range(first, last)
        self.linear = nn.ModuleDict(
            {
                f"l{i}_{part}": Adapted(weights, f"l{i}.{part}", sizes[part], rank)
                for i in self.numbers
                for part in PARTS
            }
        )
        self.fixed = {
            f"l{i}.{norm}.{kind}": torch.tensor(weights.numbers(f"l{i}.{norm}.{kind}"))
            for i in self.numbers
            for norm in ("aln", "oln")
            for kind in "wb"
        }

    def normed(self, x: Tensor, key: str) -> Tensor:
        return functional.layer_norm(x, x.shape[-1:], self.fixed[key + ".w"], self.fixed[key + ".b"], self.shape.eps)

    def forward(self, x: Tensor, keep: Tensor) -> Tensor:
        n, length, hidden = x.shape
        mask = ((keep - 1) * 1e9)[:, None, None, :].expand(n, 1, length, length)
        for i in self.numbers:
            q, k, v = (
                self.linear[f"l{i}_{part}"](x).view(n, length, self.shape.heads, -1).transpose(1, 2) for part in "qkv"
            )
            mixed = (
                functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
                .transpose(1, 2)
                .reshape(n, length, hidden)
            )
            x = self.normed(x + self.linear[f"l{i}_ao"](mixed), f"l{i}.aln")
            x = self.normed(x + self.linear[f"l{i}_fo"](functional.gelu(self.linear[f"l{i}_fi"](x))), f"l{i}.oln")
        return x


def padded(rows: list[Tensor]) -> tuple[Tensor, Tensor]:
    """Rows of (tokens, hidden) as one block (n, longest, hidden), and which places count."""
    lengths = torch.tensor([len(row) for row in rows])
    keep = (torch.arange(int(lengths.max()))[None] < lengths[:, None]).float()
    return nn.utils.rnn.pad_sequence([row.float() for row in rows], batch_first=True), keep


def vectors_of(layers: Layers, rows: list[Tensor]) -> Tensor:
    """Unit vectors (n, hidden). In four parts by length, so that a short text is not padded to the longest."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    parts, quarter = [], math.ceil(len(rows) / 4)
    for at in range(0, len(rows), quarter):
        block, keep = padded([rows[i] for i in order[at : at + quarter]])
        x = layers(block, keep)
        parts.append(functional.normalize((x * keep[..., None]).sum(1) / keep.sum(1, keepdim=True), dim=-1))
    back = torch.empty(len(rows), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(rows))
    return torch.cat(parts)[back]


@torch.no_grad()
def lower_part(weights: Weights, texts: list[str], first: int) -> list[Tensor]:
    """What each text is after the layers that do not change, in half precision."""
    tokens, layers = tokenizer(weights, TOKENS_AT_MOST), Layers(weights, 0, first, 1)
    hidden = weights.shape.hidden
    scale, shift = (torch.tensor(weights.numbers(f"emb.ln.{kind}")) for kind in "wb")
    ids = [found.ids for found in tokens.encode_batch(["query: " + text for text in texts])]
    order, out = sorted(range(len(ids)), key=lambda i: len(ids[i])), [torch.empty(0)] * len(ids)
    for at in range(0, len(ids), 64):
        rows = order[at : at + 64]
        start = [
            functional.layer_norm(torch.tensor(weights.words(ids[i]))[0], (hidden,), scale, shift, weights.shape.eps)
            for i in rows
        ]
        block, keep = padded(start)
        for i, row in zip(rows, layers(block, keep), strict=True):
            out[i] = row[: len(ids[i])].half()
    return out


def loss_of(z: Tensor, y: Tensor, centres: Tensor) -> Tensor:
    """Contrast between the passages of a batch, and the softmax over the centres."""
    eye = torch.eye(len(y), dtype=torch.bool)
    same = (y[:, None] == y[None]) & ~eye
    likely = (z @ z.T / CONTRAST).masked_fill(eye, -1e9).log_softmax(1)
    contrast = -((likely * same).sum(1) / same.sum(1)).mean()
    return contrast + functional.cross_entropy(z @ functional.normalize(centres, dim=-1).T / CENTRES, y)


def train(layers: Layers, rows: list[Tensor], types: list[str], epochs: int) -> None:
    """Change the adapter in place."""
    members: dict[str, list[int]] = {}
    for i, name in enumerate(types):
        members.setdefault(name, []).append(i)
    names, rng = sorted(members), random.Random(0)
    with torch.no_grad():
        middle = [vectors_of(layers, [rows[i] for i in members[name][:24]]).mean(0) for name in names]
    centres = nn.Parameter(torch.stack(middle))
    adapter = [p for p in layers.parameters() if p.requires_grad]
    steps = epochs * len(rows) // (TYPES * EACH)
    groups = [{"params": adapter, "lr": 4e-4}, {"params": [centres], "lr": 3e-3}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [4e-4, 3e-3], total_steps=steps + 8, pct_start=0.08)
    step = 0
    for _ in range(epochs):
        pool = {name: rng.sample(list_, len(list_)) for name, list_ in members.items()}
        began, losses = time.time(), []
        while step < steps and len(left := [name for name in names if len(pool[name]) >= EACH]) >= TYPES:
            # those with most left first, so that every passage gets its turn
            order = {name: -len(pool[name]) * rng.random() for name in left}
            chosen = sorted(left, key=order.__getitem__)[:TYPES]
            batch = [pool[name].pop() for name in chosen for _ in range(EACH)]
            y = torch.tensor([names.index(types[i]) for i in batch])
            loss = loss_of(vectors_of(layers, [rows[i] for i in batch]), y, centres)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(adapter, 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            losses.append(loss.item())
            if step % 20 == 0:
                print(
                    f"step {step} of {steps}, loss {np.mean(losses[-20:]):.3f}, {time.time() - began:.0f} s",
                    flush=True,
                )


SHOWN = (
    "De lift is al weken kapot en niemand doet er iets aan.",
    "Nobody picks up after their dogs in the park.",
    "المصعد معطل من أسبوعين",
    "Asansör yine bozuk",
    "Winda znowu nie działa, a mieszkam na ósmym piętrze.",
    "Ліфт знову не працює",
)
"""Texts whose vectors a test compares with those of the encoder that the application builds."""


def show(weights: Weights, adapter: Path, out: Path) -> None:
    """Write what these weights with this adapter make of SHOWN, worked out here with full precision."""
    with np.load(adapter) as stored:
        parts = {name: torch.tensor(stored[name].astype(np.float32)) for name in stored.files}
    rank, first = next(iter(parts.values())).shape[0], min(int(name[1:].split(".")[0]) for name in parts)
    layers = Layers(weights, first, weights.shape.layers, rank)
    for key, module in layers.linear.items():
        name = key.replace("_", ".", 1)
        module.A.data, module.B.data = parts[f"{name}.A"], parts[f"{name}.B"] / 2
    with torch.no_grad():
        vectors = vectors_of(layers, lower_part(weights, list(SHOWN), first)).numpy()
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows(
            [text, *(f"{number:.5f}" for number in row)] for text, row in zip(SHOWN, vectors, strict=True)
        )


def main() -> None:
    """Read the catalogue, train, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rank", type=int, default=12)
    parser.add_argument("--first-layer", type=int, default=6, help="layers before this one stay as they are")
    parser.add_argument("--hold-out", type=Path, help="a file with ids of types that are not learnt from, to measure")
    parser.add_argument("--out", type=Path, default=FILE)
    parser.add_argument("--show", type=Path, help="train nothing; write vectors made with the adapter of --out")
    options = parser.parse_args()
    weights = Weights()
    if options.show:
        show(weights, options.out, options.show)
        return
    torch.manual_seed(0)
    held = set(options.hold_out.read_text().split()) if options.hold_out else set()
    examples = [e for e in catalogue.examples() if e.type_id not in held]
    began = time.time()
    rows = lower_part(weights, [e.text for e in examples], options.first_layer)
    print(f"{len(examples)} passages, {time.time() - began:.0f} s for the lower layers", flush=True)
    layers = Layers(weights, options.first_layer, weights.shape.layers, options.rank)
    train(layers, rows, [e.type_id for e in examples], options.epochs)
    stored = {
        f"{key.replace('_', '.', 1)}.{part}": (factor * getattr(module, part)).detach().numpy().astype(np.float16)
        for key, module in layers.linear.items()
        for part, factor in (("A", 1), ("B", 2))
    }
    np.savez_compressed(options.out, **stored)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
