#include "tools/canvas.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Warnings of third-party code are not ours to mend. */
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wunused-function"
#define STBTT_STATIC
#define STB_TRUETYPE_IMPLEMENTATION
#include <stb_truetype.h>
#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb_image_write.h>

static stbtt_fontinfo fonts[FONT_N];

static _Noreturn void die(const char *what, const char *name)
{
	fprintf(stderr, "make-samples: %s%s\n", what, name);
	exit(1);
}

static void *get(size_t n)
{
	void *p = malloc(n);

	if (!p)
		die("not enough memory", "");
	return p;
}

static unsigned char *slurp(const char *path)
{
	FILE *f = fopen(path, "rb");
	unsigned char *data = NULL;

	if (!f)
		die("no such font (Debian: fonts-dejavu-core fonts-dejavu-extra): ", path);
	fseek(f, 0, SEEK_END);
	long n = ftell(f);
	rewind(f);
	data = get((size_t)n);
	if (fread(data, 1, (size_t)n, f) != (size_t)n)
		die("cannot read ", path);
	fclose(f);
	return data;
}

void fonts_load(const char *folder)
{
	static const char *const names[FONT_N] = {
		[FONT_SERIF] = "DejaVuSerif.ttf",
		[FONT_SERIF_BOLD] = "DejaVuSerif-Bold.ttf",
		[FONT_SERIF_ITALIC] = "DejaVuSerif-Italic.ttf",
		[FONT_SANS] = "DejaVuSans.ttf",
		[FONT_SANS_BOLD] = "DejaVuSans-Bold.ttf",
		[FONT_MONO] = "DejaVuSansMono.ttf",
	};
	for (int i = 0; i < FONT_N; i++) {
		char path[1024];
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		if (!stbtt_InitFont(&fonts[i], slurp(path), 0))
			die("not a font: ", path);
	}
}

struct canvas canvas_new(int width, int height, uint32_t rgb)
{
	struct canvas c = {width, height, get((size_t)width * (size_t)height * 3)};

	box(&c, 0, 0, width, height, rgb);
	return c;
}

void canvas_free(struct canvas *c)
{
	free(c->rgb);
	c->rgb = NULL;
}

void dot(struct canvas *c, int x, int y, uint32_t rgb, double cover)
{
	if (x < 0 || y < 0 || x >= c->width || y >= c->height || cover <= 0)
		return;
	uint8_t *p = c->rgb + ((size_t)y * (size_t)c->width + (size_t)x) * 3;
	double k = cover > 1 ? 1 : cover;
	for (int i = 0; i < 3; i++) {
		double to = rgb >> (16 - 8 * i) & 255;
		p[i] = (uint8_t)(p[i] + (to - p[i]) * k + 0.5);
	}
}

void box(struct canvas *c, int x, int y, int w, int h, uint32_t rgb)
{
	for (int j = y; j < y + h; j++)
		for (int i = x; i < x + w; i++)
			dot(c, i, j, rgb, 1);
}

void round_box(struct canvas *c, int x, int y, int w, int h, double radius, uint32_t rgb)
{
	for (int j = 0; j < h; j++)
		for (int i = 0; i < w; i++) {
			double dx = fmax(fmax(radius - i - 0.5, i + 0.5 - (w - radius)), 0);
			double dy = fmax(fmax(radius - j - 0.5, j + 0.5 - (h - radius)), 0);
			dot(c, x + i, y + j, rgb, fmin(1, radius - hypot(dx, dy) + 0.5));
		}
}

void disc(struct canvas *c, double x, double y, double radius, uint32_t rgb)
{
	for (int j = (int)(y - radius - 1); j <= y + radius + 1; j++)
		for (int i = (int)(x - radius - 1); i <= x + radius + 1; i++)
			dot(c, i, j, rgb, fmin(1, radius - hypot(i - x, j - y) + 0.5));
}

void curve(struct canvas *c, const double p[8], double pen, uint32_t rgb)
{
	for (int k = 0; k <= 400; k++) {
		double t = k / 400.0, u = 1 - t;
		double a = u * u * u, b = 3 * u * u * t, d = 3 * u * t * t, e = t * t * t;
		disc(c, a * p[0] + b * p[2] + d * p[4] + e * p[6],
		     a * p[1] + b * p[3] + d * p[5] + e * p[7], pen * (0.6 + 0.4 * sin(9 * t)),
		     rgb);
	}
}

/* ASCII and the Latin-1 and punctuation code points of UTF-8 that the samples use. */
static int next_code(const char **s)
{
	const unsigned char *p = (const unsigned char *)*s;
	int n = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : 3;

	*s += n;
	if (n == 1)
		return p[0];
	if (n == 2)
		return (p[0] & 31) << 6 | (p[1] & 63);
	return (p[0] & 15) << 12 | (p[1] & 63) << 6 | (p[2] & 63);
}

