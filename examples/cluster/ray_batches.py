#!/usr/bin/env python3
"""ray_batches.py MODEL FILE: batches of a data set, not lines, come to the workers; prints the report."""
import subprocess
import sys


def partial(batch, model):
    """A batch is a dict of columns, as map_batches hands it over."""
    text = "".join(f"{line}\n" for line in batch["text"])
    done = subprocess.run(["vtok", "scan", "-m", model, "--partial", "-"], input=text, text=True, capture_output=True,
                          check=True)
    return {"text": done.stdout.splitlines()}


def main(model, path):
    import ray

    parts = ray.data.read_text(path).map_batches(partial, fn_kwargs={"model": model}, batch_format="numpy")
    lines = [row["text"] for row in parts.iter_rows()]
    subprocess.run(["vtok", "scan", "--merge", "-"], input="\n".join(lines) + "\n", text=True, check=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
