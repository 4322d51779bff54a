#!/usr/bin/env python3
"""Measures how fast `diptych align` is and how much memory it takes.

usage: align.py lines PAIRS.tsv[.xz] --diptych PATH... [--counts 1000,10000,100000]   parallel mode, on so many lines of both sides
       align.py beside DATA --diptych PATH [--bleualign PYTHON]    accuracy and time beside Bleualign, on DATA/text-berg and DATA/syn_mono_fren
       align.py articles 10000,100000 --diptych PATH [--keep FOLDER]   comparable mode, on so many generated articles (12 KB each, in FOLDER)

Times are of the processor (user and system), so that other programs on the machine
do not show; rayon has one thread; translations are given, not made. Several `--diptych`
are run in turn, and the ratio of the last to the first is printed.

lines: the text is made of parallel sentences (PAIRS ends in two columns, French and
English) from a fixed seed: of the English ones 5 % are left out, 8 % joined to the
one before, 7 % cut in two, and the translation is the English sentence with three
words in ten replaced by others of the text. The time of an empty run, which reads the
tables, is taken off.

beside: PYTHON is that of an environment with Bleualign (`pip install pypi-bleualign`;
Sennrich and Volk, 2010). Scores are strict F1 with and without lines that have no
counterpart, as in `scripts/eval/align.py`; Bleualign gives no such lines, so that only
its second figure, or the first with all left lines added, is fair: both are printed.
Both programs read each document in a process of its own; ours starts in the time shown.

articles: the collections are made by `corpus.py` out of the articles in `tests/gold/gazette`
and `tests/gold/bulletin`, as `diptych run` records them; smaller ones are measured first.
"""
import argparse, json, lzma, os, pathlib, random, resource, subprocess, sys, tempfile, time
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "eval"))

