/* A little drawing for the sample pictures: shapes, text from TrueType fonts, files. */
#ifndef VTOK_TOOLS_CANVAS_H
#define VTOK_TOOLS_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

struct canvas {
	int width, height; /* pixels */
	uint8_t *rgb;
};

enum font {
	FONT_SERIF,
	FONT_SERIF_BOLD,
	FONT_SERIF_ITALIC,
	FONT_SANS,
	FONT_SANS_BOLD,
	FONT_MONO,
	FONT_N
};

/* Loads the DejaVu fonts of the folder; ends the program with a message when one is missing. */
void fonts_load(const char *folder);

/* Ends the program when memory is short. */
struct canvas canvas_new(int width, int height, uint32_t rgb);
void canvas_free(struct canvas *c);

/* Colours are 0xRRGGBB; cover 0..1 mixes. Everything outside the canvas is dropped. */
void dot(struct canvas *c, int x, int y, uint32_t rgb, double cover);
void box(struct canvas *c, int x, int y, int w, int h, uint32_t rgb);
void round_box(struct canvas *c, int x, int y, int w, int h, double radius, uint32_t rgb);
void disc(struct canvas *c, double x, double y, double radius, uint32_t rgb);

/* A soft round pen along a cubic curve. */
void curve(struct canvas *c, const double p[8], double pen, uint32_t rgb);

/* Text on a baseline, `px` pixels per em; returns its width. */
int text_width(enum font f, double px, const char *s);
int text(struct canvas *c, enum font f, double px, int x, int y, uint32_t rgb, const char *s);

/* Wrapped into `width`; returns the baseline behind the last line. NULL canvas: only measures. */
int text_wrap(struct canvas *c, enum font f, double px, int x, int y, int width, double leading,
	      uint32_t rgb, const char *s);

/* Pseudo-random, the same everywhere: 0..1. */
double noise(uint32_t x, uint32_t y, uint32_t seed);
double smooth_noise(double x, double y, uint32_t seed);
double fractal(double x, double y, int octaves, uint32_t seed);

/* dpi 0 and orientation 0 leave the header without them. End the program when writing fails. */
void write_jpeg(const struct canvas *c, const char *path, int quality, int dpi, int orientation);
void write_png(const struct canvas *c, const char *path);

#endif
