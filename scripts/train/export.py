"""Writes a checkpoint as Marian binaries, float32 and int8, for the program's engine.

    python export.py --checkpoint RUN/last.pt --vocab vocab.spm --calibrate news.tsv --out DIR

int8 weights are stored `[outputs, inputs]` with one multiplier a matrix, float ones
`[inputs, outputs]`. The engine quantises activations with a multiplier that is stored beside each
matrix (`*_QuantMultA`); it is measured here on the French side of `--calibrate`, as the largest
absolute value that each matrix reads while the model translates (`--quantile` below 1 clips).
"""

import argparse
import struct
from pathlib import Path

import numpy as np
import sentencepiece
import torch
from model import EOS, load, pad

FLOAT32, INT8, BYTES = 0x404, 0x4101, 0x101
ALIGNMENT = 256


def matrices(model):
    """Marian's name of every matrix inside the layers, with its module."""
    for i, (attention, feed_forward) in enumerate(model.enc, 1):
        yield from attention_matrices(f"encoder_l{i}_self", attention)
        yield from feed_forward_matrices(f"encoder_l{i}_ffn", feed_forward)
    for i, (ssru, attention, feed_forward) in enumerate(model.dec, 1):
        yield f"decoder_l{i}_rnn_W", f"decoder_l{i}_rnn_b", ssru.W
        yield f"decoder_l{i}_rnn_Wf", f"decoder_l{i}_rnn_bf", ssru.Wf
        yield from attention_matrices(f"decoder_l{i}_context", attention)
        yield from feed_forward_matrices(f"decoder_l{i}_ffn", feed_forward)


def attention_matrices(prefix, attention):
    for k in "qkvo":
        yield f"{prefix}_W{k}", f"{prefix}_b{k}", getattr(attention, f"W{k}")


def feed_forward_matrices(prefix, feed_forward):
    for k in "12":
        yield f"{prefix}_W{k}", f"{prefix}_b{k}", getattr(feed_forward, f"W{k}")


def norms(model):
    """Marian's name of every layer normalisation, with its module."""
    for i, (attention, feed_forward) in enumerate(model.enc, 1):
        yield f"encoder_l{i}_self_Wo", attention.ln
        yield f"encoder_l{i}_ffn_ffn", feed_forward.ln
    for i, (ssru, attention, feed_forward) in enumerate(model.dec, 1):
        yield f"decoder_l{i}_rnn_ffn", ssru.ln
        yield f"decoder_l{i}_context_Wo", attention.ln
        yield f"decoder_l{i}_ffn_ffn", feed_forward.ln


def calibrate(model, vocab, sentences, quantile):
    """The multiplier of each matrix's input, and of the output layer's (`none`)."""
    ranges = {"none": []}
    hooks = []

    def note(name, values):
        size = values.detach().abs().flatten()
        # `torch.quantile` takes at most 16 M values; a batch has fewer.
        ranges[name].append((size.max() if quantile >= 1 else torch.quantile(size, quantile)).item())

    for name, _, module in matrices(model):
        ranges[name] = []
        hooks.append(module.register_forward_hook(lambda m, x, y, name=name: note(name, x[0])))
    plain_logits = model.logits

    def logits(x):
        note("none", x)
        return plain_logits(x)

    model.logits = logits
    rows = sorted((vocab.encode(s) + [EOS] for s in sentences), key=len)
    for start in range(0, len(rows), 50):
        model.greedy(pad(rows[start : start + 50]))
    del model.logits
    for hook in hooks:
        hook.remove()
    reduce = max if quantile >= 1 else np.mean
    return {name: 127 / float(reduce(values)) for name, values in ranges.items()}


