"""Trains the model on encoded shards, by the clock, and can be stopped and resumed at any time.

    python train.py --data DIR --mix mix.toml --init start.pt --out RUN --deadline 07:45

A shard `NAME.npz` holds encoded pairs (`encode.py`). `mix.toml` says how much of each shard the
batches hold, as a piecewise linear function of progress (0 at the start, 1 at the deadline):

    general = [[0.0, 1.0], [0.6, 0.6], [1.0, 0.2]]

It is read anew for every chunk of sentences, and a shard that does not exist yet counts as
nothing, so that slow preparation can go on beside the training. The rate warms up, stays, and
falls linearly to zero at the deadline. `RUN/last.pt` holds weights, their moving average, the
optimiser and the progress; started again with the same `--out`, training goes on from there.
"""

import argparse
import math
import os
import random
import time
import tomllib
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import torch
from model import PAD, Model, pad

CHUNK = 40_000
# On a processor without it bfloat16 is emulated: a minute a step instead of seconds.
BFLOAT16 = torch.ops.mkldnn._is_mkldnn_bf16_supported()
HALF = torch.bfloat16 if BFLOAT16 else torch.float32


def parse():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--data", type=Path, required=True, help="folder of shards")
    p.add_argument("--mix", type=Path, required=True, help="shares of the shards")
    p.add_argument("--out", type=Path, required=True, help="folder of checkpoints")
    p.add_argument("--init", type=Path, help="checkpoint to start from (weights only, those that fit)")
    p.add_argument("--init-weights", choices=("model", "ema"), default="model")
    p.add_argument("--enc-layers", type=int, default=6)
    p.add_argument("--hidden", type=int, default=1536)
    p.add_argument("--decoder", choices=("ssru", "attention"), default="ssru")
    p.add_argument("--deadline", help="end, as HH:MM (UTC)")
    p.add_argument("--seconds", type=float, help="end, as a duration, instead")
    p.add_argument("--rate", type=float, default=7e-4)
    p.add_argument("--warm-up", type=int, default=300, help="steps")
    p.add_argument("--hold", type=float, default=0.35, help="share of the time before the decay")
    p.add_argument("--optimiser", choices=("adam", "muon"), default="adam")
    p.add_argument("--ema", type=float, default=0.9995)
    p.add_argument("--tokens", type=int, default=4500, help="padded tokens of a batch")
    p.add_argument("--longest", type=int, default=110, help="pieces of a sentence")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--save-every", type=float, default=300)
    p.add_argument("--check-every", type=float, default=600)
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args()


class Shard:
    """Encoded pairs, given out in random order without end."""

    def __init__(self, path, longest, rng):
        stored = np.load(path)
        self.rng = rng
        self.source, self.target = stored["source"], stored["target"]
        self.source_ends = np.cumsum(stored["source_lengths"].astype(np.int64))
        self.target_ends = np.cumsum(stored["target_lengths"].astype(np.int64))
        fits = np.maximum(stored["source_lengths"], stored["target_lengths"]) <= longest
        self.rows = np.flatnonzero(fits)
        self.order, self.at = rng.permutation(self.rows), 0

    def take(self, count):
        while count:
            if self.at == len(self.order):
                self.order, self.at = self.rng.permutation(self.rows), 0
            rows = self.order[self.at : self.at + count]
            self.at += len(rows)
            count -= len(rows)
            for row in rows:
                yield self.pair(row)

    def pair(self, row):
        def cut(flat, ends):
            return flat[ends[row - 1] if row else 0 : ends[row]]

        return cut(self.source, self.source_ends), cut(self.target, self.target_ends)


