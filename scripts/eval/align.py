#!/usr/bin/env python3
"""Scores `diptych align A B` on parallel and comparable texts.

usage: align.py DATA --diptych PATH [--only NAME,...]
DATA holds text-berg/, transread/, syn_mono_fren/, syn_comp_fren/ and bucc_like_fren/
as the development data does.

Texts in order are counted as vecalign's scorer does, strictly: precision over all
beads found, those of one side only included ("nulls"), recall over the gold beads
that have both sides; "no nulls" leaves them out of precision too. Texts out of order are counted by pairs of lines; for
these the best F1 and the recall at precision 0.99 over all thresholds are printed
beside the figures at the program's own.
"""
import argparse, ast, pathlib, subprocess, time

def beads(args, a, b, via=(), langs="fr,en", mode=None):
    command = [args.diptych, "align", str(a), str(b), "--langs", langs, "--format", "beads"]
    for v in via: command += ["--via", str(v)]
    if mode: command += ["--mode", mode]
    started = time.time()
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    beads.seconds += time.time() - started
    return [bead(line) for line in text.splitlines() if line]
beads.seconds = 0.0

def bead(line):
    """`[8, 9]:[10, 11]:0.83` or `[3]:[]`"""
    a, rest = line.strip().split("]:[", 1); b, _, score = rest.partition("]")
    return tuple(ast.literal_eval(a + "]")), tuple(ast.literal_eval("[" + b + "]")), float(score.lstrip(":") or 0)

def strict(documents):
    tp = {False: 0, True: 0}; found = {False: 0, True: 0}; recalled = wanted = 0
    for got, gold in documents:
        got, gold = {g[:2] for g in got}, set(gold); full = {g for g in gold if g[0] and g[1]}
        for nulls in (False, True):
            kept = got if nulls else {g for g in got if g[0] and g[1]}
            tp[nulls] += len(kept & gold); found[nulls] += len(kept)
        recalled += len(got & full); wanted += len(full)
    def f(nulls):
        p, r = tp[nulls] / max(1, found[nulls]), recalled / max(1, wanted)
        return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f}"
    return f"with nulls {f(True)} | no nulls {f(False)}"

def gold_beads(path, swap=False):
    out = [bead(line)[:2] for line in open(path, encoding="utf8") if line.strip()]
    return [(b, a) for a, b in out] if swap else out

def pairs(path): return {tuple(map(int, line.split())) for line in open(path) if line.strip()}

def unordered(documents):
    scored, wanted = [], 0
    for got, gold in documents:
        wanted += len(gold); scored += [(s, (a[0], b[0]) in gold) for a, b, s in got if len(a) == len(b) == 1]
    right = sum(ok for _, ok in scored); p, r = right / max(1, len(scored)), right / max(1, wanted)
    best = sure = hit = 0
    for n, (_, ok) in enumerate(sorted(scored, reverse=True), 1):
        hit += ok; best = max(best, 2 * hit / (n + wanted)); sure = hit / wanted if hit / n >= 0.99 else sure
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f} | best F1 {best:.3f}, recall at precision 0.99 {sure:.3f}"

def main():
    ap = argparse.ArgumentParser(); ap.add_argument("data", type=pathlib.Path); ap.add_argument("--diptych", required=True); ap.add_argument("--only", default="")
    args = ap.parse_args(); d = args.data; only = set(filter(None, args.only.split(",")))
    wanted = lambda name: not only or name in only
    if wanted("text-berg"):
        t = d / "text-berg"; every = sorted(t.glob("dev.mt_*.fr"))
        for name, via in [(v.name, [v]) for v in every] + [("all", every)]:
            print("text-berg", name, strict([(beads(args, t / "dev.de", t / "dev.fr", via, "de,fr"), gold_beads(t / "dev.defr"))]))
    if wanted("transread"):   # without --via the program translates the French itself
        t = d / "transread"
        books = [(beads(args, g.with_suffix(".fr"), g.with_suffix(".en")), gold_beads(g, swap=True)) for g in sorted(t.glob("*.enfr"))]
        print("transread", strict(books))
    for mt in ("bergamot-tiny", "google"):
        if wanted("syn_mono"):
            t = d / "syn_mono_fren"; ids = [g.stem for g in sorted(t.glob("*.fren"))]
            print("syn_mono", mt, strict([(beads(args, t / f"{i}.fr", t / f"{i}.en", [t / f"{i}.mt_{mt}.en"]), gold_beads(t / f"{i}.fren")) for i in ids]))
        if wanted("bucc"):
            t = d / "bucc_like_fren"
            print("bucc", mt, unordered([(beads(args, t / "dev.fr", t / "dev.en", [t / f"dev.mt_{mt}.en"]), pairs(t / "dev.gold"))]))
    if wanted("syn_comp"):
        t = d / "syn_comp_fren"; ids = [g.stem for g in sorted(t.glob("*.gold"))]
        print("syn_comp", unordered([(beads(args, t / f"{i}.fr", t / f"{i}.en", [t / f"{i}.mt_bergamot-tiny.en"]), pairs(t / f"{i}.gold")) for i in ids]))
    print(f"{beads.seconds:.1f} s in the aligner, loading included")

main()
