#!/bin/sh
# The version is configure.ac's. It stands again where packages and readers look for it: the same one everywhere.
. "${SRCDIR:-.}/tests/tap.sh"

version=$("$VTOK" --version | sed -n '1s/^vtok //p')
like "the program says it" '^[0-9]+\.[0-9]+\.[0-9]+$' "$version"
while read -r file pattern; do
	if [ -e "$SRCDIR/$file" ]; then
		is "$file" "$version" "$(sed -n "s|$pattern|\\1|p" "$SRCDIR/$file" | head -n 1)"
	else
		skip "$file" "not in this tree"
	fi
done <<'LIST'
CHANGELOG.md ^## \([0-9.]*\) .*
debian/changelog ^vtok (\([0-9.]*\)).*
packaging/APKBUILD ^pkgver=\(.*\)
packaging/default.nix ^ *version = "\(.*\)";
packaging/vtok.rb .*/vtok-\([0-9.]*\)\.tar\.xz".*
packaging/vtok.spec ^Version: *\(.*\)
LIST
is "the newest entry of packaging/vtok.spec" "$version" "$(sed -n 's/^\* .* - \([0-9.]*\)-[0-9]*$/\1/p' "$SRCDIR/packaging/vtok.spec" | head -n 1)"
tap_end