def run(command):
    """Seconds of the processor, of the clock, and the largest memory of a child so far in MiB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN); started = time.time()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "RAYON_NUM_THREADS": "1"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.time() - started, after.ru_maxrss / 1024

def pairs(path):
    with (lzma.open(path, "rt", encoding="utf8") if str(path).endswith(".xz") else open(path, encoding="utf8")) as lines:
        for line in lines: yield line.rstrip("\n").split("\t")[-2:]

def parallel_text(source, count, folder):
    """Writes the files a, b and via; gives how many lines a and b have."""
    rng = random.Random(1); a, b, via = [], [], []
    rows = []
    for row in source:
        rows.append(row)
        if len(rows) * 2 >= count: break
    pool = [w for _, en in rows[:2000] for w in en.split()]
    for fr, en in rows:
        words = en.split(); a.append(fr); via.append(" ".join(w if rng.random() < .7 else rng.choice(pool) for w in words)); draw = rng.random()
        if draw < .05: continue
        if draw < .13 and b: b[-1] += " " + en
        elif draw < .20 and len(words) > 12: b += [" ".join(words[:len(words) // 2]), " ".join(words[len(words) // 2:])]
        else: b.append(en)
    for name, lines in (("a", a), ("b", b), ("via", via)): (folder / name).write_text("\n".join(lines) + "\n", encoding="utf8")
    return len(a) + len(b)

def align(diptych, folder, n=""):
    return [diptych, "align", str(folder / f"a{n}"), str(folder / f"b{n}"), "--via", str(folder / f"via{n}"), "--mode", "parallel", "--format", "beads"]

def lines(args):
    with tempfile.TemporaryDirectory() as t:
        t = pathlib.Path(t)
        for name in ("a0", "b0", "via0"): (t / name).write_text("Oslo\n")
        for count in map(int, args.counts.split(",")):
            count = parallel_text(pairs(args.what), count, t); speeds = []
            for diptych in args.diptych:
                start, _, _ = run(align(diptych, t, "0")); all_, _, memory = run(align(diptych, t))
                speeds.append(count / (all_ - start))
                print(f"{count} lines of both sides: {all_ - start:.2f} s of one core, {speeds[-1]:.0f} a second; {start:.2f} s to start; at most {memory:.0f} MiB so far  {diptych}", flush=True)
            if len(speeds) > 1: print(f"    the last is {speeds[-1] / speeds[0]:.2f} times as fast as the first")

BLEUALIGN = """
import sys
from bleualign.align import Aligner
a, b, via = sys.argv[1:4]
aligner = Aligner({"srcfile": a, "targetfile": b, "srctotarget": [via], "targettosrc": [], "verbosity": 0})
aligner.mainloop()
for (a, b), _ in aligner.multialign: print([sorted(a), sorted(b)], file=sys.stderr)
"""

def bleualign(python, a, b, via):
    with tempfile.TemporaryDirectory() as t:
        out = subprocess.run([python, "-c", BLEUALIGN, str(a), str(b), str(via)], capture_output=True, text=True, cwd=t)
    found = [json.loads(l) for l in out.stderr.splitlines() if l.startswith("[[")]
    if not found: raise SystemExit(f"Bleualign failed: {out.stderr[-500:]}")
    return [(tuple(x), tuple(y)) for x, y in found if x or y]

def beside(args):
    from align import beads, gold_beads, strict   # scripts/eval/align.py
    d = pathlib.Path(args.what); mono = d / "syn_mono_fren"; berg = d / "text-berg"
    sets = {"text-berg, google": [(berg / "dev.de", berg / "dev.fr", berg / "dev.mt_google.fr", berg / "dev.defr", "de,fr")],
            "syn_mono, bergamot-tiny": [(g.with_suffix(".fr"), g.with_suffix(".en"), mono / f"{g.stem}.mt_bergamot-tiny.en", g, "fr,en") for g in sorted(mono.glob("*.fren"))]}
    args.diptych = args.diptych[-1]
    def timed(f):
        before = resource.getrusage(resource.RUSAGE_CHILDREN); out = f(); after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return out, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    for name, documents in sets.items():
        gold = [gold_beads(g) for _, _, _, g, _ in documents]
        ours, seconds = timed(lambda: [beads(args, a, b, [v], langs, "parallel") for a, b, v, _, langs in documents])
        print(f"{name}: diptych    {strict(list(zip(ours, gold)))}  {seconds:.2f} s")
        if not args.bleualign: print("    Bleualign is not given (--bleualign PYTHON): not run"); continue
        theirs, seconds = timed(lambda: [bleualign(args.bleualign, a, b, v) for a, b, v, _, _ in documents])
        print(f"{name}: Bleualign  {strict(list(zip(theirs, gold)))}  {seconds:.2f} s")
        filled = []
        for found, (a, b, _, _, _) in zip(theirs, documents):
            count = lambda p: len(p.read_text(encoding="utf8").splitlines()); used = [{i for bead in found for i in bead[s]} for s in (0, 1)]
            filled.append(found + [((i,), ()) for i in range(count(a)) if i not in used[0]] + [((), (j,)) for j in range(count(b)) if j not in used[1]])
        print(f"{name}: Bleualign, lines left as nulls  {strict(list(zip(filled, gold)))}")

def articles(args):
    """Collections out of what the program makes of articles that stand in the repository."""
    root = pathlib.Path(__file__).resolve().parents[2]; diptych = str(pathlib.Path(args.diptych[-1]).resolve()); first = None
    with tempfile.TemporaryDirectory(dir=args.keep) as t:
        t = pathlib.Path(t); texts = [str(root / "tests/gold" / s / "texts") for s in ("gazette", "bulletin")]
        subprocess.run([diptych, "run", *texts, "-o", str(t / "base"), "-q"], check=True, cwd=root)
        for n in map(int, args.what.split(",")):
            folder = t / str(n); folder.mkdir()
            subprocess.run([sys.executable, str(root / "scripts/bench/corpus.py"), str(n), str(folder / "documents.jsonl"), str(t / "base" / "documents.jsonl")], check=True)
            busy, wall, memory = run([diptych, "align", str(folder), "-q"]); first = first or busy
            links = sum(1 for _ in open(folder / "alignments.jsonl"))
            print(f"{n} articles: {busy:.1f} s of one core ({wall:.1f} s on the clock), {busy / first:.1f} times the first, at most {memory:.0f} MiB so far, {links} links", flush=True)

ap = argparse.ArgumentParser(); ap.add_argument("mode", choices=["lines", "beside", "articles"]); ap.add_argument("what"); ap.add_argument("--diptych", action="append", required=True)
ap.add_argument("--counts", default="1000,10000,100000"); ap.add_argument("--bleualign"); ap.add_argument("--keep"); args = ap.parse_args()
{"lines": lines, "beside": beside, "articles": articles}[args.mode](args)
