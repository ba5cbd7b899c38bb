# Not built: see README.md beside this file.
class Vtok < Formula
  desc "What an image costs a vision-language model"
  homepage "https://vtok.invalid"
  url "file://#{__dir__}/vtok-0.2.0.tar.xz" # of `make dist`, beside this file
  license "MIT"

  depends_on "pkgconf" => :build
  depends_on "inih"
  depends_on "jansson"
  depends_on "jpeg-xl"
  depends_on "libheif"
  depends_on "libtiff"
  depends_on "ncurses"
  depends_on "qpdf"
  depends_on "webp"

  # Headers alone, in an archive beside this file; Homebrew has no formula of them.
  resource "stb" do
    url "file://#{__dir__}/stb.tar.xz"
  end

  def install
    resource("stb").stage(buildpath/"stb/stb")
    ENV.append "CPPFLAGS", "-I#{buildpath}/stb"
    system "./configure", "--disable-static-libs", *std_configure_args
    system "make", "install"
  end

  test do
    assert_match "576", shell_output("#{bin}/vtok count -o csv -m llava-1.5-7b 336x336")
  end
end
