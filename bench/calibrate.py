#!/usr/bin/env python3
"""Measure a GPU and print the INI sections that make vtok right on it.

    calibrate.py [--hardware ID] [--id NAME] [--csv FILE] [--quick] [--simulate]
    calibrate.py --hardware ID --measured FILE

Times matrix products, causal and bidirectional attention and copies, then a whole vision tower and a whole language
model prefill, with random weights of real dimensions, for four vision-language models at three sizes. From the
kernels it fits the constants of a [generation] section. Two more come from the whole models: how much slower a device
is while it works without a pause than in a short test (one factor on products and attention), and what attention
reaches with heads that are no multiple of 16. Whole models are scored leaving one model out: fitted on three, the
fourth predicted.

Standard output: a [generation] and a [hardware] section, for `vtok -f FILE` or hardware.ini. --csv: every measured
time; --measured fits such a file again, without a GPU. To measure needs PyTorch with a GPU; --simulate runs the same
code against a formula instead, to test the fit.

--hardware takes the peaks of a known device from hardware.ini, so that the constants are shares of the data sheet, and
the printed sections override that device and its generation, which keeps the engine profiles that name them. Without
it the best measured rates stand for the peaks of a new device, --id. The model fitted is that of src/core/prefill_ops.c.

How it measures: events of the GPU around CUDA graphs, so that no time of the CPU is in them, after a warm-up that
brings the clocks up; weights alternate between copies that the second-level cache does not hold together; the median
of several runs counts. What does not fit into the memory is left out and named on standard error. An interrupt writes
what was measured to the --csv file and stops.
"""

import argparse
import configparser
import math
import os
import random
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
# four with attention over everything, in tower and language model; and how many patches make a visual token
MODELS = (("qwen2-vl-7b", 4), ("qwen3-vl-2b", 4), ("llava-onevision-7b", 1), ("glm-4.1v-9b", 4))
SIDES = (448, 896, 1344)  # pixels of a square picture
TEXT = 40  # tokens beside the picture
FIELDS = ("kind", "name", "m", "n", "k", "batch", "heads", "head", "tokens", "causal", "seconds")



def note(text):
    print("calibrate.py: " + text, file=sys.stderr, flush=True)


def median(values):
    values = sorted(values)
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


# ---------------------------------------------------------------- INI files


def read_ini(path):
    ini = configparser.ConfigParser(strict=False, interpolation=None, comment_prefixes=("#", ";"),
                                    inline_comment_prefixes=None, delimiters=("=",))
    with open(path, encoding="utf-8") as file:
        ini.read_file(file)
    return ini


def number(text, default=0.0):
    """"62.5 TFLOP/s", "3350 GB/s", "80 GiB": the value in the base unit."""
    scale = {"T": 1e12, "G": 1e9, "M": 1e6, "K": 1024.0, "k": 1e3}
    words = text.split() if text else []
    if not words:
        return default
    unit = words[1] if len(words) > 1 else ""
    if unit[1:2] == "i":
        return float(words[0]) * 1024 ** ("KMGT".index(unit[0]) + 1)
    return float(words[0]) * scale.get(unit[:1], 1.0)


def dims(section):
    """The integers of a section, 0 where a key is not there."""
    names = ("layers", "hidden", "ffn", "q-heads", "kv-heads", "head-dim",
             "heads", "patch", "positions")
    values = {name: int(section.get(name, "0") or 0) for name in names}
    values["ffn-matrices"] = int(section.get("ffn-matrices", "2"))
    return values


def find_models(ini):
    found = []
    for name, merged in MODELS:
        model = ini["model " + name]
        found.append((name, merged, dims(model), dims(ini["tower " + model["tower"]])))
    return found


# ---------------------------------------------------------------- devices


