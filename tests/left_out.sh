#!/bin/sh
# What configure left out because a library is not there: SKIP, so that a run of the tests says what it did not try.
. "${SRCDIR:-.}/tests/tap.sh"
[ "$CMOCKA" = yes ] || skip "the unit tests" "configured without cmocka"
[ "$VTERM" = yes ] || skip "the dashboard on a real terminal" "configured without libvterm or without the dashboard"
[ "$TUI" = yes ] || skip "the terminal's units" "configured with --disable-tui"
[ "$WEBP" = yes ] || skip "pixels of WebP pictures" "configured without libwebp"
[ $tap_n -gt 0 ] || ok "configure left no test out" true
tap_end
