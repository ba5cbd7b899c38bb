# Not built: see README.md beside this file. nix-build packaging
{ pkgs ? import <nixpkgs> { } }:

pkgs.stdenv.mkDerivation {
  pname = "vtok";
  version = "0.2.0";
  src = pkgs.lib.cleanSource ../.;

  outputs = [ "out" "dev" "man" "doc" ];
  nativeBuildInputs = with pkgs; [ autoreconfHook pkg-config ];
  buildInputs = with pkgs; [ inih jansson libheif libjxl libtiff libwebp ncurses qpdf stb ];
  configureFlags = [ "--disable-static-libs" ];

  doCheck = true;
  nativeCheckInputs = with pkgs; [ cmocka libvterm-neovim man-db parallel python3 ];

  meta = {
    description = "What an image costs a vision-language model";
    license = pkgs.lib.licenses.mit;
    mainProgram = "vtok";
    platforms = pkgs.lib.platforms.linux;
  };
}