class Torch:
    """The GPU. Times are medians, of the GPU alone."""

    def __init__(self, quick):
        try:
            import torch  # only here: the rest runs without it
        except ImportError:
            raise SystemExit("calibrate.py: needs PyTorch with a GPU (or --simulate, to test the fit)") from None
        if not torch.cuda.is_available():
            raise SystemExit("calibrate.py: PyTorch sees no GPU")
        self.torch = torch
        self.too_large = torch.cuda.OutOfMemoryError
        self.runs = 5 if quick else 15
        properties = torch.cuda.get_device_properties(0)
        self.name = properties.name
        self.sms = properties.multi_processor_count
        self.memory = properties.total_memory
        self.cache = getattr(properties, "L2_cache_size", 0) or 64 << 20
        # before Ampere bf16 is emulated
        self.dtype = torch.bfloat16 if torch.cuda.get_device_capability(0)[0] >= 8 else torch.float16
        self.versions = "torch %s, CUDA %s, %s" % (torch.__version__, torch.version.cuda or torch.version.hip,
                                                   str(self.dtype).replace("torch.", ""))
        self.has_graphs = self.has_gqa = True
        with torch.inference_mode():
            self.warm_up()

    def warm_up(self):
        """A second of work: idle clocks are low."""
        a, until = self.random(4096, 4096), time.monotonic() + 1
        while time.monotonic() < until:
            for _ in range(20):
                self.torch.mm(a, a)
            self.torch.cuda.synchronize()

    def events(self, run):
        torch = self.torch
        start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        torch.cuda.synchronize()
        start.record()
        run()
        end.record()
        torch.cuda.synchronize()
        return start.elapsed_time(end) / 1e3

    def captured(self, run):
        """run as a CUDA graph: no launch by the CPU is in its time. Itself, where graphs do not work."""
        torch = self.torch
        if not self.has_graphs:
            return run
        try:
            side = torch.cuda.Stream()
            side.wait_stream(torch.cuda.current_stream())
            with torch.cuda.stream(side):
                run()
            torch.cuda.current_stream().wait_stream(side)
            graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(graph):
                run()
            graph.replay()
            torch.cuda.synchronize()
            return graph.replay
        except self.too_large:
            raise
        except RuntimeError as error:
            note("no CUDA graphs, small times hold the CPU's launches: %s" % str(error).split("\n")[0])
            self.has_graphs = False
            torch.cuda.synchronize()
            return run

    def time(self, *runs):
        """Seconds of one of runs, which are called in turn, as often as makes two milliseconds."""
        with self.torch.inference_mode():
            for _ in range(2):
                runs[0]()
            once = self.events(runs[0])
            calls = [runs[i % len(runs)] for i in range(max(1, min(64, int(2e-3 / max(once, 1e-6)))))]

            def in_turn():
                for call in calls:
                    call()

            replay = self.captured(in_turn)
            replay()
            return median([self.events(replay) for _ in range(self.runs)]) / len(calls)

    def tidy(self):
        self.torch.cuda.empty_cache()

    def random(self, *shape):
        return self.torch.randn(*shape, device="cuda", dtype=self.dtype) * 0.02

    def gemm(self, m, n, k):
        linear = self.torch.nn.functional.linear
        copies = max(1, min(64, math.ceil(3 * self.cache / (2.0 * n * k))))
        a, weights = self.random(m, k), [self.random(n, k) for _ in range(copies)]
        return self.time(*[lambda b=b: linear(a, b) for b in weights])

    def attention(self, batch, heads, head, tokens, causal):
        q, k, v = (self.random(batch, heads, tokens, head) for _ in range(3))
        sdpa = self.torch.nn.functional.scaled_dot_product_attention
        return self.time(lambda: sdpa(q, k, v, is_causal=causal))

    def copy(self, size):
        a = self.torch.empty(size // 2, device="cuda", dtype=self.torch.uint8)
        b = self.torch.empty_like(a)
        return self.time(lambda: b.copy_(a))

    def attend(self, q, k, v, causal):
        """With fewer key heads than query heads; before PyTorch 2.5 they are repeated."""
        sdpa = self.torch.nn.functional.scaled_dot_product_attention
        groups = q.shape[1] // k.shape[1]
        if groups > 1 and self.has_gqa:
            try:
                return sdpa(q, k, v, is_causal=causal, enable_gqa=True)
            except TypeError:
                self.has_gqa = False
        if groups > 1:
            k, v = (t.repeat_interleave(groups, 1) for t in (k, v))
        return sdpa(q, k, v, is_causal=causal)

    def stack(self, shape, batch, tokens, causal):
        """All layers of a transformer, one after the other, each with weights of its own."""
        torch = self.torch
        linear, silu = torch.nn.functional.linear, torch.nn.functional.silu
        d, ff, h, kv, hd, gated = (shape[x] for x in ("d", "ff", "h", "kv", "hd", "gated"))
        layers = [(self.random((h + 2 * kv) * hd, d), self.random(d, h * hd),
                   self.random(2 * ff if gated else ff, d), self.random(d, ff)) for _ in range(shape["layers"])]
        norm = torch.ones(d, device="cuda", dtype=self.dtype)
        first = self.random(batch, tokens, d)

        def run():
            x = first
            for qkv, out, up, down in layers:
                y = torch.nn.functional.layer_norm(x, (d,), norm)
                q, k, v = linear(y, qkv).view(batch, tokens, h + 2 * kv, hd).transpose(1, 2).split((h, kv, kv), 1)
                y = self.attend(q, k, v, causal)
                x = x + linear(y.transpose(1, 2).reshape(batch, tokens, h * hd), out)
                y = linear(torch.nn.functional.layer_norm(x, (d,), norm), up)
                if gated:
                    gate, y = y.chunk(2, -1)
                    y = silu(gate) * y
                else:
                    y = torch.nn.functional.gelu(y)
                x = x + linear(y, down)
            return x

        return self.time(run)


class Simulated:
    """The formula with known constants and some noise: the fit must find them again."""

    truth = {"e": 0.78, "e_bw": 0.82, "t0": 4e-6, "p": 2.4, "a64": 0.5, "a128": 0.62, "w0": 0.5, "ta": 8e-6,
             "th_causal": 700.0, "th_bidir": 300.0, "sustained": 0.9, "unaligned": 0.3}

    def __init__(self, peaks):
        self.name, self.versions, self.sms, self.memory = "simulated device", "simulated", 132, 80 << 30
        self.too_large = MemoryError
        self.peaks = peaks
        self.noise = random.Random(1)

    def tidy(self):
        pass

    def jitter(self, seconds):
        return seconds * math.exp(self.noise.gauss(0, 0.02))

    def gemm(self, m, n, k):
        return self.jitter(gemm_s(self.truth, self.peaks, m, n, k))

    def attention(self, batch, heads, head, tokens, causal):
        return self.jitter(attention_s(self.truth, self.peaks, self.sms, batch, heads, head, tokens, causal))

    def copy(self, size):
        return self.jitter(size / (self.peaks["bytes"] * self.truth["e_bw"]))

    def stack(self, shape, batch, tokens, causal):
        return self.jitter(stack_s(at_work(self.truth), self.peaks, self.sms, shape, batch, tokens, causal))


# ---------------------------------------------------------------- the model of src/core/prefill_ops.c


def smooth_max(a, b, p):
    most = max(a, b)
    return most * (1 + (min(a, b) / most) ** p) ** (1 / p)


def gemm_s(c, peaks, m, n, k):
    compute = 2.0 * m * n * k / (peaks["flops"] * c["e"])
    memory = 2.0 * (n * k + m * k + m * n) / (peaks["bytes"] * c["e_bw"])
    return c["t0"] + smooth_max(compute, memory, c["p"])


def unaligned(head):
    return head < 128 and head % 16 > 0


def attention_s(c, peaks, sms, batch, heads, head, tokens, causal):
    pairs = tokens * tokens / (2.0 if causal else 1.0)
    waves = batch * heads * math.ceil(tokens / 128) / sms
    share = c["a64"] + (c["a128"] - c["a64"]) * min(1.0, max(0.0, (head - 64) / 64))
    half = c["th_causal" if causal else "th_bidir"]
    if unaligned(head) and c["unaligned"] > 0:
        share, half = c["unaligned"], 0.0
    share *= waves / (waves + c["w0"]) * tokens / (tokens + half)
    return c["ta"] + 4.0 * batch * heads * head * pairs / (peaks["flops"] * share)


def elementwise_s(c, peaks, kernels, rows, values):
    """Small kernels that read and write so many 16-bit values of each row."""
    return kernels * 0.6 * c["t0"] + 2.0 * rows * values / (peaks["bytes"] * c["e_bw"])


def stack_s(c, peaks, sms, shape, batch, tokens, causal):
    """Torch.stack, kernel by kernel: a norm reads and writes a row, a residual reads two and writes one, GELU reads and
    writes the inner row; a gate is two kernels, the activation and the product."""
    d, ff, h, kv, hd, gated = (shape[x] for x in ("d", "ff", "h", "kv", "hd", "gated"))
    m = batch * tokens
    layer = gemm_s(c, peaks, m, (h + 2 * kv) * hd, d) + gemm_s(c, peaks, m, d, h * hd)
    layer += gemm_s(c, peaks, m, 2 * ff if gated else ff, d) + gemm_s(c, peaks, m, d, ff)
    layer += attention_s(c, peaks, sms, batch, h, hd, tokens, causal)
    layer += elementwise_s(c, peaks, 4, m, 10 * d)
    layer += elementwise_s(c, peaks, 2 if gated else 1, m, (5 if gated else 2) * ff)
    return shape["layers"] * layer


def at_work(c):
    """The constants of a device that works without a pause."""
    return dict(c, **{key: c[key] * c["sustained"] for key in ("e", "a64", "a128", "unaligned")})


# ---------------------------------------------------------------- measuring


def add(rows, device, row, measure):
    """Measures and keeps a row; one that the memory does not hold is left out."""
    label = " ".join(str(row[f]) for f in FIELDS if f in row)
    try:
        row["seconds"] = measure()
        rows.append(row)
    except device.too_large:
        note("left out, does not fit: " + label)
    device.tidy()


def measure_kernels(device, quick, rows):
    sizes = ((1024, 1024), (4096, 4096), (3584, 18944), (11008, 4096), (37888, 3584), (2048, 8192))
    for m in (16, 128, 577, 2048, 8192) if quick else (16, 64, 128, 256, 577, 1024, 2048, 4096, 8192):
        for n, k in sizes:
            add(rows, device, dict(kind="gemm", m=m, n=n, k=k), lambda: device.gemm(m, n, k))
    for tokens in (256, 577, 1024, 2048, 4096) if quick else (128, 256, 577, 729, 1024, 2048, 4096, 8192):
        for heads, head in ((16, 64), (16, 72), (28, 128), (32, 128)):
            for causal in (True, False):
                add(rows, device, dict(kind="attention", batch=1, heads=heads, head=head, tokens=tokens,
                                       causal=int(causal)),
                    lambda: device.attention(1, heads, head, tokens, causal))
    for size in (1 << 24, 1 << 27, 1 << 30):
        add(rows, device, dict(kind="copy", m=size), lambda: device.copy(size))


def tower_job(tower, side):
    """Sequences and their length for a square picture: tiles for towers of fixed length, else one sequence."""
    if tower["positions"] > 0:
        own = int(math.sqrt(tower["positions"])) * tower["patch"]
        grid = max(1, math.ceil(side / own))
        return (1 if grid == 1 else grid * grid + 1), tower["positions"]
    return 1, (side // tower["patch"]) ** 2


def shapes(llm, tower):
    """What stack() runs of a model: its tower and its language model."""
    head = tower["hidden"] // tower["heads"]
    vit = dict(layers=tower["layers"], d=tower["hidden"], ff=tower["ffn"], h=tower["heads"],
               kv=tower["heads"], hd=head, gated=tower["ffn-matrices"] == 3)
    text = dict(layers=llm["layers"], d=llm["hidden"], ff=llm["ffn"], h=llm["q-heads"],
                kv=llm["kv-heads"], hd=llm["head-dim"], gated=True)
    return vit, text


def measure_models(device, models, quick, rows):
    for name, merged, llm, tower in models:
        vit, text = shapes(llm, tower)
        note(name)
        for side in SIDES[:1] if quick else SIDES:
            batch, length = tower_job(tower, side)
            add(rows, device, dict(kind="vision", name=name, m=side, batch=batch, tokens=length, causal=0, shape=vit),
                lambda: device.stack(vit, batch, length, False))
            visual = batch * length // merged
            add(rows, device, dict(kind="llm", name=name, m=side, batch=1, tokens=visual + TEXT, causal=1, shape=text),
                lambda: device.stack(text, 1, visual + TEXT, True))


# ---------------------------------------------------------------- measured before


class Measured:
    """The device that a --csv file names, with what hardware.ini says of it."""

    def __init__(self, first, section):
        name, _, versions = first.lstrip("# ").strip().partition("; ")
        self.name, self.versions = name or "unknown device", versions or "unknown versions"
        self.sms = int(section.get("sms", "0") or 0)
        self.memory = int(number(section.get("mem")))


def read_row(line, models):
    """A row of a --csv file; ValueError, KeyError: it is none."""
    fields = line.rstrip("\r\n").split(",")
    if len(fields) != len(FIELDS):
        raise ValueError("%d fields instead of %d" % (len(fields), len(FIELDS)))
    row = {key: text for key, text in zip(FIELDS, fields) if text}
    for key in row:
        if key == "seconds":
            row[key] = float(row[key])
        elif key not in ("kind", "name"):
            row[key] = int(row[key])
    if not 0 < row["seconds"] < 1e6:
        raise ValueError("seconds out of range")
    if row["kind"] in ("vision", "llm"):
        row["shape"] = models[row["name"]][row["kind"] == "llm"]
    needed = {"gemm": "mnk", "copy": "m"}.get(row["kind"], ("batch", "tokens", "causal"))
    if any(row[key] < (key != "causal") for key in needed):
        raise ValueError("a size that is not positive")
    return row


def read_measured(path, models, section):
    """The device and the rows of a file that --csv wrote."""
    known = {name: shapes(llm, tower) for name, _, llm, tower in models}
    with open(path, encoding="utf-8") as file:
        lines = file.readlines()
    if len(lines) < 2 or not lines[0].startswith("#") or lines[1].strip() != ",".join(FIELDS):
        raise SystemExit("calibrate.py: %s: not a file that --csv wrote" % path)
    rows = []
    for i, line in enumerate(lines[2:], 3):
        try:
            rows.append(read_row(line, known))
        except KeyError as error:
            raise SystemExit("calibrate.py: %s:%d: no %s" % (path, i, error)) from None
        except ValueError as error:
            raise SystemExit("calibrate.py: %s:%d: %s" % (path, i, error)) from None
    return Measured(lines[0], section), rows


# ---------------------------------------------------------------- fitting


def errors(rows, predict):
    return [abs(math.log(predict(row) / row["seconds"])) for row in rows]


def fit(rows, start, limits, predict):
    """Search in the logarithm for the least mean absolute error: constants move alone and in pairs, because some
    make up for each other; steps are halved when no move helps."""
    best = dict(start)
    score = lambda c: sum(errors(rows, lambda row: predict(c, row))) / len(rows)
    lowest, step = score(best), 0.5
    alone = [((key, sign),) for key in limits for sign in (1, -1)]
    pairs = [(a[0], b[0]) for i, a in enumerate(alone) for b in alone[i + 1:] if a[0][0] != b[0][0]]
    while step > 0.002:
        improved = False
        for move in alone + pairs:
            trial = dict(best)
            for key, sign in move:
                least, most = limits[key]
                trial[key] = min(most, max(least, trial[key] * math.exp(sign * step)))
            value = score(trial)
            if value < lowest * (1 - 1e-6):
                best, lowest, improved = trial, value, True
        if not improved:
            step /= 2
    return best


def leave_one_out(rows, c, limits, predict):
    """The errors of each model's rows under constants fitted on the other models: (kind, error) each."""
    found = []
    for name in sorted({row["name"] for row in rows}):
        others = [row for row in rows if row["name"] != name]
        own = [row for row in rows if row["name"] == name]
        fitted = fit(others, c, limits, predict) if others else c
        found += zip([row["kind"] for row in own], errors(own, lambda row: predict(fitted, row)))
    return found


def fit_device(rows, peaks, sms):
    c = {"e": 0.7, "e_bw": 0.8, "t0": 5e-6, "p": 2.0, "a64": 0.5, "a128": 0.6, "w0": 0.5, "ta": 8e-6,
         "th_causal": 600.0, "th_bidir": 250.0, "sustained": 1.0, "unaligned": 0.4}
    gemms = [row for row in rows if row["kind"] == "gemm"]
    attentions = [row for row in rows if row["kind"] == "attention"]
    if len(gemms) < 8 or len(attentions) < 8:
        raise SystemExit("calibrate.py: too few kernels were measured to fit anything")
    gemm = lambda c, r: gemm_s(c, peaks, r["m"], r["n"], r["k"])
    attention = lambda c, r: attention_s(c, peaks, sms, r["batch"], r["heads"], r["head"], r["tokens"], r["causal"])
    report = []
    # fitted on one half, scored on the other
    shuffle = random.Random(2)
    shuffle.shuffle(gemms)
    shuffle.shuffle(attentions)
    c = fit(gemms[::2], c, {"e": (0.05, 1), "e_bw": (0.05, 1), "t0": (2e-7, 1e-4), "p": (1, 8)}, gemm)
    report.append(("products", errors(gemms[1::2], lambda r: gemm(c, r))))
    heads = {"a64": (0.02, 1), "a128": (0.02, 1), "w0": (0.02, 5), "ta": (2e-7, 1e-4), "th_causal": (10, 5000),
             "th_bidir": (10, 5000)}
    seen = any(unaligned(row["head"]) for row in attentions)  # files of before 0.2 have no such kernels
    if seen:
        heads["unaligned"] = (0.02, 1)
    c = fit(attentions[::2], c, heads, attention)
    report.append(("attention", errors(attentions[1::2], lambda r: attention(c, r))))
    whole = lambda c, r: stack_s(at_work(c), peaks, sms, r["shape"], r["batch"], r["tokens"], r["causal"])
    models = [row for row in rows if row["kind"] in ("vision", "llm")]
    limits = {"sustained": (0.5, 1.2)}
    if not seen and any(unaligned(row["shape"]["hd"]) for row in models):
        limits["unaligned"] = (0.02, 1)
    elif not seen:
        c["unaligned"] = 0.0
    left = leave_one_out(models, c, limits, whole)
    if models:
        c = fit(models, c, limits, whole)
    for kind, title in (("vision", "whole towers"), ("llm", "whole language models")):
        report.append((title, [error for k, error in left if k == kind]))
    return at_work(c), [(title, len(part), 100 * median(part)) for title, part in report if part]


# ---------------------------------------------------------------- output


def kept(generation):
    """What is not measured here stays: shares of the 8 and 4 bit peaks of a generation that hardware.ini knows."""
    return [(key, generation[key]) for key in ("e-fp8", "e-fp4") if key in generation]


def print_sections(generation, name, device, peaks, c, report, given, old):
    print("# Measured by bench/calibrate.py on %s with %s." % (device.name, device.versions))
    for title, n, error in report:
        print("# median error on rows the fit did not see, %s: %.1f %% of %d" % (title, error, n))
    source = "measured by bench/calibrate.py, %s, %s" % (device.name, device.versions)
    values = (("name", device.name + ", measured"), ("source", source), ("fitted", "yes"),
              ("e-f16", "%.3f" % c["e"]), *kept(old), ("e-bandwidth", "%.3f" % c["e_bw"]), ("launch", "%.2f us" % (1e6 * c["t0"])),
              ("smooth", "%.2f" % c["p"]), ("attention-64", "%.3f" % c["a64"]), ("attention-128", "%.3f" % c["a128"]),
              ("attention-unaligned", "%.3f" % c["unaligned"]), ("waves-half", "%.2f" % c["w0"]), ("attention-launch", "%.2f us" % (1e6 * c["ta"])),
              ("half-causal", "%.0f" % c["th_causal"]), ("half-bidir", "%.0f" % c["th_bidir"]))
    print("\n[generation %s]" % generation)
    for key, value in values:
        print("%-19s = %s" % (key, value))
    print("\n[hardware %s]" % name)
    rates = "%.1f TFLOP/s" % (peaks["flops"] / 1e12)
    values = [("name", device.name), ("generation", generation), ("mem", "%d MiB" % (device.memory >> 20)),
              ("bandwidth", "%.0f GB/s" % (peaks["bytes"] / 1e9)), ("fp16", rates), ("bf16", rates),
              ("sms", "%d" % device.sms),
              ("source", source + ("; peaks of %s" % given if given else "; best measured rates as peaks"))]
    for key, value in values:
        print("%-10s = %s" % (key, value))


def write_csv(path, device, rows):
    with open(path, "w", encoding="utf-8") as file:
        file.write("# %s; %s\n%s\n" % (device.name, device.versions, ",".join(FIELDS)))
        for row in rows:
            file.write(",".join("%.9g" % row[f] if f == "seconds" else str(row.get(f, "")) for f in FIELDS) + "\n")


def check_writable(parser, path):
    """Before minutes of measuring."""
    try:
        with open(path, "a", encoding="utf-8"):
            pass
    except OSError as error:
        parser.error("%s: %s" % (path, error.strerror))


def best_rates(rows):
    """The best rates seen stand for the peaks of a device that no file knows."""
    flops = max(2.0 * r["m"] * r["n"] * r["k"] / r["seconds"] for r in rows if r["kind"] == "gemm")
    return {"flops": flops, "bytes": max(r["m"] / r["seconds"] for r in rows if r["kind"] == "copy")}


def measure(device, models, options, rows):
    """Everything, into rows and --csv; False: interrupted."""
    try:
        note("kernels")
        measure_kernels(device, options.quick, rows)
        measure_models(device, models, options.quick, rows)
    except KeyboardInterrupt:
        note("interrupted after %d measurements" % len(rows))
        return False
    finally:
        if options.csv:  # before the fit: the times are what cannot be had again for nothing
            write_csv(options.csv, device, rows)
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hardware", help="take the peaks of this device of hardware.ini")
    parser.add_argument("--id", help="name of the printed sections (default: those of --hardware, else my-gpu)")
    parser.add_argument("--csv", help="write the measured times here")
    parser.add_argument("--measured", help="fit the times of this file, which --csv wrote; needs --hardware")
    parser.add_argument("--quick", action="store_true", help="fewer sizes and runs")
    parser.add_argument("--simulate", action="store_true", help="no GPU: times from the formula, with noise")
    parser.add_argument("--data", default=os.path.dirname(HERE), help="folder of models.ini and hardware.ini")
    options = parser.parse_args()
    models = find_models(read_ini(os.path.join(options.data, "models.ini")))
    peaks, generation, section, old = None, "my-gpu", {}, {}
    if options.hardware:
        ini = read_ini(os.path.join(options.data, "hardware.ini"))
        if "hardware " + options.hardware not in ini:
            parser.error("no device %s in hardware.ini" % options.hardware)
        section = ini["hardware " + options.hardware]
        generation = section.get("generation", options.hardware)
        old = ini["generation " + generation] if "generation " + generation in ini else {}
        peaks = {"flops": number(section.get("bf16") or section.get("fp16")), "bytes": number(section.get("bandwidth"))}
        if not (peaks["flops"] > 0 and peaks["bytes"] > 0):
            parser.error("%s has no 16 bit rate or no bandwidth in hardware.ini" % options.hardware)
    if options.measured:
        if number(section.get("sms", "")) <= 0:
            parser.error("--measured needs --hardware, a device whose multiprocessors hardware.ini knows")
        try:
            device, rows = read_measured(options.measured, models, section)
        except OSError as error:
            parser.error("%s: %s" % (options.measured, error.strerror))
        except UnicodeDecodeError:
            parser.error("%s: not text" % options.measured)
    else:
        if options.csv:
            check_writable(parser, options.csv)
        device = Simulated(peaks or {"flops": 989e12, "bytes": 3.35e12}) if options.simulate else Torch(options.quick)
        rows = []
        if not measure(device, models, options, rows):
            return 130
    peaks = peaks or best_rates(rows)
    constants, report = fit_device(rows, peaks, device.sms)
    name = options.id or options.hardware or "my-gpu"
    print_sections(generation if not options.id else name, name, device, peaks, constants, report, options.hardware, old)
    return 0


if __name__ == "__main__":
    sys.exit(main())
