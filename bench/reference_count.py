"""Counts like `vtok count -m qwen2.5-vl-7b -`, in Python: how fast the usual way is.

The rule is the published smart resize of Qwen2.5-VL (patch 14, merge 2, 3,136 to 12,845,056 pixels), written anew; with
--transformers it is the function of that library, where it is installed.
"""

import math
import sys

STEP, LEAST, MOST = 28, 3136, 12845056


def resize(width, height):
    if max(width, height) / min(width, height) > 200:
        raise ValueError("aspect ratio beyond 200")
    w = max(STEP, round(width / STEP) * STEP)
    h = max(STEP, round(height / STEP) * STEP)
    if w * h > MOST:
        shrink = math.sqrt(width * height / MOST)
        w = max(STEP, math.floor(width / shrink / STEP) * STEP)
        h = max(STEP, math.floor(height / shrink / STEP) * STEP)
    elif w * h < LEAST:
        grow = math.sqrt(LEAST / (width * height))
        w = math.ceil(width * grow / STEP) * STEP
        h = math.ceil(height * grow / STEP) * STEP
    return w, h


def main():
    out = sys.stdout
    resized = resize
    if sys.argv[1:] == ["--transformers"]:
        from transformers.models.qwen2_vl.image_processing_qwen2_vl import smart_resize

        def resized(width, height):
            h, w = smart_resize(height, width, factor=STEP, min_pixels=LEAST, max_pixels=MOST)
            return w, h

    for line in sys.stdin:
        line = line.rstrip("\n")
        width, height = map(int, line.split("x"))
        try:
            w, h = resized(width, height)
        except ValueError as why:
            out.write(f"qwen2.5-vl-7b,{width},{height},error,,,,,,,{why},{line}\n")
            continue
        n = w // STEP * (h // STEP)
        out.write(f"qwen2.5-vl-7b,{width},{height},ok,{n},2,{n + 2},{w},{h},1,,{line}\n")


main()
