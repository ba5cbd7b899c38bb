#!/usr/bin/env python3
"""dask_bag.py MODEL FILE...: a pipe a partition; prints the report."""
import subprocess
import sys


def partial(lines, model):
    text = "".join(line if line.endswith("\n") else line + "\n" for line in lines)
    done = subprocess.run(["vtok", "scan", "-m", model, "--partial", "-"], input=text, text=True, capture_output=True,
                          check=True)
    return done.stdout.splitlines()


def main(model, files):
    from dask import bag

    lines = bag.read_text(files, blocksize=2**20)
    parts = lines.map_partitions(partial, model=model).compute()
    subprocess.run(["vtok", "scan", "--merge", "-"], input="\n".join(parts) + "\n", text=True, check=False)


# Dask's processes import this file: without the guard each would start its own.
if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
