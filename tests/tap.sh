# TAP for shell tests. Source it, call the checks, end with `tap_end`.
#   ok NAME COMMAND...           passes when the command succeeds
#   is NAME EXPECTED ACTUAL      passes when the two texts are equal
#   like NAME PATTERN TEXT       passes when grep -E finds the pattern
#   exits NAME CODE COMMAND...   passes when the command exits with CODE; leaves its output in $out and $err
#   skip NAME REASON             cannot be tried here: counted as left out, and why
#   skip_all REASON              nothing of this test can: ends it
#   faults FILE.c WHAT           builds $tmp/fail.so of tests/FILE.c, which makes the C library's WHAT fail (LD_PRELOAD)
#   decodes                      says whether the program can decode pictures here; where it cannot: skip NAME "$undecoded"
# $tmp is an empty folder of this test, removed at its end.

tap_n=0
tap_failed=0
tmp=$(mktemp -d "${TMPDIR:-/tmp}/vtok-test.XXXXXX") || exit 99
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM

tap_result() { # STATUS NAME
	tap_n=$((tap_n + 1))
	if [ "$1" -eq 0 ]; then
		printf 'ok %s - %s\n' $tap_n "$2"
	else
		printf 'not ok %s - %s\n' $tap_n "$2"
		tap_failed=$((tap_failed + 1))
	fi
}

tap_note() { printf '%s\n' "$*" | sed 's/^/# /'; }

ok() {
	tap_name=$1
	shift
	"$@" >"$tmp/ok.log" 2>&1
	tap_status=$?
	tap_result $tap_status "$tap_name"
	[ $tap_status -eq 0 ] || sed 's/^/# /' "$tmp/ok.log"
}

is() {
	if [ "$2" = "$3" ]; then
		tap_result 0 "$1"
	else
		tap_result 1 "$1"
		tap_note "expected: $2"
		tap_note "found:    $3"
	fi
}

like() {
	if grep -Eq -- "$2" <<-END
		$3
	END
	then
		tap_result 0 "$1"
	else
		tap_result 1 "$1"
		tap_note "expected a match of: $2"
		tap_note "found: $3"
	fi
}

exits() {
	tap_name=$1 tap_code=$2
	shift 2
	"$@" >"$tmp/out" 2>"$tmp/err"
	tap_status=$?
	out='' err=''
	[ ! -s "$tmp/out" ] || out=$(cat "$tmp/out")
	[ ! -s "$tmp/err" ] || err=$(cat "$tmp/err")
	if [ $tap_status -eq "$tap_code" ]; then
		tap_result 0 "$tap_name"
	else
		tap_result 1 "$tap_name"
		tap_note "expected exit code $tap_code, found $tap_status; stderr: $err"
	fi
}

skip() {
	tap_n=$((tap_n + 1))
	printf 'ok %s - %s # SKIP %s\n' $tap_n "$1" "$2"
}

skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

faults() {
	[ "${SANITIZE:-no}" = no ] || skip_all "nothing stands before the library of the sanitizers"
	# shellcheck disable=SC2086
	${CC:-cc} -shared -fPIC -O1 -o "$tmp/fail.so" "$SRCDIR/tests/$1" 2>"$tmp/cc.log" ||
		skip_all "no library that can stand before the C library's $2 can be built here"
	! LD_PRELOAD=$tmp/fail.so FAIL_AT=1 FAIL_ALL=1 FAIL_ERRNO=5 "$VTOK" models >/dev/null 2>&1 ||
		skip_all "the program does not take a library before the C library's $2"
}

undecoded='no seccomp under emulation'
decodes() {
	! "$VTOK" render --no-config --view image --size 110x30 "$SRCDIR/tests/data/images/tiny.png" | grep -q 'cannot confine'
}

tap_end() {
	echo "1..$tap_n"
	[ $tap_failed -eq 0 ]
}
