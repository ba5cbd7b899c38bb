#!/usr/bin/env python3
"""How long Pillow takes to read a picture file, in one thread: rows for tests/data/decode.csv.

    bench/decode.py samples/photo.jpg samples/screenshot.png > rows.csv

Every picture is written at four widths in every format that Debian's Pillow has, read five times from memory, and the least
processor time is printed. Photographs get the noise of a sensor before they are compressed: a picture made smooth by
resizing is read too fast. The figures hold for the machine alone: name it in the column `source`."""
import io
import sys
import time

import numpy
import PIL
from PIL import Image

WIDTHS = (512, 1024, 2048, 4032)
FORMATS = (
    ("jpeg", {"quality": 90}), ("jpeg", {"quality": 75}), ("png", {}), ("webp", {"quality": 80}),
    ("webp", {"lossless": True, "quality": 20, "method": 1}), ("gif", {}), ("bmp", {}),
)


def noisy(picture):
    pixels = numpy.asarray(picture).astype(numpy.int16)
    noise = numpy.random.default_rng(1).normal(0, 4, pixels.shape[:2] + (1,)).astype(numpy.int16)
    return Image.fromarray((pixels + noise).clip(0, 255).astype(numpy.uint8))


def least_ms(data, times=5):
    least = float("inf")
    for _ in range(times):
        start = time.process_time()
        Image.open(io.BytesIO(data)).convert("RGB").load()
        least = min(least, time.process_time() - start)
    return least * 1e3


def main(paths):
    if not paths:
        sys.exit("usage: decode.py PICTURE...")
    print("decoder,format,width,height,file_bytes,decode_ms,source")
    for path in paths:
        whole = Image.open(path).convert("RGB")
        for width in WIDTHS:
            height = round(whole.height * width / whole.width)
            picture = whole.resize((width, height), Image.BICUBIC)
            if path.lower().endswith((".jpg", ".jpeg")) and "letter" not in path:
                picture = noisy(picture)
            for name, options in FORMATS:
                file = io.BytesIO()
                picture.save(file, name, **options)
                data = file.getvalue()
                print(f'pillow,{name},{width},{height},{len(data)},{least_ms(data):.2f},"Pillow {PIL.__version__}"', flush=True)


main(sys.argv[1:])
