#!/bin/sh
# bootstrap on systems that lack everything, played by a folder of programs: what it asks of the package manager, and what
# it says when there is none or it knows a name less. Nothing is installed or built.
. "${SRCDIR:-.}/tests/tap.sh"

# NAME: a system with that package manager, or with none; the manager writes down what it is asked for
make_system() {
	rm -rf "$tmp/bin" "$tmp/asked" && mkdir -p "$tmp/bin" "$tmp/tree"
	cp "$SRCDIR/bootstrap" "$tmp/tree/bootstrap"
	for tool in sh sed tr sort cat dirname env; do
		ln -s "$(command -v $tool)" "$tmp/bin/$tool"
	done
	printf '#!/bin/sh\necho 0\n' >"$tmp/bin/id"
	cat >"$tmp/bin/manager" <<-EOF
		#!/bin/sh
		echo "\$*" >>"$tmp/asked"
		case \$* in *stb* | update*) exit 1 ;; esac
	EOF
	chmod +x "$tmp/bin/id" "$tmp/bin/manager"
	[ "$1" = none ] || mv "$tmp/bin/manager" "$tmp/bin/$1"
}
play() { env PATH="$tmp/bin" CC=no-compiler sh "$tmp/tree/bootstrap" "$@"; }

for pair in apt-get:libinih-dev dnf:inih-devel pacman:libinih apk:inih-dev; do
	make_system ${pair%:*}
	exits "${pair%:*}: a dry run" 0 play --dev --dry-run
	like "${pair%:*}: names its packages" "installing with ${pair%:*}: .* ${pair#*:} " "$out"
	like "${pair%:*}: and those of the tests" "installing with .*cmocka" "$out"
	for shell in zsh fish clang; do
		like "${pair%:*}: and what single tests want: $shell" "installing with ${pair%:*}: .*$shell" "$out"
	done
	ok "${pair%:*}: is not called" test ! -e "$tmp/asked"
	is "${pair%:*}: no word of the shell's own, with no compiler there" "" "$err"
done

# Programs of other makers are called convert as well.
for maker in Acme ImageMagick; do
	make_system apt-get
	ln -s "$(command -v grep)" "$tmp/bin/grep"
	printf '#!/bin/sh\necho "Version: %s 1.0"\n' $maker >"$tmp/bin/convert" && chmod +x "$tmp/bin/convert"
	exits "$maker's convert" 0 play --dev --dry-run
	case $out in *imagemagick*) said=yes ;; *) said=no ;; esac
	is "is ImageMagick asked for beside it?" "$([ $maker = ImageMagick ] && echo no || echo yes)" "$said"
done

make_system dnf
exits "a package that does not exist" 1 play
like "the list is asked for at once" '^install -y .*gcc .*stb-devel' "$(sed -n 1p "$tmp/asked")"
is "then each by itself" "install -y autoconf" "$(sed -n 2p "$tmp/asked")"
ok "pkg-config is a package of its own" grep -qx "install -y pkgconf-pkg-config" "$tmp/asked"
like "the one that is not there is named" "no stb-devel" "$out"
like "and what is still missing" "still missing: .*stb" "$err"

make_system apt-get
exits "no network" 1 play
is "the list, the lists of packages, what is optional: no more is tried" "install update install" \
	"$(sed 's/ .*//' "$tmp/asked" | tr '\n' ' ' | sed 's/ $//')"

make_system brew
exits "Homebrew, which has no stb" 1 play
like "is asked for the rest" "^install .*inih .*ncurses" "$(grep install "$tmp/asked")"
ok "and not for stb" sh -c '! grep -qw stb "$1"' - "$tmp/asked"
like "what is missing is named" "still missing: .*stb " "$err"
like "with the way to it" "CPPFLAGS=-IFOLDER ./bootstrap" "$err"

# All is there but stb, which only CPPFLAGS lead to.
make_system brew
for tool in make autoconf automake libtoolize; do ln -s "$tmp/bin/brew" "$tmp/bin/$tool"; done
printf '#!/bin/sh\ncase $* in *" stb"*) exit 1 ;; esac\n' >"$tmp/bin/pkg-config"
printf '#!/bin/sh\nread -r line\ncase "$line $*" in *stb*-I/there*|*stdio*) ;; *) exit 1 ;; esac\n' >"$tmp/bin/cc"
chmod +x "$tmp/bin/pkg-config" "$tmp/bin/cc"
here() { env PATH="$tmp/bin" "$@" sh "$tmp/tree/bootstrap" --dry-run; }
exits "stb alone is missing" 0 here CC=cc
is "then not everything is there" "" "$(printf '%s\n' "$out" | grep 'everything needed')"
exits "with its folder in CPPFLAGS" 0 here CC=cc CPPFLAGS=-I/there
like "everything is" "everything needed is there" "$out"

make_system none
exits "no package manager" 1 play
like "it says so" "no package manager" "$out"
exits "an unknown option" 2 play --fast
tap_end
