"""Teach E5 what "the same concern" means: a low-rank adapter (LoRA, Hu et al. 2021) trained on the catalogue.

    pip install torch        # only for this; nothing else here needs it
    python tools/train_adapter.py OUT.npz [--epochs 5] [--rank 8] [--hold-out 0]

664 thousand numbers, kept in half precision (1.2 MB). A batch is 16 concerns of 4 passages, so that each passage
meets passages of its own concern in other languages, and 60 of other concerns: supervised contrastive loss (Khosla
et al. 2020, temperature 0.07) and a softmax over one learned centre a concern (temperature 0.05). `--hold-out N`
keeps N concerns out, as the measurements need it (tools/measure_insight.py). The adapter adds 2 B A to a layer's
weights; it is added before they are made 8 bits (e5_graph.py), so it costs nothing afterwards.
"""

import argparse
import math
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.insight import catalogue
from app.insight.e5_tokens import tokenizer
from app.insight.e5_weights import Weights

WEIGHTS = Weights()
SHAPE = WEIGHTS.shape
TOKENS = tokenizer(WEIGHTS, 80)
SIZES = dict.fromkeys(("q", "k", "v", "ao"), (SHAPE.hidden, SHAPE.hidden))
SIZES |= {"fi": (SHAPE.inner, SHAPE.hidden), "fo": (SHAPE.hidden, SHAPE.inner)}
CONCERNS, PASSAGES = 16, 4


def held_out(count: int) -> set[str]:
    """The concern types that training does not see, always the same ones."""
    return set(random.Random(1).sample(sorted(catalogue.types()), count))  # noqa: S311


class Adapted(nn.Module):
    """A frozen linear layer with a trainable low-rank addition: W x + b + 2 B A x."""

    def __init__(self, key: str, size: tuple[int, int], rank: int) -> None:
        super().__init__()
        self.register_buffer("weight", torch.tensor(WEIGHTS.numbers(key + ".w")).view(size))
        self.register_buffer("bias", torch.tensor(WEIGHTS.numbers(key + ".b")))
        self.A = nn.Parameter(torch.randn(rank, size[1]) / math.sqrt(size[1]))
        self.B = nn.Parameter(torch.zeros(size[0], rank))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return functional.linear(x, self.weight, self.bias) + 2 * functional.linear(
            functional.linear(x, self.A), self.B
        )


class Encoder(nn.Module):
    def __init__(self, rank: int) -> None:
        super().__init__()
        norms = ["emb.ln", *(f"l{i}.{n}" for i in range(SHAPE.layers) for n in ("aln", "oln"))]
        self.fixed = {f"{k}.{p}": torch.tensor(WEIGHTS.numbers(f"{k}.{p}")) for k in norms for p in "wb"}
        self.layer = nn.ModuleDict(
            {f"l{i}_{n}": Adapted(f"l{i}.{n}", size, rank) for i in range(SHAPE.layers) for n, size in SIZES.items()}
        )

    def norm(self, x: torch.Tensor, key: str) -> torch.Tensor:
        return functional.layer_norm(x, (SHAPE.hidden,), self.fixed[key + ".w"], self.fixed[key + ".b"], SHAPE.eps)

    def forward(self, words: torch.Tensor, keep: torch.Tensor) -> torch.Tensor:
        n, length, _ = words.shape
        x = self.norm(words, "emb.ln")
        mask = ((keep - 1) * 1e9)[:, None, None, :].expand(n, 1, length, length)
        for i in range(SHAPE.layers):
            q, k, v = (self.layer[f"l{i}_{m}"](x).view(n, length, SHAPE.heads, -1).transpose(1, 2) for m in "qkv")
            mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
            x = self.norm(x + self.layer[f"l{i}_ao"](mixed.transpose(1, 2).reshape(n, length, -1)), f"l{i}.aln")
            x = self.norm(x + self.layer[f"l{i}_fo"](functional.gelu(self.layer[f"l{i}_fi"](x))), f"l{i}.oln")
        return functional.normalize((x * keep[..., None]).sum(1) / keep.sum(1, keepdim=True), dim=-1)


