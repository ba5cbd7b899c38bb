"""libvtok from Python: ctypes, one file, no dependency. Copy it, or run it:

    python3 count_one.py qwen2.5-vl-7b 1920 1080

counts one image, says what it costs, and the largest size of its shape that takes at most 1280 tokens.

The structs below are those of vtok/vtok.h 0.2, member by member. The library refuses a program whose structs no version of it
had (their `size`) and says whether it understands this version (vtok_version_fits), which is asked before anything else.
`python3 count_one.py --layout` prints sizes and places, to be compared with a C compiler's.
"""

import contextlib
import ctypes
import os
import sys
from ctypes import POINTER, byref, c_bool, c_char, c_char_p, c_double, c_int, c_int32, c_int64, c_size_t, c_void_p

HEADER = (0, 2, 0)
BUDGET_TOKENS = 1280


class Fault(ctypes.Structure):
    NAME = "vtok_fault"
    _fields_ = [("kind", c_int), ("text", c_char * 320)]


class Sized(ctypes.Structure):
    """A struct that begins with its own size, as the _INIT of the header sets it."""

    def __init__(self, **values):
        super().__init__(size=ctypes.sizeof(self), **values)


class Options(Sized):
    NAME = "vtok_options"
    _fields_ = [
        ("size", c_size_t), ("lens", c_int), ("patch", c_int32), ("merge", c_int32), ("pool", c_int32), ("grid", c_int32),
        ("images", c_int32), ("min_pixels", c_int64), ("max_pixels", c_int64), ("detail", c_int), ("media_resolution", c_int),
        ("max_tokens", c_int32),
    ]


class Count(Sized):
    NAME = "vtok_count"
    _fields_ = [
        ("size", c_size_t), ("refused", c_bool), ("is_approximate", c_bool), ("visual", c_int64), ("special", c_int64),
        ("total", c_int64), ("resized_w", c_int64), ("resized_h", c_int64), ("tiles", c_int64), ("reason", c_char * 160),
    ]


class Request(Sized):
    NAME = "vtok_request"
    _fields_ = [
        ("size", c_size_t), ("width", c_int64), ("height", c_int64), ("images", c_int64), ("text_tokens", c_int64),
        ("reserve_tokens", c_int64), ("context_limit", c_int64), ("hardware", c_char_p), ("engine", c_char_p),
        ("weights", c_char_p), ("kv", c_char_p), ("tensor_parallel", c_int32), ("usd_per_million", c_double),
        ("options", POINTER(Options)), ("preprocess", c_char_p), ("cpu_threads", c_int32), ("max_batched_tokens", c_int32),
        ("max_seqs", c_int32), ("limit_images", c_int32), ("utilisation", c_double), ("rate_per_s", c_double),
        ("ttft_s", c_double), ("quantile", c_double), ("itl_s", c_double), ("usd_per_gpu_hour", c_double),
    ]


class Budget(ctypes.Structure):
    NAME = "vtok_budget"
    _fields_ = [("quantity", c_char_p), ("value", c_double)]


class Fitted(Sized):
    NAME = "vtok_fitted"
    _fields_ = [
        ("size", c_size_t), ("status", c_int), ("width", c_int64), ("height", c_int64), ("tokens", c_int64),
        ("effective_pixels", c_int64), ("kept_share", c_double), ("next_width", c_int64), ("next_height", c_int64),
        ("next_tokens", c_int64), ("least_width", c_int64), ("least_height", c_int64), ("least_tokens", c_int64),
        ("bound_by", c_int32),
    ]


class VtokError(Exception):
    pass