class Mixture:
    """Batches drawn from the shards in the shares that hold at the moment."""

    def __init__(self, args):
        self.args = args
        self.rng = np.random.default_rng(time.time_ns() % 2**32)
        self.shards = {}

    def shares(self, progress):
        shares = {}
        for name, points in tomllib.loads(self.args.mix.read_text()).items():
            path = self.args.data / f"{name}.npz"
            share = float(np.interp(progress, *zip(*points)))
            if share > 0 and path.exists():
                stamp = path.stat().st_mtime
                if name not in self.shards or self.shards[name][0] != stamp:
                    shard = Shard(path, self.args.longest, self.rng)
                    self.shards[name] = (stamp, shard)
                    print(f"shard {name}: {len(shard.rows)} pairs", flush=True)
                shares[name] = share
        total = sum(shares.values())
        return {name: share / total for name, share in shares.items()}

    def batches(self, progress):
        """The batches of one chunk, each of sentences of like length, in random order."""
        pairs = []
        for name, share in self.shares(progress).items():
            pairs += self.shards[name][1].take(round(CHUNK * share))
        pairs.sort(key=lambda p: (len(p[1]) // 2, len(p[0])))
        batches, batch, widest = [], [], 0
        for pair in pairs:
            size = max(widest, len(pair[0]), len(pair[1]))
            if batch and size * (len(batch) + 1) > self.args.tokens:
                batches.append(batch)
                batch, size = [], max(len(pair[0]), len(pair[1]))
            batch.append(pair)
            widest = size
        batches.append(batch)
        random.shuffle(batches)
        return batches


class SmoothedLoss(torch.autograd.Function):
    """Output layer and label-smoothed cross-entropy in one, a slice of the batch at a time.

    The 8,000 logits of a slice stay in the cache, and their gradient is known at once, so
    the big table of logits is never written out: a quarter of the training time.
    """

    SLICE = 384

    @staticmethod
    def forward(ctx, x, weight, bias, target, smoothing):
        rows, vocab = x.shape[0], weight.shape[0]
        half = weight.to(HALF)
        x16 = x.to(HALF)
        grad_x = torch.empty_like(x16)
        grad_weight = torch.zeros_like(weight)
        grad_bias = torch.zeros_like(bias)
        loss = 0.0
        for start in range(0, rows, SmoothedLoss.SLICE):
            part = x16[start : start + SmoothedLoss.SLICE]
            gold = target[start : start + SmoothedLoss.SLICE, None]
            logits = torch.matmul(part, half.t()).float().add_(bias)
            mean = logits.mean(1)
            chosen = logits.gather(1, gold)[:, 0]
            norm = torch.logsumexp(logits, 1)
            loss += (norm - (1 - smoothing) * chosen - smoothing * mean).sum().item()
            grad = logits.sub_(norm[:, None]).exp_().sub_(smoothing / vocab)
            grad.scatter_add_(1, gold, torch.full_like(gold, -(1 - smoothing), dtype=grad.dtype))
            grad_bias += grad.sum(0)
            grad = grad.to(HALF)
            grad_x[start : start + SmoothedLoss.SLICE] = torch.matmul(grad, half)
            grad_weight += torch.matmul(grad.t(), part)
        ctx.grads = grad_x.float().div_(rows), grad_weight.div_(rows), grad_bias.div_(rows)
        return torch.tensor(loss / rows)

    @staticmethod
    def backward(ctx, upstream):
        grad_x, grad_weight, grad_bias = ctx.grads
        return grad_x, grad_weight, grad_bias, None, None


class Muon:
    """Momentum with orthogonalised updates for the matrices inside the layers.

    Each update is brought near the closest orthogonal matrix by five Newton-Schulz steps, then
    scaled to the size that Adam's updates have, so both take the same rate.
    """

    def __init__(self, matrices, momentum=0.95):
        self.momentum = momentum
        self.groups = {}
        for matrix in matrices:
            self.groups.setdefault(tuple(sorted(matrix.shape)), []).append(matrix)
        self.buffers = {m: torch.zeros_like(m) for m in matrices}

    @staticmethod
    def orthogonalise(stack):
        a, b, c = 3.4445, -4.7750, 2.0315
        x = stack.to(HALF)
        x = x / (x.float().norm(dim=(1, 2), keepdim=True) + 1e-7).to(x.dtype)
        for _ in range(5):
            gram = torch.bmm(x, x.transpose(1, 2))
            x = torch.baddbmm(x, torch.baddbmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
        return x.float()

    @torch.no_grad()
    def step(self, rate):
        for (low, high), matrices in self.groups.items():
            updates = []
            for matrix in matrices:
                buffer = self.buffers[matrix]
                buffer.lerp_(matrix.grad, 1 - self.momentum)
                update = matrix.grad.lerp(buffer, self.momentum)
                updates.append(update if matrix.shape[0] == low else update.t())
            stack = self.orthogonalise(torch.stack(updates))
            scale = 0.2 * math.sqrt(high)
            for matrix, update in zip(matrices, stack):
                update = update if matrix.shape[0] == low else update.t()
                matrix.add_(update, alpha=-rate * scale)

    def state(self):
        return list(self.buffers.values())

    def load(self, state):
        for buffer, stored in zip(self.buffers.values(), state):
            buffer.copy_(stored)


class Trainer:
    def __init__(self, args):
        self.args = args
        self.mixture = Mixture(args)
        self.started, self.seconds = time.time(), self.duration()
        self.step = self.seen = 0
        self.model = Model(
            hidden=args.hidden, enc_layers=args.enc_layers, decoder=args.decoder
        )
        self.last = args.out / "last.pt"
        stored = None
        if self.last.exists():
            stored = torch.load(self.last, weights_only=True)
            self.model.load_state_dict(stored["model"])
            self.step, self.seen, self.started = stored["step"], stored["seen"], stored["started"]
        elif args.init:
            start = torch.load(args.init, weights_only=True)[args.init_weights]
            new = self.model.load_state_dict(start, strict=False).missing_keys
            print("from scratch:", *new, flush=True)
        self.ema = {k: v.clone() for k, v in self.model.state_dict().items()}
        matrices = []
        if args.optimiser == "muon":
            matrices = [p for n, p in self.model.named_parameters() if p.dim() == 2 and "emb" not in n]
        inside = {id(p) for p in matrices}
        others = [p for p in self.model.parameters() if id(p) not in inside]
        self.muon = Muon(matrices)
        self.adam = torch.optim.Adam(others, betas=(0.9, 0.98), eps=1e-9, fused=True)
        if stored:
            self.ema = stored["ema"]
            self.adam.load_state_dict(stored["adam"])
            self.muon.load(stored["muon"])
        count = sum(p.numel() for p in self.model.parameters())
        print(f"{count / 1e6:.2f} M parameters, {self.seconds:.0f} s", flush=True)

    def duration(self):
        if self.args.seconds:
            return self.args.seconds
        now = datetime.utcnow()
        hour, minute = map(int, self.args.deadline.split(":"))
        end = now.replace(hour=hour, minute=minute, second=0)
        if end < now:
            end += timedelta(days=1)
        return (end - now).total_seconds()

    def progress(self):
        """0 at the start, 1 at the deadline; a resumed run keeps its deadline, not its pauses."""
        end = self.first_end if hasattr(self, "first_end") else None
        if end is None:
            self.first_end = end = time.time() + self.seconds
        return min(1.0, 1 - (end - time.time()) / (end - self.started))

    def rate(self, progress):
        warm = min(1.0, (self.local_step + 1) / self.args.warm_up)
        hold = self.args.hold
        decay = 1.0 if progress < hold else (1 - progress) / (1 - hold)
        return self.args.rate * warm * max(decay, 0.0)

    def update(self, batch, rate):
        source, target = (pad(side) for side in zip(*batch))
        real = target != PAD
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=BFLOAT16):
            memory, mask = self.model.encode(source)
            hidden = self.model.decode(target, memory, mask)[real]
        loss = SmoothedLoss.apply(
            hidden.float(), self.model.emb.weight, self.model.ob, target[real], 0.1
        )
        self.model.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for group in self.adam.param_groups:
            group["lr"] = rate
        self.adam.step()
        self.muon.step(rate)
        decay = min(self.args.ema, (1 + self.local_step) / (10 + self.local_step))
        current = self.model.state_dict()
        torch._foreach_lerp_(list(self.ema.values()), [current[k] for k in self.ema], 1 - decay)
        return loss.item(), int(real.sum())

    @torch.no_grad()
    def check(self):
        """Cross-entropy on held-out pairs, of the weights and of their average."""
        path = self.args.data / "check.npz"
        if not path.exists():
            return
        shard = Shard(path, 200, np.random.default_rng(0))
        pairs = sorted((shard.pair(i) for i in shard.rows[:480]), key=lambda p: len(p[1]))
        kept = {k: v.clone() for k, v in self.model.state_dict().items()}
        self.model.eval()
        report = []
        for weights in (kept, self.ema):
            self.model.load_state_dict(weights)
            total = count = 0
            for start in range(0, len(pairs), 40):
                source, target = (pad(side) for side in zip(*pairs[start : start + 40]))
                with torch.autocast("cpu", dtype=torch.bfloat16, enabled=BFLOAT16):
                    memory, mask = self.model.encode(source)
                    logits = self.model.logits(self.model.decode(target, memory, mask)).float()
                total += torch.nn.functional.cross_entropy(
                    logits.flatten(0, 1), target.flatten(), ignore_index=PAD, reduction="sum"
                ).item()
                count += int((target != PAD).sum())
            report.append(f"{total / count:.4f}")
        spread = memory[:, :8].float().std(1).mean().item()
        self.model.load_state_dict(kept)
        self.model.train()
        print(f"check {report[0]} ema {report[1]} encoder spread {spread:.2f}", flush=True)

    def save(self):
        state = dict(
            config=self.model.config,
            model=self.model.state_dict(),
            ema=self.ema,
            adam=self.adam.state_dict(),
            muon=self.muon.state(),
            step=self.step,
            seen=self.seen,
            started=self.started,
        )
        part = self.last.with_suffix(".part")
        torch.save(state, part)
        os.replace(part, self.last)

    def run(self):
        self.local_step = 0
        self.args.out.mkdir(parents=True, exist_ok=True)
        saved = checked = logged = begun = time.time()
        loss_sum = loss_tokens = local_seen = 0
        while self.progress() < 1:
            for batch in self.mixture.batches(self.progress()):
                progress = self.progress()
                if progress >= 1:
                    break
                rate = self.rate(progress)
                loss, tokens = self.update(batch, rate)
                self.step += 1
                self.local_step += 1
                self.seen += tokens
                local_seen += tokens
                loss_sum += loss * tokens
                loss_tokens += tokens
                now = time.time()
                if now - logged > 30:
                    speed = local_seen / (now - begun)
                    print(
                        f"{progress:.3f} step {self.step} seen {self.seen / 1e6:.2f} M "
                        f"{speed:.0f}/s loss {loss_sum / loss_tokens:.3f} rate {rate:.6f}",
                        flush=True,
                    )
                    logged, loss_sum, loss_tokens = now, 0, 0
                if now - saved > self.args.save_every:
                    self.save()
                    saved = time.time()
                if now - checked > self.args.check_every:
                    self.check()
                    checked = time.time()
        self.save()
        self.check()


def main():
    args = parse()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    Trainer(args).run()


if __name__ == "__main__":
    main()
