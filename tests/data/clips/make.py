#!/usr/bin/env python3
"""Writes the containers of this folder: headers as ISO/IEC 14496-12 and RFC 9559 say, without a picture in them."""
import os
import struct

HERE = os.path.dirname(os.path.abspath(__file__))
UPRIGHT = (1, 0, 0, 0, 1, 0, 0, 0, 1)
QUARTER = (0, 1, 0, -1, 0, 0, 0, 0, 1)  # clockwise


def box(kind, *parts):
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind.encode() + body


def full(kind, version, flags, *parts):
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def times(kind, version, a_second, ticks, tail):
    if version:
        return full(kind, 1, 0, struct.pack(">QQIQ", 0, 0, a_second, ticks), tail)
    return full(kind, 0, 0, struct.pack(">IIII", 0, 0, a_second, ticks), tail)


def tkhd(version, track, matrix, w, h):
    head = struct.pack(">QQIIQ" if version else ">IIIII", 0, 0, track, 0, 0)
    one = [0x10000] * 9
    one[2] = one[5] = one[8] = 0x40000000
    turn = b"".join(struct.pack(">i", m * o) for m, o in zip(matrix, one))
    return full("tkhd", version, 7, head, bytes(16), turn, struct.pack(">II", w << 16, h << 16))


def trak(track, handler, a_second, ticks, w=0, h=0, table=None, matrix=UPRIGHT, version=0):
    """table: [(frames, ticks of each)]"""
    table = table or []
    frames = sum(n for n, _ in table)
    entry = box("mp4v" if handler == "vide" else "mp4a", bytes(6), b"\0\1", bytes(16),
                struct.pack(">HH", w, h), bytes(50))
    stbl = box("stbl", full("stsd", 0, 0, struct.pack(">I", 1), entry),
               full("stts", 0, 0, struct.pack(">I", len(table)),
                    *(struct.pack(">II", n, d) for n, d in table)),
               full("stsz", 0, 0, struct.pack(">II", 1, frames)))
    hdlr = full("hdlr", 0, 0, bytes(4), handler.encode(), bytes(13))
    mdia = box("mdia", times("mdhd", version, a_second, ticks, bytes(4)), hdlr, box("minf", stbl))
    return box("trak", tkhd(version, track, matrix, w, h), mdia)


def moov(*traks, a_second=1000, ticks=0):
    return box("moov", times("mvhd", 0, a_second, ticks, bytes(80)), *traks)


def ftyp(brand):
    return box("ftyp", brand.encode(), bytes(4), b"mp42")


def element(ident, body):
    ident = bytes.fromhex(ident)
    return ident + struct.pack(">Q", 1 << 56 | len(body)) + body


def unknown(ident, body):
    return bytes.fromhex(ident) + b"\x01" + b"\xff" * 7 + body


def whole(ident, n, size=4):
    return element(ident, n.to_bytes(size, "big"))


def real(ident, v):
    return element(ident, struct.pack(">d", v))


def ebml(kind):
    return element("1a45dfa3", element("4282", kind.encode()))


def video(w, h, *more):
    return element("e0", whole("b0", w, 2) + whole("ba", h, 2) + b"".join(more))


def entry(number, kind, *more):
    return element("ae", whole("d7", number, 1) + whole("83", kind, 1) + b"".join(more))


def write(name, *parts):
    with open(os.path.join(HERE, name), "wb") as f:
        f.write(b"".join(parts))


sound = trak(1, "soun", 48000, 96000, table=[(94, 1024)])
write("plain.mp4", ftyp("isom"), moov(sound, trak(2, "vide", 15360, 46080, 640, 360, [(90, 512)])), box("mdat"))
write("turned.mp4", ftyp("mp42"), struct.pack(">I", 1) + b"mdat" + struct.pack(">Q", 20) + b"xxxx",
      moov(trak(1, "vide", 30000, 60060, 1920, 1080, [(60, 1001)], QUARTER, 1)))
write("old.mov", box("wide"), box("mdat", b"1234"), moov(trak(1, "vide", 600, 1200, 320, 240, [(20, 40), (20, 20)])))
write("sound.mp4", ftyp("M4A "), moov(sound))
trex = full("trex", 0, 0, struct.pack(">IIIII", 1, 1, 512, 0, 0))


def moof(at, n):
    return box("moof", full("mfhd", 0, 0, bytes(4)),
               box("traf", full("tfhd", 0, 0x20000, struct.pack(">I", 1)),
                   full("tfdt", 1, 0, struct.pack(">Q", at)), full("trun", 0, 0, struct.pack(">I", n))))


empty = trak(1, "vide", 12800, 0, 854, 480)
write("fragments.mp4", ftyp("iso5"), moov(empty, box("mvex", trex)), moof(0, 25), box("mdat", bytes(9)),
      moof(12800, 25), box("mdat", bytes(9)))
write("extended.mp4", ftyp("iso5"),
      moov(empty, box("mvex", full("mehd", 0, 0, struct.pack(">I", 7500)), trex)), moof(0, 25))
write("plain.webm", ebml("webm"), element("18538067",
      element("1549a966", whole("2ad7b1", 1000000) + real("4489", 5000)) +
      element("1654ae6b", entry(1, 2) + entry(2, 1, whole("23e383", 40000000), video(640, 480)))))
blocks = b"".join(element("a3", b"\x81" + struct.pack(">h", t) + b"\x80") for t in (0, 33, 67, 100, 133, 167, 200))
write("live.webm", ebml("webm"), unknown("18538067", element("1549a966", whole("2ad7b1", 1000000)) +
      element("1654ae6b", entry(1, 1, video(1280, 720))) + unknown("1f43b675", whole("e7", 0, 1) + blocks)))
write("cropped.mkv", ebml("matroska"), element("18538067",
      element("1549a966", real("4489", 2000)) +
      element("1654ae6b", entry(1, 1, whole("23e383", 41708333), video(1920, 1088, whole("54aa", 8, 1),
              element("7670", real("7675", -90)))))))
