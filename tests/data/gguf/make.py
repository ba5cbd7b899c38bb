#!/usr/bin/env python3
"""Writes the GGUF headers of this folder: keys as llama.cpp's converter writes them, no tensors."""
import os
import struct

HERE = os.path.dirname(os.path.abspath(__file__))
U32, F32, BOOL, TEXT, ARRAY, I32 = 4, 6, 7, 8, 9, 5


def text(s):
    s = s.encode()
    return struct.pack("<Q", len(s)) + s


def value(v):
    if isinstance(v, bool):
        return struct.pack("<IB", BOOL, v)
    if isinstance(v, int):
        return struct.pack("<II", U32, v)
    if isinstance(v, float):
        return struct.pack("<If", F32, v)
    if isinstance(v, str):
        return struct.pack("<I", TEXT) + text(v)
    if v and isinstance(v[0], int):
        return struct.pack("<IIQ", ARRAY, I32, len(v)) + struct.pack("<%di" % len(v), *v)
    return struct.pack("<IIQ", ARRAY, TEXT, len(v)) + b"".join(text(t) for t in v)


def write(name, keys, version=3):
    path = os.path.join(HERE, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(b"GGUF" + struct.pack("<IQQ", version, 0, len(keys)))
        for k, v in keys.items():
            f.write(text(k) + value(v))


def language(arch, name, layers, hidden, ffn, heads, kv, context, vocab, file_type, **more):
    keys = {"general.architecture": arch, "general.name": name, "general.file_type": file_type,
            arch + ".block_count": layers, arch + ".embedding_length": hidden,
            arch + ".feed_forward_length": ffn, arch + ".attention.head_count": heads,
            arch + ".attention.head_count_kv": kv, arch + ".context_length": context,
            arch + ".rope.freq_base": 1000000.0}
    if vocab:
        keys[arch + ".vocab_size"] = vocab
    keys.update({arch + "." + k.replace("__", "."): v for k, v in more.items()})
    return keys


def projector(kind, layers, hidden, ffn, heads, patch, side, **more):
    keys = {"general.architecture": "clip", "general.file_type": 1, "clip.has_vision_encoder": True,
            "clip.projector_type": kind, "clip.vision.block_count": layers,
            "clip.vision.embedding_length": hidden, "clip.vision.feed_forward_length": ffn,
            "clip.vision.attention.head_count": heads, "clip.vision.patch_size": patch,
            "clip.vision.image_size": side, "clip.use_silu": True}
    keys.update({"clip.vision." + k.replace("__", "."): v for k, v in more.items()})
    return keys


qwen = language("qwen2vl", "Qwen2.5 VL 7B Instruct", 28, 3584, 18944, 28, 4, 128000, 0, 15)
qwen["tokenizer.ggml.tokens"] = ["<%d>" % i for i in range(64)]
write("qwen2.5-vl/Qwen2.5-VL-7B-Instruct-Q4_K_M.gguf", {**qwen, "qwen2vl.vocab_size": 152064})
write("qwen2.5-vl/mmproj-F16.gguf", projector("qwen2.5vl_merger", 32, 1280, 3420, 16, 14, 560, n_wa_pattern=8))
write("alone/Qwen3-VL-8B-Instruct-Q8_0.gguf",
      language("qwen3vl", "Qwen3 VL 8B Instruct", 36, 4096, 12288, 32, 8, 262144, 151936, 7,
               attention__key_length=128, attention__value_length=128))
write("projector/mmproj-gemma-3-4b-it-f16.gguf",
      projector("gemma3", 27, 1152, 4304, 16, 14, 896, projection_dim=2560), version=2)
write("unknown/somebody-Q4_0.gguf", language("llama", "Somebody", 32, 4096, 11008, 32, 32, 4096, 32000, 2))
write("layers/gemma-3n.gguf",
      {**language("gemma3n", "Gemma 3n", 30, 2048, 8192, 8, 2, 32768, 262144, 1),
       "gemma3n.feed_forward_length": [8192] * 30})
write("two/a-Q4_0.gguf", qwen)
write("two/b-Q8_0.gguf", qwen)