class Binary:
    """Named tensors in Marian's container."""

    def __init__(self):
        self.items = []

    def floats(self, name, values, shape=None):
        data = np.ascontiguousarray(values, dtype=np.float32)
        self.items.append((name, FLOAT32, list(shape or data.shape), data.tobytes()))

    def row(self, name, tensor):
        self.floats(name, tensor.detach().numpy(), (1, tensor.numel()))

    def int8(self, name, matrix, shape):
        """Rows of outputs, the multiplier behind them."""
        multiplier = 127.0 / max(float(np.abs(matrix).max()), 1e-6)
        data = np.clip(np.round(matrix * multiplier), -127, 127).astype(np.int8).tobytes()
        data += struct.pack("<f", multiplier)
        data += b"\0" * (-len(data) % ALIGNMENT)
        self.items.append((name, INT8, shape, data))

    def text(self, name, text):
        data = text.encode() + b"\0"
        self.items.append((name, BYTES, [len(data)], data))

    def write(self, path):
        head = struct.pack("<QQ", 1, len(self.items))
        for name, kind, shape, data in self.items:
            head += struct.pack("<QQQQ", len(name) + 1, kind, len(shape), len(data))
        for name, *_ in self.items:
            head += name.encode() + b"\0"
        for _, _, shape, _ in self.items:
            head += struct.pack(f"<{len(shape)}i", *shape)
        padding = -(len(head) + 8) % ALIGNMENT
        head += struct.pack("<Q", padding) + b"\0" * padding
        Path(path).write_bytes(head + b"".join(data for *_, data in self.items))


def export(model, path, multipliers=None):
    """int8 where multipliers are given, else float32."""
    binary, config = Binary(), model.config
    embedding = model.emb.weight.detach().numpy()
    if multipliers:
        binary.int8("Wemb", embedding, list(embedding.shape))
        binary.floats("none_QuantMultA", [multipliers["none"]], (1, 1))
    else:
        binary.floats("Wemb", embedding)
    binary.row("decoder_ff_logit_out_b", model.ob)
    for name, bias, module in matrices(model):
        weight = module.weight.detach().numpy()
        if multipliers:
            binary.int8(name, weight, list(weight.shape[::-1]))
            binary.floats(f"{name}_QuantMultA", [multipliers[name]], (1, 1))
        else:
            binary.floats(name, weight.T)
        if module.bias is not None:
            binary.row(bias, module.bias)
    for name, module in norms(model):
        binary.row(f"{name}_ln_scale", module.weight)
        binary.row(f"{name}_ln_bias", module.bias)
    vocab = config["vocab"]
    binary.text(
        "special:model.yml",
        f"type: transformer\ndim-emb: {config['width']}\ntransformer-heads: {config['heads']}\n"
        f"enc-depth: {config['enc_layers']}\ndec-depth: {config['dec_layers']}\n"
        f"transformer-dim-ffn: {config['hidden']}\ndim-vocabs:\n  - {vocab}\n  - {vocab}\n",
    )
    binary.write(path)


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--checkpoint", type=Path, required=True)
    p.add_argument("--weights", choices=("ema", "model"), default="ema")
    p.add_argument("--vocab", required=True)
    p.add_argument("--calibrate", type=Path, required=True, help="pairs; the French side is read")
    p.add_argument("--sentences", type=int, default=400)
    p.add_argument("--quantile", type=float, default=1.0)
    p.add_argument("--out", type=Path, required=True)
    args = p.parse_args()
    torch.set_num_threads(1)
    model = load(args.checkpoint, args.weights)
    vocab = sentencepiece.SentencePieceProcessor(model_file=args.vocab)
    with open(args.calibrate, encoding="utf-8") as file:
        sentences = [line.split("\t")[0] for line, _ in zip(file, range(args.sentences))]
    multipliers = calibrate(model, vocab, sentences, args.quantile)
    args.out.mkdir(parents=True, exist_ok=True)
    export(model, args.out / "model.float32.bin")
    export(model, args.out / "model.int8.bin", multipliers)
    for name in ("model.float32.bin", "model.int8.bin"):
        print(f"{name}: {(args.out / name).stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
