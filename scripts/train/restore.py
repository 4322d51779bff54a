"""Makes a checkpoint of a Marian binary that `export.py` wrote, to go on training from a shipped model.

    python restore.py --binary ../../models/fr-en/model.int8.bin --out start.pt

Weights come back as they are stored: from int8 to within half a step of what they were.
"""

import argparse
import struct
from pathlib import Path

import numpy as np
import torch
from export import FLOAT32, INT8, matrices, norms
from model import Model


def tensors(path):
    """Every numeric tensor of the container by name, int8 ones as `[outputs, inputs]` floats."""
    data = Path(path).read_bytes()
    _, count = struct.unpack_from("<QQ", data)
    heads = [struct.unpack_from("<QQQQ", data, 16 + 32 * i) for i in range(count)]
    at = 16 + 32 * count
    names = []
    for length, *_ in heads:
        names.append(data[at : at + length - 1].decode())
        at += length
    shapes = []
    for _, _, rank, _ in heads:
        shapes.append(struct.unpack_from(f"<{rank}i", data, at))
        at += 4 * rank
    at += 8 + struct.unpack_from("<Q", data, at)[0]
    found = {}
    for name, shape, (_, kind, _, size) in zip(names, shapes, heads):
        length = int(np.prod(shape))
        if kind == FLOAT32:
            found[name] = np.frombuffer(data, "<f4", length, at).reshape(shape)
        elif kind == INT8:
            (multiplier,) = struct.unpack_from("<f", data, at + length)
            stored = np.frombuffer(data, np.int8, length, at).astype(np.float32)
            outputs = shape if name == "Wemb" else shape[::-1]
            found[name] = (stored / multiplier).reshape(outputs)
        at += size
    return found


def restore(path):
    stored = tensors(path)
    layers = max(int(n[len("encoder_l")]) for n in stored if n.startswith("encoder_l"))
    vocab, width = stored["Wemb"].shape
    hidden = stored["encoder_l1_ffn_b1"].size
    model = Model(vocab=vocab, width=width, hidden=hidden, enc_layers=layers)

    def fill(parameter, values):
        parameter.data.copy_(torch.from_numpy(np.array(values)).reshape(parameter.shape))

    fill(model.emb.weight, stored["Wemb"])
    fill(model.ob, stored["decoder_ff_logit_out_b"])
    for name, bias, module in matrices(model):
        quantised = f"{name}_QuantMultA" in stored
        fill(module.weight, stored[name] if quantised else stored[name].T)
        if module.bias is not None:
            fill(module.bias, stored[bias])
    for name, module in norms(model):
        fill(module.weight, stored[f"{name}_ln_scale"])
        fill(module.bias, stored[f"{name}_ln_bias"])
    return model


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--binary", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    args = p.parse_args()
    model = restore(args.binary)
    state = model.state_dict()
    torch.save(dict(config=model.config, model=state, ema=state), args.out)
    print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters")


if __name__ == "__main__":
    main()
