#!/bin/sh
# examples/cluster: each gives the report of one process, byte for byte. Engines that are not here are stood in for by
# what is documented of them: how they cut the input, empty partitions, exit codes that nobody looks at.
. "${SRCDIR:-.}/tests/tap.sh"
examples=$(cd "${SRCDIR:-.}/examples/cluster" && pwd)
mkdir "$tmp/bin" "$tmp/work"
ln -s "$VTOK" "$tmp/bin/vtok"
PATH=$tmp/bin:$PATH XDG_CONFIG_HOME=$tmp/none
export PATH XDG_CONFIG_HOME
cd "$tmp/work" || exit 99
awk 'BEGIN { srand(3); for (i = 0; i < 5000; i++) printf "%d %d %d\n", 1 + 3000 * rand(), 1 + 3000 * rand(), 3 * rand() }
	END { print "rubbish"; print "10x4000" }' </dev/null >sizes
vtok scan -m qwen2.5-vl - <sizes >one
split -l 700 -d sizes shard. && : >shard.99

if command -v parallel >/dev/null && parallel --version 2>/dev/null | grep -q 'GNU parallel'; then
	BLOCK=9k sh "$examples/parallel.sh" qwen2.5-vl sizes >report 2>said
	ok "GNU parallel" cmp one report
else
	skip "GNU parallel" "it is not installed"
fi
echo 640x480 >good
printf '#!/bin/sh\nvtok scan -m qwen2.5-vl --partial - <good\nexit 1\n' >"$tmp/bin/parallel" && chmod +x "$tmp/bin/parallel"
exits "parallel, one job of which failed: no report" 1 sh "$examples/parallel.sh" qwen2.5-vl good
is "parallel, one job of which failed: nothing is printed" "" "$out"
rm "$tmp/bin/parallel"
sh "$examples/xargs.sh" qwen2.5-vl shard.* >report 2>said
ok "xargs" cmp one report
mkdir -p alike/a alike/a_b && head -n 2500 sizes >alike/a/b_c && tail -n +2501 sizes >alike/a_b/c
sh "$examples/xargs.sh" qwen2.5-vl alike/a/b_c alike/a_b/c >report 2>said
ok "xargs: names that are alike but for / and _" cmp one report
exits "xargs: a shard that is not there: no report" 1 sh "$examples/xargs.sh" qwen2.5-vl good no-such-shard
is "xargs: a shard that is not there: nothing is printed" "" "$out"
for shard in shard.* shard.03; do # one task is started again
	SLURM_ARRAY_TASK_ID=${shard#shard.} sh "$examples/slurm.sh" qwen2.5-vl .
done
vtok scan --merge part.*.json >report 2>said
ok "Slurm's array, one task twice" cmp one report
cat part.03.json | vtok scan --merge part.*.json - >report 2>said
ok "delivered twice" cmp one report

# vtok(1) has a job in one quoted text: as it stands there. Slurm puts that text into a script and starts it for each task.
mkdir wrapped && i=0
for shard in shard.*; do
	cp "$shard" "wrapped/shard.$i" && i=$((i + 1))
done
cat >"$tmp/bin/sbatch" <<'S'
#!/bin/sh
# --array=A-B --wrap TEXT: the tasks whose shards are there
[ "$2" = --wrap ] || exit 2
printf '#!/bin/sh\n%s\n' "$3" >job
for shard in shard.*; do
	task=${shard#shard.}
	SLURM_ARRAY_TASK_ID=$task sh job >"slurm-1_$task.out" 2>&1 </dev/null || exit 1
done
S
chmod +x "$tmp/bin/sbatch"
sed -n '/^\.SS Slurm/,/^\.EE/p' "$examples/../../man/vtok.1" |
	sed "1,/^\.EX/d; /^\.EE/d; s/\\\\-/-/g; s/\\\\(aq/'/g; s/\\\\e/\\\\/g" >example
vtok scan -m qwen3-vl-8b - <sizes >one-8b
(cd wrapped && sh ../example) >report 2>said
ok "the manual's job for Slurm" cmp one-8b report
is "the manual's job for Slurm: its tasks print nothing" "" "$(cat wrapped/slurm-*.out)"

if command -v python3 >/dev/null; then
	cat >stand_in.py <<'P'
import subprocess, sys
sys.path.insert(0, sys.argv[1])
import ray_batches, spark

class Pipe:
    """RDD.pipe: a process a partition, also for empty ones; its lines come back."""
    def __init__(self, parts): self.parts = parts
    def pipe(self, command, checkCode):
        out = []
        for part in self.parts:
            done = subprocess.run(command.split(), input="".join(part), text=True, stdout=subprocess.PIPE)
            assert not checkCode or done.returncode == 0
            out.append(done.stdout)
        return Pipe(out)
    def saveAsTextFile(self, name):
        for i, text in enumerate(self.parts): open(f"{name}-{i:05}", "w").write(text)

class Context:
    def textFile(self, name):
        lines = list(open(name))
        return Pipe([lines[:1000], [], lines[1000:1001], lines[1001:], []])

spark.scan(Context(), "qwen2.5-vl", "sizes", "spark")
lines = [line.rstrip("\n") for line in open("sizes")]
with open("ray", "w") as f:
    for at in range(0, len(lines), 1024):
        print(*ray_batches.partial({"text": lines[at:at + 1024]}, "qwen2.5-vl")["text"], sep="\n", file=f)
P
	ok "Spark's pipe and Ray's batches, stood in for" python3 -B stand_in.py "$examples"
	vtok scan --merge spark-* >report 2>said
	ok "the parts of Spark" cmp one report
	vtok scan --merge ray >report 2>said
	ok "the batches of Ray" cmp one report
else
	skip "Spark, Ray" "no python3 here"
fi
python=
for p in python3 /usr/bin/python3; do
	"$p" -c 'import dask.bag' 2>/dev/null && python=$p
done
if [ -n "$python" ]; then
	"$python" -B "$examples/dask_bag.py" qwen2.5-vl sizes >report 2>said
	ok "Dask" cmp one report
else
	skip "Dask" "python3-dask is not installed"
fi
tap_end
