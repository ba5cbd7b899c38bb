#!/usr/bin/env python3
"""spark.py MODEL SIZES OUT: one partial a partition; then vtok scan --merge OUT/part-*

checkCode makes a crash fail the task; a bad line does not, since --partial exits with 0.
"""
import sys


def scan(context, model, sizes, out):
    command = f"vtok scan -m {model} --partial -"
    context.textFile(sizes).pipe(command, checkCode=True).saveAsTextFile(out)


if __name__ == "__main__":
    from pyspark import SparkContext

    scan(SparkContext(appName="vtok scan"), *sys.argv[1:])