def batch_of(texts: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    ids = [found.ids for found in TOKENS.encode_batch(["query: " + text for text in texts])]
    length = max(map(len, ids))
    words, keep = torch.zeros(len(ids), length, SHAPE.hidden), torch.zeros(len(ids), length)
    for row, tokens in enumerate(ids):
        words[row, : len(tokens)] = torch.tensor(WEIGHTS.words(tokens)[0])
        keep[row, : len(tokens)] = 1
    return words, keep


def in_parts(model: Encoder, texts: list[str], at_once: int = 16) -> torch.Tensor:
    """The vectors of a batch, in order; short texts go together, so that little is padded."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    parts = [model(*batch_of([texts[i] for i in order[at : at + at_once]])) for at in range(0, len(texts), at_once)]
    return torch.cat(parts)[torch.argsort(torch.tensor(order))]


@torch.no_grad()
def encode(model: Encoder, texts: list[str], at_once: int = 64) -> np.ndarray:
    order, out = np.argsort([len(t) for t in texts]), np.empty((len(texts), SHAPE.hidden), np.float32)
    for start in range(0, len(texts), at_once):
        rows = order[start : start + at_once]
        out[rows] = model(*batch_of([texts[r] for r in rows])).numpy()
    return out


def save(model: Encoder, out: Path) -> None:
    arrays = {
        f"{k}.{p}": getattr(m, p).detach().numpy().astype(np.float16) for k, m in model.layer.items() for p in "AB"
    }
    np.savez_compressed(out, **{name.replace("_", ".", 1): array for name, array in arrays.items()})


def train(model: Encoder, by_concern: dict[str, list[str]], epochs: int, out: Path) -> None:
    names, rng = sorted(by_concern), random.Random(0)  # noqa: S311
    index = {name: i for i, name in enumerate(names)}
    centres = nn.Parameter(torch.tensor(np.stack([encode(model, by_concern[name]).mean(0) for name in names])))
    weights = [p for p in model.layer.parameters() if p.requires_grad]
    groups = [{"params": weights, "lr": 3e-4}, {"params": [centres], "lr": 3e-3}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * sum(map(len, by_concern.values())) // (CONCERNS * PASSAGES)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.05, steps)
    for epoch in range(epochs):
        pool, began, losses = {n: rng.sample(v, len(v)) for n, v in by_concern.items()}, time.time(), []
        while sum(len(v) >= PASSAGES for v in pool.values()) >= CONCERNS:
            chosen = rng.sample([n for n, v in pool.items() if len(v) >= PASSAGES], CONCERNS)
            texts = [pool[n].pop() for n in chosen for _ in range(PASSAGES)]
            y = torch.tensor([index[n] for n in chosen for _ in range(PASSAGES)])
            z, itself = in_parts(model, texts), torch.eye(len(y), dtype=torch.bool)
            same = (y[:, None] == y[None]) & ~itself
            contrast = (z @ z.T / 0.07).masked_fill(itself, -1e9).log_softmax(1)
            loss = -((contrast * same).sum(1) / same.sum(1)).mean()
            loss = loss + functional.cross_entropy(z @ functional.normalize(centres, dim=-1).T / 0.05, y)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        save(model, out)
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.2f}, {time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rank", type=int, default=8)
    parser.add_argument("--hold-out", type=int, default=0)
    options = parser.parse_args()
    torch.manual_seed(0)
    held = held_out(options.hold_out)
    passages: dict[str, list[str]] = {}
    for example in catalogue.examples():
        if example.type_id not in held:
            passages.setdefault(example.type_id, []).append(example.text)
    train(Encoder(options.rank), passages, options.epochs, options.out)