class Vtok:
    """The tables of the library. What a model is asked is one call each; every failure is a VtokError with one line."""

    FUNCTIONS = {
        "vtok_version": (c_char_p, []),
        "vtok_version_fits": (c_bool, [c_int, c_int, c_int]),
        "vtok_open": (c_void_p, [c_char_p, POINTER(Fault)]),
        "vtok_close": (None, [c_void_p]),
        "vtok_find": (c_void_p, [c_void_p, c_char_p, c_char_p, POINTER(Fault)]),
        "vtok_subject_free": (None, [c_void_p]),
        "vtok_subject_id": (c_char_p, [c_void_p]),
        "vtok_count_image": (c_bool, [c_void_p, POINTER(Options), c_int64, c_int64, POINTER(Count), POINTER(Fault)]),
        "vtok_estimate_new": (c_void_p, [c_void_p, c_void_p, POINTER(Request), POINTER(Fault)]),
        "vtok_estimate_free": (None, [c_void_p]),
        "vtok_quantity": (c_bool, [c_void_p, c_char_p, POINTER(c_double), POINTER(c_char_p)]),
        "vtok_quantity_title": (c_char_p, [c_char_p]),
        "vtok_quantity_unit": (c_char_p, [c_char_p]),
        "vtok_fit": (c_bool, [c_void_p, c_void_p, POINTER(Request), POINTER(Budget), c_size_t, POINTER(Fitted), POINTER(Fault)]),
    }

    def __init__(self, registry=None):
        self.lib = ctypes.CDLL("libvtok.1.dylib" if sys.platform == "darwin" else "libvtok.so.1")
        for name, (result, arguments) in self.FUNCTIONS.items():
            function = getattr(self.lib, name)
            function.restype, function.argtypes = result, arguments
        if not self.lib.vtok_version_fits(*HEADER):
            raise VtokError(f"libvtok {self.lib.vtok_version().decode()} is not one for this file, which knows {HEADER}")
        self.fault = Fault()
        self.v = self.checked(self.lib.vtok_open(registry and os.fsencode(registry), byref(self.fault)))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.lib.vtok_close(self.v)

    def checked(self, result):
        if not result:
            raise VtokError(self.fault.text.decode())
        return result

    @contextlib.contextmanager
    def find(self, name):
        """A model, for the length of a `with`."""
        model = self.checked(self.lib.vtok_find(self.v, name.encode(), None, byref(self.fault)))
        try:
            yield model
        finally:
            self.lib.vtok_subject_free(model)

    def id(self, model):
        return self.lib.vtok_subject_id(model).decode()

    def count(self, model, width, height, options=None):
        count = Count()
        self.checked(self.lib.vtok_count_image(model, options, width, height, byref(count), byref(self.fault)))
        return count

    def estimate(self, model, request, names):
        """Rows of (title, value, unit); the value is None where there is no number, and the unit then says why."""
        e = self.checked(self.lib.vtok_estimate_new(self.v, model, byref(request), byref(self.fault)))
        try:
            return [self.figure(e, name.encode()) for name in names]
        finally:
            self.lib.vtok_estimate_free(e)

    def figure(self, e, name):
        value, reason = c_double(), c_char_p()
        known = self.lib.vtok_quantity(e, name, byref(value), byref(reason))
        unit = self.lib.vtok_quantity_unit(name) if known else reason.value
        title = self.lib.vtok_quantity_title(name) or name
        return title.decode(), value.value if known else None, unit.decode()

    def fit(self, model, request, **budgets):
        """The largest size for budgets by name: fit(model, request, tokens_images=1280, prefill_ttft_ms=300)."""
        rows = (Budget * len(budgets))(*((name.encode(), value) for name, value in budgets.items()))
        best = Fitted()
        self.checked(self.lib.vtok_fit(self.v, model, byref(request), rows, len(rows), byref(best), byref(self.fault)))
        return best


def layout():
    for struct in (Fault, Options, Count, Request, Budget, Fitted):
        print("struct", struct.NAME, ctypes.sizeof(struct))
        for field in struct._fields_:
            print(f"{struct.NAME}.{field[0]}", getattr(struct, field[0]).offset)


def show(name, width, height):
    with Vtok() as v, v.find(name) as model:
        count = v.count(model, width, height)
        if count.refused:
            raise VtokError(f"{v.id(model)} refuses {width}x{height}: {count.reason.decode()}")
        print(f"{v.id(model)}: {count.visual} visual tokens for {width}x{height}")
        request = Request(width=width, height=height)
        for title, value, unit in v.estimate(model, request, ("context_used_share", "kv_bytes_per_request", "prefill_ttft_ms")):
            print(f"\t{title}: {unit}" if value is None else f"\t{title}: {value:.6g} {unit}")
        best = v.fit(model, request, tokens_images=BUDGET_TOKENS)
        size = f"{best.width}x{best.height}, {best.tokens} tokens" if best.width else "no size"
        print(f"\tat most {BUDGET_TOKENS} tokens: {size}")


def main(arguments):
    if arguments == ["--layout"]:
        layout()
        return None
    try:
        name, width, height = arguments
        width, height = int(width), int(height)
    except ValueError:
        print("usage: count_one.py MODEL WIDTH HEIGHT", file=sys.stderr)
        return 2
    try:
        return show(name, width, height)
    except (VtokError, OSError) as why:  # OSError: no library
        return str(why)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
