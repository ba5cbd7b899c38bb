#!/bin/sh
# Every walk of tests/screens against its golden frames; `make update-golden` writes them anew, to be read in the diff.
exec "$BUILDDIR/tests/run-screens" "$SRCDIR/tests/screens/sections.list" "$SRCDIR"/tests/screens/*.scr
