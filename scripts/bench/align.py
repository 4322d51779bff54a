#!/usr/bin/env python3
"""Measures how fast `diptych align` is and how much memory it takes.

usage: align.py lines DATA --diptych PATH [--times 20]      parallel mode, on DATA/syn_mono_fren put end to end so many times
       align.py articles N --diptych PATH [--keep FOLDER]   comparable mode, on N generated articles

Times are of the processor (user and system), so that other programs on the machine
do not show. For `lines` the time of an empty run, which reads the tables, is printed
apart; translations are given, not made; rayon has one thread.

The articles are generated from a fixed seed: an event is reported by four papers
(two French, with translations) on one day, two events a day, 18 sentences each, a third of them
common to the event with a fifth of their words changed, one in ten a copy word by
word. Words are drawn by Zipf's law from 30,000 invented ones beside 12 names an event.
"""
import argparse, json, os, pathlib, random, resource, subprocess, tempfile, time

def run(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN); started = time.time()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "RAYON_NUM_THREADS": "1"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.time() - started, after.ru_maxrss / 1024

def lines(args):
    d = pathlib.Path(args.what) / "syn_mono_fren"; ids = sorted(g.stem for g in d.glob("*.fren"))
    with tempfile.TemporaryDirectory() as t:
        t = pathlib.Path(t); count = 0
        for name, suffix in (("a", "fr"), ("b", "en"), ("via", "mt_bergamot-tiny.en")):
            text = "".join((d / f"{i}.{suffix}").read_text(encoding="utf8").rstrip("\n") + "\n" for i in ids) * args.times
            (t / name).write_text(text, encoding="utf8"); (t / f"{name}0").write_text("Oslo\n" if name != "b" else "Oslo\n")
            if name != "via": count += text.count("\n")
        command = lambda n: [args.diptych, "align", str(t / f"a{n}"), str(t / f"b{n}"), "--via", str(t / f"via{n}"), "--mode", "parallel", "--format", "beads"]
        start, _, _ = run(command("0")); all_, wall, memory = run(command(""))
        print(f"{count} sentences of both sides: {all_ - start:.2f} s of one core, {count / (all_ - start):.0f} a second; {start:.2f} s to start; {memory:.0f} MiB; {wall:.1f} s on the clock")

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
        busy, wall, memory = run([args.diptych, "align", str(folder)])
        links = sum(1 for _ in open(folder / "alignments.jsonl"))
        print(f"{args.what} articles: {busy:.1f} s of one core ({wall:.1f} s on the clock), {memory:.0f} MiB, {links} links")

ap = argparse.ArgumentParser(); ap.add_argument("mode", choices=["lines", "articles"]); ap.add_argument("what"); ap.add_argument("--diptych", required=True)
ap.add_argument("--times", type=int, default=20); ap.add_argument("--keep"); args = ap.parse_args()
lines(args) if args.mode == "lines" else articles(args)
