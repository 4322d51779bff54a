"""The networks that the program's engines run: a transformer encoder with one of two decoders.

The default engine runs the SSRU decoder; libtorch (`rust-bert`) the standard one with
self-attention, in the Hugging Face layout. Post-norm, ReLU, tied embeddings, sinusoidal
positions, which start the decoder with no embedding at all (position only). Parameter names are short and stable because checkpoints hold
them: `enc.I` is `[self-attention, feed-forward]`, `dec.I` is `[SSRU or self-attention, attention to the
source, feed-forward]`; `export.py` gives them Marian's names, `export_hf.py` Hugging Face's.
"""

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

EOS, UNK, PAD = 0, 1, 2
MAX_POSITIONS = 512


def positions(count, width, steps):
    """Position table, sines in the first half, cosines in the second.

    The rate falls from 1 to 1e-4 in `steps` steps: Marian counts one less than half the width,
    Hugging Face's Marian half the width.
    """
    half = width // 2
    column = np.arange(width)
    rate = 1e-4 ** ((column % half) / steps)
    shift = (column // half) * np.pi / 2
    table = np.sin(np.arange(count)[:, None] * rate[None] + shift[None])
    return torch.tensor(table, dtype=torch.float32)


class Attention(nn.Module):
    """Multi-head attention with its residual connection and normalisation."""

    def __init__(self, width, heads, eps):
        super().__init__()
        self.heads = heads
        self.Wq = nn.Linear(width, width)
        self.Wk = nn.Linear(width, width)
        self.Wv = nn.Linear(width, width)
        self.Wo = nn.Linear(width, width)
        self.ln = nn.LayerNorm(width, eps=eps)

    def forward(self, x, memory, mask):
        batch, length, width = x.shape
        shape = (batch, -1, self.heads, width // self.heads)
        q = self.Wq(x).view(shape).transpose(1, 2) * (width // self.heads) ** -0.5
        k = self.Wk(memory).view(shape).transpose(1, 2)
        v = self.Wv(memory).view(shape).transpose(1, 2)
        weights = torch.softmax(torch.matmul(q, k.transpose(2, 3)).float() + mask, -1)
        mixed = torch.matmul(weights.to(v.dtype), v).transpose(1, 2)
        return self.ln(x + self.Wo(mixed.reshape(batch, length, width)))


class FeedForward(nn.Module):
    def __init__(self, width, hidden, eps):
        super().__init__()
        self.W1 = nn.Linear(width, hidden)
        self.W2 = nn.Linear(hidden, width)
        self.ln = nn.LayerNorm(width, eps=eps)

    def forward(self, x):
        return self.ln(x + self.W2(F.relu(self.W1(x))))


class Ssru(nn.Module):
    """Simpler simple recurrent unit: a forget gate and a running mean, nothing else."""

    def __init__(self, width, eps):
        super().__init__()
        self.W = nn.Linear(width, width, bias=False)
        self.Wf = nn.Linear(width, width)
        self.ln = nn.LayerNorm(width, eps=eps)

    def forward(self, x):
        gate = torch.sigmoid(self.Wf(x).float())
        inflow = (1 - gate) * self.W(x).float()
        cell = torch.zeros_like(inflow[:, 0])
        cells = []
        for step_gate, step_inflow in zip(gate.unbind(1), inflow.unbind(1)):
            cell = torch.addcmul(step_inflow, step_gate, cell)
            cells.append(cell)
        return self.ln(x + F.relu(torch.stack(cells, 1)))

    def step(self, x, cell):
        """One position: the output and the new cell."""
        gate = torch.sigmoid(self.Wf(x))
        cell = gate * cell + (1 - gate) * self.W(x)
        return self.ln(x + F.relu(cell)), cell


class Model(nn.Module):
    def __init__(
        self,
        vocab=8000,
        width=256,
        hidden=1536,
        heads=8,
        enc_layers=6,
        dec_layers=2,
        decoder="ssru",
    ):
        super().__init__()
        self.config = dict(
            vocab=vocab,
            width=width,
            hidden=hidden,
            heads=heads,
            enc_layers=enc_layers,
            dec_layers=dec_layers,
            decoder=decoder,
        )
        # Marian's and Hugging Face's constants differ.
        ssru = decoder == "ssru"
        eps = 1e-6 if ssru else 1e-5
        self.emb = nn.Embedding(vocab, width)
        self.ob = nn.Parameter(torch.zeros(vocab))
        steps = width // 2 - (1 if ssru else 0)
        self.register_buffer("pe", positions(MAX_POSITIONS, width, steps), persistent=False)
        self.enc = nn.ModuleList(
            nn.ModuleList([Attention(width, heads, eps), FeedForward(width, hidden, eps)])
            for _ in range(enc_layers)
        )
        self.dec = nn.ModuleList(
            nn.ModuleList(
                [
                    Ssru(width, eps) if ssru else Attention(width, heads, eps),
                    Attention(width, heads, eps),
                    FeedForward(width, hidden, eps),
                ]
            )
            for _ in range(dec_layers)
        )
        self.initialise()

    def initialise(self):
        """Xavier, with the residual branches scaled down.

        Without the scaling the post-norm encoder collapses: all its outputs become alike.
        """
        for parameter in self.parameters():
            if parameter.dim() > 1:
                nn.init.xavier_uniform_(parameter)
        nn.init.normal_(self.emb.weight, std=self.config["width"] ** -0.5)
        for layer in list(self.enc) + list(self.dec):
            for block in layer:
                for name in ("Wv", "Wo", "W1", "W2", "W"):
                    if hasattr(block, name):
                        getattr(block, name).weight.data.mul_(0.35)

    def embed(self, ids):
        return self.emb(ids) * math.sqrt(self.config["width"])

    def encode(self, source):
        mask = torch.zeros(source.shape).masked_fill_(source == PAD, -1e9)[:, None, None, :]
        x = self.embed(source) + self.pe[: source.shape[1]]
        for attention, feed_forward in self.enc:
            x = feed_forward(attention(x, x, mask))
        return x, mask

    def decode(self, target, memory, mask):
        """Hidden states that predict each position of `target` from the ones before it."""
        x = self.embed(target)
        x = torch.cat([torch.zeros_like(x[:, :1]), x[:, :-1]], 1) + self.pe[: target.shape[1]]
        length = target.shape[1]
        past = torch.full((length, length), -1e9).triu_(1)
        for before, attention, feed_forward in self.dec:
            x = before(x) if isinstance(before, Ssru) else before(x, x, past)
            x = feed_forward(attention(x, memory, mask))
        return x

    def logits(self, x):
        return F.linear(x, self.emb.weight, self.ob)

    @torch.no_grad()
    def greedy(self, source, limit=None):
        """Greedy translation of a padded batch, as lists of ids without EOS."""
        memory, mask = self.encode(source)
        batch = source.shape[0]
        lengths = (source != PAD).sum(1)
        limit = limit or int((2 * lengths.max() + 4).clamp(max=256))
        cells = [torch.zeros(batch, self.config["width"]) for _ in self.dec]
        pasts = [torch.zeros(batch, 0, self.config["width"]) for _ in self.dec]
        embedded = torch.zeros(batch, self.config["width"])
        output = [[] for _ in range(batch)]
        live = set(range(batch))
        for step in range(limit):
            x = embedded + self.pe[step]
            for i, (before, attention, feed_forward) in enumerate(self.dec):
                if isinstance(before, Ssru):
                    x, cells[i] = before.step(x, cells[i])
                else:
                    pasts[i] = torch.cat([pasts[i], x[:, None]], 1)
                    x = before(x[:, None], pasts[i], torch.zeros(()))[:, 0]
                x = feed_forward(attention(x[:, None], memory, mask))[:, 0]
            best = self.logits(x).argmax(-1)
            embedded = self.embed(best)
            for row, token in enumerate(best.tolist()):
                if row in live:
                    if token == EOS:
                        live.discard(row)
                    else:
                        output[row].append(token)
            if not live:
                break
        return output


def pad(rows):
    """Lists of ids as one tensor."""
    width = max(map(len, rows))
    table = np.full((len(rows), width), PAD, dtype=np.int64)
    for i, row in enumerate(rows):
        table[i, : len(row)] = row
    return torch.from_numpy(table)


def load(path, weights="ema"):
    """A model from a checkpoint of `train.py`, or from a bare state dict with its sizes."""
    checkpoint = torch.load(path, map_location="cpu", weights_only=True)
    model = Model(**checkpoint["config"])
    model.load_state_dict({k: v.float() for k, v in checkpoint[weights].items()})
    return model.eval()
