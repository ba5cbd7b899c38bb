#!/bin/sh
# The packages of debian/, on a bare Debian: dpkg-buildpackage builds them with every test, as a user without root; lintian finds
# nothing; in a second system, which has what they depend on and for their tests a compiler, they install, the program runs and
# debian/tests pass; purged, they leave every file as it was.
#
#	tests/hosts/packages.sh bookworm | trixie | ... [BASE [FOLDER]]
#
# BASE as for debian.sh, whose needs these are; the packages are left in FOLDER. Ends with one line, PASS, FAIL or SKIP; exit 0,
# 1 or 77. DEB_BUILD_OPTIONS=nocheck builds without the tests; with PACKAGES=FOLDER those made before are tried.
set -u
suite=${1-} base=${2-} keep=${3-}
. "$(dirname "$0")/system.sh"
case $suite in
'' | -*) usage ;;
esac
[ -z "$keep" ] || { mkdir -p "$keep" && keep=$(cd "$keep" && pwd); } || exit 1
system_needs
began=$(date +%s)
build=$work/build install=$work/install
system_make "$build" "$base"
cp -a "$build" "$install" || fail "cannot copy the system"
make_packages() {
	system_tree "$build/home/vtok/vtok"
	sed 's/^deb /deb-src /' "$build/etc/apt/sources.list" >"$build/etc/apt/sources.list.d/src.list"
	system_step "what the build needs" "$build" /home/vtok/vtok '
		apt-get update -q && apt-get install -y -q --no-install-recommends build-essential fakeroot lintian &&
		apt-get build-dep -y -q --no-install-recommends ./ && useradd -m builder && chown -R builder /home/vtok'
	system_step "dpkg-buildpackage" "$build" /home/vtok/vtok "
		su builder -c 'DEB_BUILD_OPTIONS=\"${DEB_BUILD_OPTIONS-} parallel=\$(nproc)\" LC_ALL=C.UTF-8 dpkg-buildpackage -us -uc'"
	tests=$(counted)
	made=$build/home/vtok
	[ -z "$keep" ] || cp "$made"/*.* "$keep"
	# one source for several Debians, whose policies have other numbers
	system_step "lintian" "$build" /home/vtok '
		su builder -c "lintian --info --display-info --fail-on error,warning,info \
			--suppress-tags out-of-date-standards-version,newer-standards-version vtok_*.changes"'
}
made=${PACKAGES-} tests="made before"
[ -n "$made" ] || make_packages
mkdir "$install/packages" && cp "$made"/*.deb "$install/packages/" || fail "no packages"
rm -f "$install"/packages/*dbgsym*

# Every file there, but for what a package manager itself writes down.
inventory() { # ROOT
	(cd "$1" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./var/lib/dpkg -o -path ./var/lib/apt -o -path ./var/cache \
		-o -path ./var/log -o -path ./packages -o -path ./root -o -path ./tmp \) -prune -o -type f -print0 | sort -z | xargs -0 sha256sum)
}
system_step "what the packages need" "$install" / '
	apt-get update -q && apt-get install -y -q --no-install-recommends libtinfo6 libinih-dev libjansson-dev libwebp7 bsdutils \
		gcc libc6-dev pkgconf man-db'
inventory "$install" >"$work/before"
system_step "install" "$install" /packages 'dpkg -i ./*.deb && ldconfig -p | grep -q libvtok.so.1 && vtok --version'
cp -a debian/tests "$install/packages/"
for test in $(sed -n 's/^Tests: *//p' debian/tests/control); do
	system_step "debian/tests/$test" "$install" /packages "tests/$test"
done
system_step "manual pages" "$install" /packages 'for page in 1 3 5; do man -w $page vtok || exit 1; done'
system_step "purge" "$install" /packages 'dpkg --purge vtok vtok-doc libvtok-dev libvtok1'
inventory "$install" >"$work/after"
# caches of the linker and of manual pages are written anew, with the same content or not
diff "$work/before" "$work/after" | grep '^[<>]' | grep -v 'ld.so.cache$\|/var/cache/' >"$work/log" && {
	cat "$work/log"
	fail "purged, these differ"
}
(cd "$install/packages" && ls ./*.deb)
echo "PASS packages of $suite, $(($(date +%s) - began)) s: $tests"
