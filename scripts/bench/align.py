#!/usr/bin/env python3
"""Measures how fast `diptych align` is and how much memory it takes.

usage: align.py lines PAIRS.tsv[.xz] --diptych PATH... [--counts 1000,10000,100000]   parallel mode, on so many lines of both sides
       align.py beside DATA --diptych PATH [--bleualign PYTHON]    accuracy and time beside Bleualign, on DATA/text-berg and DATA/syn_mono_fren
       align.py articles N --diptych PATH [--keep FOLDER]          comparable mode, on N generated articles

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

articles: an event is reported by four papers
(two French, with translations) on one day, two events a day, 18 sentences each, a third of them
common to the event with a fifth of their words changed, one in ten a copy word by
word. Words are drawn by Zipf's law from 30,000 invented ones beside 12 names an event.
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

def generate(n, path):
    rng = random.Random(7); syllables = [c + v for c in "bcdfglmnprstv" for v in "aeiou"]
    word = lambda k: "".join(rng.choice(syllables) for _ in range(k))
    words = [word(rng.choice((2, 2, 3, 3, 4))) for _ in range(30000)]
    draw = lambda: words[min(len(words) - 1, int(len(words) ** rng.random()) - 1)]
    def sentence(names): return [rng.choice(names) if rng.random() < .12 else str(rng.randint(13, 9999)) if rng.random() < .03 else draw() for _ in range(rng.randint(12, 28))]
    with open(path, "w", encoding="utf8") as out:
        for event in range((n + 3) // 4):
            names = [word(3).capitalize() for _ in range(12)]; common = [sentence(names) for _ in range(9)]; day = event // 2
            for paper in range(min(4, n - 4 * event)):
                french = paper < 2; sentences = []
                for i in range(18):
                    if rng.random() < 1 / 3:
                        s = rng.choice(common)
                        if rng.random() > .1: s = [w if rng.random() > .2 else draw() for w in s]
                    else: s = sentence(names)
                    text = " ".join(s).capitalize() + "."
                    translation = {"text": text, "engine": "none", "model": "none", "score": None, "truncated": False} if french else None
                    sentences.append({"id": i, "role": "body", "lang": "fr" if french else "en", "text": text, "raw": [0, 0], "translation": translation})
                date = f"20{20 + day // 360:02}-{day % 360 // 30 + 1:02}-{day % 30 % 28 + 1:02}"
                out.write(json.dumps({"schema": "diptych/document/1", "id": f"{event:06}-{paper}", "source": {"path": f"{event}-{paper}.txt", "sha256": "", "url": None, "outlet": None},
                                      "lang": "fr" if french else "en", "date": date, "sentences": sentences}) + "\n")

def articles(args):
    with tempfile.TemporaryDirectory() as t:
        folder = pathlib.Path(args.keep or t); folder.mkdir(exist_ok=True); generate(int(args.what), folder / "documents.jsonl")
        busy, wall, memory = run([args.diptych[-1], "align", str(folder)])
        links = sum(1 for _ in open(folder / "alignments.jsonl"))
        print(f"{args.what} articles: {busy:.1f} s of one core ({wall:.1f} s on the clock), {memory:.0f} MiB, {links} links")

ap = argparse.ArgumentParser(); ap.add_argument("mode", choices=["lines", "beside", "articles"]); ap.add_argument("what"); ap.add_argument("--diptych", action="append", required=True)
ap.add_argument("--counts", default="1000,10000,100000"); ap.add_argument("--bleualign"); ap.add_argument("--keep"); args = ap.parse_args()
{"lines": lines, "beside": beside, "articles": articles}[args.mode](args)