int text(struct canvas *c, enum font f, double px, int x, int y, uint32_t rgb, const char *s)
{
	float scale = stbtt_ScaleForMappingEmToPixels(&fonts[f], (float)px);
	double pen = x;

	while (*s) {
		int code = next_code(&s), advance, bearing, w, h, left, top;
		stbtt_GetCodepointHMetrics(&fonts[f], code, &advance, &bearing);
		if (c && code != ' ') {
			float shift = (float)(pen - floor(pen));
			unsigned char *map = stbtt_GetCodepointBitmapSubpixel(
				&fonts[f], scale, scale, shift, 0, code, &w, &h, &left, &top);
			for (int j = 0; map && j < h; j++)
				for (int i = 0; i < w; i++)
					dot(c, (int)pen + left + i, y + top + j, rgb,
					    (map[j * w + i] / 32 * 32 +
					     (map[j * w + i] > 223) * 31) /
						    255.0);
			free(map);
		}
		pen += advance * scale;
	}
	return (int)(pen - x + 0.5);
}

int text_width(enum font f, double px, const char *s)
{
	return text(NULL, f, px, 0, 0, 0, s);
}

int text_wrap(struct canvas *c, enum font f, double px, int x, int y, int width, double leading,
	      uint32_t rgb, const char *s)
{
	char line[512] = "";

	for (;;) {
		size_t n = strcspn(s, " \n"), used = strlen(line);
		char longer[512];
		if (used + n + 2 > sizeof(longer))
			die("a word too long: ", s);
		memcpy(longer, line, used);
		memcpy(longer + used, " ", used ? 1 : 0);
		memcpy(longer + used + (used ? 1 : 0), s, n);
		longer[used + (used ? 1 : 0) + n] = '\0';
		if (used && text_width(f, px, longer) > width) {
			text(c, f, px, x, y, rgb, line);
			y += (int)(px * leading);
			line[0] = '\0';
			continue;
		}
		memcpy(line, longer, sizeof(line));
		if (s[n] == '\n' || s[n] == '\0') {
			text(c, f, px, x, y, rgb, line);
			y += (int)(px * leading);
			line[0] = '\0';
		}
		if (s[n] == '\0')
			return y;
		s += n + 1;
	}
}

double noise(uint32_t x, uint32_t y, uint32_t seed)
{
	uint32_t h = x * 0x9e3779b1u ^ y * 0x85ebca6bu ^ seed * 0xc2b2ae35u;

	h = (h ^ h >> 15) * 0x2c1b3c6du;
	h = (h ^ h >> 12) * 0x297a2d39u;
	return (h ^ h >> 15) / 4294967296.0;
}

double smooth_noise(double x, double y, uint32_t seed)
{
	double fx = floor(x), fy = floor(y), u = x - fx, v = y - fy;
	uint32_t i = (uint32_t)(int32_t)fx, j = (uint32_t)(int32_t)fy;

	u = u * u * (3 - 2 * u);
	v = v * v * (3 - 2 * v);
	return (noise(i, j, seed) * (1 - u) + noise(i + 1, j, seed) * u) * (1 - v) +
	       (noise(i, j + 1, seed) * (1 - u) + noise(i + 1, j + 1, seed) * u) * v;
}

double fractal(double x, double y, int octaves, uint32_t seed)
{
	double sum = 0, weight = 0.5;

	for (int i = 0; i < octaves; i++, weight /= 2, x *= 2.03, y *= 2.03)
		sum += weight * smooth_noise(x, y, seed + (uint32_t)i);
	return sum;
}

struct bytes {
	uint8_t *data;
	size_t n, size;
};

static void collect(void *to, void *data, int n)
{
	struct bytes *b = to;

	if (b->n + (size_t)n > b->size) {
		uint8_t *more = realloc(b->data, (b->n + (size_t)n) * 2);

		if (!more)
			die("not enough memory", "");
		b->data = more;
		b->size = (b->n + (size_t)n) * 2;
	}
	memcpy(b->data + b->n, data, (size_t)n);
	b->n += (size_t)n;
}

void write_jpeg(const struct canvas *c, const char *path, int quality, int dpi, int orientation)
{
	/* a TIFF header and one directory with one entry, the orientation */
	uint8_t exif[] = {0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,
			  'M',  'M',  0, 42, 0,   0,   0,   8,   0, 1,
			  0x01, 0x12, 0, 3,  0,   0,   0,   1,   0, (uint8_t)orientation,
			  0,    0,    0, 0,  0,   0};
	struct bytes b = {0};
	FILE *f = fopen(path, "wb");

	stbi_write_jpg_to_func(collect, &b, c->width, c->height, 3, c->rgb, quality);
	if (b.n < 20)
		die("no JPEG for ", path);
	if (dpi > 0) { /* APP0 JFIF comes first: unit, then two densities */
		const uint8_t density[] = {1, (uint8_t)(dpi >> 8), (uint8_t)dpi,
					   (uint8_t)(dpi >> 8), (uint8_t)dpi};
		memcpy(b.data + 13, density, sizeof(density));
	}
	if (!f || fwrite(b.data, 1, 20, f) != 20 ||
	    (orientation && fwrite(exif, 1, sizeof(exif), f) != sizeof(exif)) ||
	    fwrite(b.data + 20, 1, b.n - 20, f) != b.n - 20 || fclose(f) != 0)
		die("cannot write ", path);
	free(b.data);
}

void write_png(const struct canvas *c, const char *path)
{
	stbi_write_png_compression_level = 64; /* longer searches than its usual 8 */
	if (!stbi_write_png(path, c->width, c->height, 3, c->rgb, c->width * 3))
		die("cannot write ", path);
}
