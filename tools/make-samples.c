/* Draws the pictures of samples/: a scanned letter, a photo, the same place taken upright with a
 * phone, a screenshot of a desktop and one of a phone. Everything in them is invented.
 *
 *     make-samples FOLDER [FONT_FOLDER] */
#include "tools/canvas.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- a letter of 8.27 x 11.69 inches at 300 dots per inch */

static const char letter_body[] =
	"thank you for the forty-two boxes that arrived with us on 3 March. We have opened and "
	"counted "
	"all of them, and the list below shows what each part of the collection holds. The ledgers "
	"are "
	"in better condition than we feared: only eleven volumes need repair before they can be "
	"scanned, "
	"and none of the bindings has to be cut.\n"
	" \n"
	"Two things differ from what we discussed. The harbour plans are larger than the scanner's "
	"bed, "
	"so that we will photograph them in four overlapping parts and join these afterwards. And "
	"about "
	"one page in twenty carries pencil notes so faint that they vanish below 300 dots per "
	"inch; we "
	"propose 400 for those and have priced them accordingly.\n"
	" \n"
	"Please tell us by the end of the month whether you agree. The work itself takes nine "
	"weeks, and "
	"you will receive the pages week by week, so that your readers do not have to wait for the "
	"last "
	"box. As before, every file is checked by eye before it leaves our house.";

static void letter_table(struct canvas *c, int x, int y, int width)
{
	static const char *const rows[][4] = {
		{"Part of the collection", "Boxes", "Pages", "Price"},
		{"Ledgers, 1871 to 1912", "18", "9,460", "2,838.00"},
		{"Letters received", "15", "7,205", "2,161.50"},
		{"Harbour plans, large format", "3", "212", "1,060.00"},
		{"Photographs and glass plates", "6", "1,384", "1,937.60"},
		{"Sum", "42", "18,261", "7,997.10"},
	};
	const int at[] = {0, 1100, 1420, width};

	for (int r = 0; r < 6; r++) {
		enum font f = r == 0 || r == 5 ? FONT_SERIF_BOLD : FONT_SERIF;
		int base = y + r * 70;
		for (int k = 0; k < 4; k++) {
			int left = k == 0 ? 0 : at[k] - text_width(f, 42, rows[r][k]);
			text(c, f, 42, x + left, base, 0x20202a, rows[r][k]);
		}
		if (r == 0 || r == 4)
			box(c, x, base + 20, width, r == 0 ? 4 : 2, 0x30303a);
	}
}

static void letter_head(struct canvas *c, int x, int width)
{
	const uint32_t blue = 0x1f4e79;

	disc(c, x + 90, 290, 90, blue);
	disc(c, x + 90, 290, 76, 0xf7f5f0);
	box(c, x + 40, 300, 100, 10, blue);
	for (int i = 0; i < 3; i++)
		box(c, x + 48 + i * 34, 245, 22, 55, blue);
	curve(c, (const double[]){x + 35, 325, x + 65, 305, x + 115, 350, x + 146, 322}, 6, blue);
	text(c, FONT_SERIF_BOLD, 76, x + 230, 295, blue, "Halden & Birk");
	text(c, FONT_SERIF, 40, x + 232, 352, 0x50505a, "Archive services and digitisation");
	static const char *const address[] = {"Quay Street 14", "4790 Lillehavn", "+00 555 0142",
					      "office@halden-birk.example"};
	for (int i = 0; i < 4; i++)
		text(c, FONT_SANS, 30, x + width - text_width(FONT_SANS, 30, address[i]),
		     240 + i * 44, 0x50505a, address[i]);
	box(c, x, 425, width, 4, blue);
}

static void signature(struct canvas *c, int x, int y)
{
	static const double strokes[][8] = {
		{0, 40, 40, -160, 90, -130, 50, 60},     {50, 60, 30, 110, 0, 60, 120, 10},
		{120, 10, 160, -20, 170, 50, 200, 10},   {200, 10, 230, -40, 240, 60, 270, 5},
		{270, 5, 300, -190, 340, -150, 310, 30}, {310, 30, 330, 50, 380, -40, 400, 10},
		{400, 10, 440, 40, 520, -10, 640, -30},  {20, 70, 200, 40, 400, 60, 560, 40},
	};
	for (size_t i = 0; i < sizeof(strokes) / sizeof(strokes[0]); i++) {
		double p[8];
		for (int k = 0; k < 8; k++)
			p[k] = strokes[i][k] + (k % 2 ? y : x);
		curve(c, p, 5.5, 0x1a2a6c);
	}
}

/* A sheet never lies straight on the glass, and light falls off towards its edge. */
static struct canvas scan(const struct canvas *sheet)
{
	struct canvas c = canvas_new(sheet->width, sheet->height, 0xffffff);
	const double s = sin(0.0052), k = cos(0.0052);

	for (int y = 0; y < c.height; y++)
		for (int x = 0; x < c.width; x++) {
			double dx = x - c.width / 2.0, dy = y - c.height / 2.0;
			double fx = c.width / 2.0 + dx * k + dy * s,
			       fy = c.height / 2.0 - dx * s + dy * k;
			int ix = (int)floor(fx), iy = (int)floor(fy);
			double u = fx - ix, v = fy - iy;
			double edge =
				fmin(fmin(fx, sheet->width - fx), fmin(fy, sheet->height - fy));
			double light = 1 - 0.10 * exp(-x / 60.0) -
				       0.05 * exp(-(c.width - x) / 90.0) -
				       0.012 * fractal(x / 300.0, y / 300.0, 3, 7);
			uint8_t *to = c.rgb + ((size_t)y * (size_t)c.width + (size_t)x) * 3;
			if (edge < 1) {
				memset(to, 208, 3);
				continue;
			}
			const uint8_t *p =
				sheet->rgb + ((size_t)iy * (size_t)c.width + (size_t)ix) * 3;
			bool last = ix + 1 >= c.width || iy + 1 >= c.height;
			size_t row = last ? 0 : (size_t)c.width * 3, col = last ? 0 : 3;
			for (int i = 0; i < 3; i++) {
				double a = p[i] * (1 - u) + p[i + col] * u;
				double b = p[row + i] * (1 - u) + p[row + col + i] * u;
				double g = (a * (1 - v) + b * v) * light;
				g += 3 * (noise((uint32_t)x, (uint32_t)y, 3) - 0.5);
				to[i] = (uint8_t)(g < 0 ? 0 : g > 255 ? 255 : g);
			}
		}
	return c;
}

static void draw_letter(const char *path)
{
	struct canvas c = canvas_new(2480, 3508, 0xf7f5f0);
	const int x = 300, width = 1880;
	const uint32_t ink = 0x20202a;

	letter_head(&c, x, width);
	text_wrap(
		&c, FONT_SERIF, 46, x, 560, 900, 1.35, ink,
		"Town Archive of Ostervik\nReading room, second floor\nMill Lane 3\n4812 Ostervik");
	text(&c, FONT_SERIF, 46, x + width - text_width(FONT_SERIF, 46, "17 March"), 900, ink,
	     "17 March");
	text(&c, FONT_SERIF_BOLD, 48, x, 1010, ink,
	     "Your collection \"Port and Customs\": what we found and propose");
	text(&c, FONT_SERIF, 46, x, 1130, ink, "Dear colleagues,");
	int y = text_wrap(&c, FONT_SERIF, 46, x, 1210, width, 1.42, ink, letter_body);
	letter_table(&c, x, y + 50, width);
	y += 50 + 6 * 70;
	text(&c, FONT_SERIF, 46, x, y + 70, ink, "With kind regards,");
	signature(&c, x + 20, y + 220);
	text(&c, FONT_SERIF_ITALIC, 42, x, y + 360, ink, "Head of digitisation");
	box(&c, x, 3270, width, 2, 0x80808a);
	text_wrap(&c, FONT_SANS, 25, x, 3315, width, 1.5, 0x60606a,
		  "Halden & Birk, registered in Lillehavn under 000 142 857. Prices are net, in "
		  "crowns, and valid for sixty "
		  "days. Originals are kept at 18 degrees and 45 % humidity, insured for their "
		  "value as declared. Page 1 of 1.");
	disc(&c, 110, 1474, 34, 0xdedad2);
	disc(&c, 110, 2419, 34, 0xdedad2);
	struct canvas scanned = scan(&c);
	write_jpeg(&scanned, path, 17, 300, 0);
	canvas_free(&scanned);
	canvas_free(&c);
}

/* ---- a lake in the evening */

static uint32_t mix(uint32_t a, uint32_t b, double k)
{
	uint32_t out = 0;

	k = k < 0 ? 0 : k > 1 ? 1 : k;
	for (int i = 16; i >= 0; i -= 8) {
		double x = a >> i & 255, y = b >> i & 255;
		out |= (uint32_t)(x + (y - x) * k + 0.5) << i;
	}
	return out;
}

static double ridge(double u, int k)
{
	static const double base[] = {0.43, 0.47, 0.515, 0.555},
			    height[] = {0.24, 0.17, 0.12, 0.05};
	double top = base[k] + height[k] * (0.5 - fractal(u * (2.2 + 1.3 * k) + 9.7 * k, 0.5, 8,
							  40 + (uint32_t)k));

	if (k == 3) /* a forest: pointed tops */
		top -= 0.022 * fabs(sin(u * 170 + 6 * smooth_noise(u * 25, 0, 77))) *
		       smooth_noise(u * 60, 1, 78);
	return top;
}

/* u, v: 0..1 across and down; the colour above the water line. */
static uint32_t land(double u, double v, double aspect)
{
	static const uint32_t haze[] = {0x8d86a8, 0x5f6488, 0x3a4762, 0x14222b};
	double sun = hypot((u - 0.66) * aspect, v - 0.40);

	for (int k = 3; k >= 0; k--) {
		double top = ridge(u * aspect, k);
		if (v < top)
			continue;
		double snow = k == 0 && v < top + 0.035 * fractal(u * 30, v * 60, 4, 50) ? 0.55 : 0;
		double grain = fractal(u * aspect * 60, v * 90, 3, 60 + (uint32_t)k) - 0.45;
		uint32_t rock =
			mix(haze[k], 0xffb27a, 0.22 * exp(-sun * 3) + 0.10 * grain * (k < 3));
		return mix(mix(rock, 0xfff4ea, snow), 0xe8a88a, (v - top) * 0.9 * (3 - k) / 3.0);
	}
	uint32_t sky = mix(0x24406f, 0xf2a36b, pow(v / 0.5, 1.5));
	double cloud = fractal(u * aspect * 3 + 4, v * 16, 5, 90) - 0.46;
	sky = mix(sky, mix(0xffd2a0, 0x7a6a86, 0.75 - 1.6 * v), cloud * 3.2 * (1 - v));
	sky = mix(sky, 0xffe2a8, 0.75 * exp(-sun * 7));
	return mix(sky, 0xfffbe8, (0.034 - sun) * 400);
}

static uint32_t scene(double u, double v, double aspect)
{
	const double shore = 0.60;
	uint32_t colour;

	if (v < shore) {
		colour = land(u, v, aspect);
	} else {
		double depth = (v - shore) / (1 - shore);
		double wave = smooth_noise(u * aspect * 26, pow(depth, 0.5) * 120, 21) - 0.5;
		double du = wave * 0.012 * (0.3 + depth), dv = wave * 0.05 * (0.15 + depth);
		colour = land(u + du, shore - (v - shore) * 0.95 + dv * 0.6, aspect);
		colour = mix(colour, 0x2a2c3c, 0.24 + 0.28 * depth);
		double glint = exp(-pow((u - 0.66) * aspect * 9, 2)) * (wave > 0.12);
		colour = mix(colour, 0xffdfa8, glint * 0.7 * (1 - depth * 0.6));
	}
	double reeds = 0.93 - 0.10 * fractal(u * aspect * 4, 2, 4, 33) -
		       0.05 * pow(smooth_noise(u * aspect * 220, 3, 34), 3);
	return v > reeds ? mix(0x0d1512, 0x2a3420,
			       (v - reeds) * 3 * smooth_noise(u * 300, v * 90, 35))
			 : colour;
}

static struct canvas paint_scene(int width, int height)
{
	struct canvas c = canvas_new(width, height, 0);

	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++)
			dot(&c, x, y,
			    scene((x + 0.5) / width, (y + 0.5) / height, (double)width / height),
			    1);
	return c;
}

static void draw_photo(const char *path)
{
	struct canvas c = paint_scene(4032, 3024);

	write_jpeg(&c, path, 38, 0, 0);
	canvas_free(&c);
}

/* Held upright, the sensor lies on its side: the file is 4032 x 3024 and says "turn right to see"
 * (6). */
static void draw_turned_photo(const char *path)
{
	struct canvas seen = paint_scene(3024, 4032), c = canvas_new(4032, 3024, 0);

	for (int y = 0; y < c.height; y++)
		for (int x = 0; x < c.width; x++)
			memcpy(c.rgb + ((size_t)y * 4032 + (size_t)x) * 3,
			       seen.rgb + ((size_t)x * 3024 + (size_t)(3023 - y)) * 3, 3);
	write_jpeg(&c, path, 38, 0, 6);
	canvas_free(&seen);
	canvas_free(&c);
}

/* ---- a desktop: editor and terminal */

static const char *const code[] = {
	"/* Round both sides to whole blocks, then keep the area in bounds. */",
	"static struct size smart_resize(struct size in, const struct limits *lim)",
	"{",
	"	const int block = lim->patch * lim->merge;",
	"	int w = round_to(in.width, block);",
	"	int h = round_to(in.height, block);",
	"",
	"	if ((long)w * h > lim->max_pixels) {",
	"		double beta = sqrt((double)in.width * in.height / lim->max_pixels);",
	"		w = floor_to(in.width / beta, block);",
	"		h = floor_to(in.height / beta, block);",
	"	} else if ((long)w * h < lim->min_pixels) {",
	"		double beta = sqrt(lim->min_pixels / ((double)in.width * in.height));",
	"		w = ceil_to(in.width * beta, block);",
	"		h = ceil_to(in.height * beta, block);",
	"	}",
	"	return (struct size){w, h};",
	"}",
	"",
	"/* One token for every merged block of patches. */",
	"long count_tokens(struct size in, const struct limits *lim)",
	"{",
	"	struct size fed = smart_resize(in, lim);",
	"	const int block = lim->patch * lim->merge;",
	"",
	"	return (long)(fed.width / block) * (fed.height / block);",
	"}",
};

static bool is_word(const char *s, size_t n, const char *list)
{
	char word[64];

	if (n + 3 > sizeof(word))
		return false;
	snprintf(word, sizeof(word), " %.*s ", (int)n, s);
	return strstr(list, word) != NULL;
}

static void code_line(struct canvas *c, double px, int x, int y, const char *s)
{
	const int column = text_width(FONT_MONO, px, "0");
	bool comment = strncmp(s, "/*", 2) == 0;

	for (; *s == '\t'; s++)
		x += 4 * column;
	while (*s) {
		size_t n = strspn(
			s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
		char part[128];
		uint32_t rgb = 0xd4d4d4;
		if (n == 0)
			n = 1;
		if (comment)
			n = strlen(s), rgb = 0x6a9955;
		else if (is_word(s, n, " static const struct int long double "))
			rgb = 0x569cd6;
		else if (is_word(s, n, " return if else "))
			rgb = 0xc586c0;
		else if (s[n] == '(')
			rgb = 0xdcdcaa;
		else if (s[0] >= '0' && s[0] <= '9')
			rgb = 0xb5cea8;
		else if (n > 1 || (s[0] >= 'a' && s[0] <= 'z'))
			rgb = 0x9cdcfe;
		snprintf(part, sizeof(part), "%.*s", (int)n, s);
		text(c, FONT_MONO, px, x, y, rgb, part);
		x += (int)n * column;
		s += n;
	}
}

static void file_tree(struct canvas *c)
{
	static const struct {
		int depth;
		const char *name;
	} tree[] = {
		{0, "v  pixelcount"}, {1, "v  src"},        {2, "area.c"},    {2, "limits.c"},
		{2, "limits.h"},      {2, "resize.c"},      {2, "resize.h"},  {1, "v  tests"},
		{2, "limits.txt"},    {2, "resize_test.c"}, {2, "sizes.csv"}, {1, ">  docs"},
		{1, "Makefile"},      {1, "README.md"},     {1, "LICENSE"},
	};
	box(c, 0, 70, 300, 980, 0x252526);
	text(c, FONT_SANS, 14, 20, 100, 0xbbbbbb, "EXPLORER");
	for (size_t i = 0; i < sizeof(tree) / sizeof(tree[0]); i++) {
		int y = 136 + (int)i * 28;
		if (i == 5)
			box(c, 0, y - 20, 300, 28, 0x37373d);
		text(c, FONT_SANS, 16, 20 + tree[i].depth * 20, y, i == 5 ? 0xffffff : 0xcccccc,
		     tree[i].name);
	}
}

static void terminal(struct canvas *c)
{
	static const struct {
		uint32_t rgb;
		const char *line;
	} out[] = {
		{0x89d185, "dev@workbench:~/pixelcount$ make check"},
		{0xcccccc, "  CC       src/resize.o"},
		{0xcccccc, "  CC       tests/resize_test.o"},
		{0xcccccc, "  LD       tests/resize_test"},
		{0x89d185, "ok 1 - a square stays a square"},
		{0x89d185, "ok 2 - 1920x1080 is rounded to whole blocks"},
		{0xf48771, "not ok 3 - the area stays below the limit at 8000x6000"},
		{0xf48771, "#   expected at most 12845056 pixels, found 12848192"},
		{0x89d185, "ok 4 - one pixel grows to the least area"},
		{0xcccccc, "1..4"},
		{0x89d185, "dev@workbench:~/pixelcount$ "},
	};
	box(c, 300, 734, 1620, 316, 0x181818);
	box(c, 300, 734, 1620, 1, 0x3c3c3c);
	text(c, FONT_SANS, 14, 320, 760, 0x8a8a8a, "PROBLEMS     OUTPUT");
	text(c, FONT_SANS, 14, 500, 760, 0xffffff, "TERMINAL");
	box(c, 500, 768, 70, 2, 0x4fc1ff);
	int y = 796, x = 0;
	for (size_t i = 0; i < sizeof(out) / sizeof(out[0]); i++, y += 23)
		x = text(c, FONT_MONO, 16, 320, y, out[i].rgb, out[i].line);
	box(c, 320 + x, y - 23 - 14, 9, 18, 0xcccccc);
}

static void draw_desktop(const char *path)
{
	struct canvas c = canvas_new(1920, 1080, 0x1e1e1e);

	box(&c, 0, 0, 1920, 32, 0x323233);
	static const uint32_t lights[] = {0xff5f57, 0xfebc2e, 0x28c840};
	for (int i = 0; i < 3; i++)
		disc(&c, 20 + i * 22, 16, 7, lights[i]);
	text(&c, FONT_SANS, 15, 850, 21, 0xcccccc, "resize.c - pixelcount - Editor");
	box(&c, 0, 32, 1920, 38, 0x252526);
	box(&c, 300, 32, 150, 38, 0x1e1e1e);
	box(&c, 300, 32, 150, 2, 0x4fc1ff);
	text(&c, FONT_SANS, 16, 330, 57, 0xffffff, "resize.c");
	text(&c, FONT_SANS, 16, 480, 57, 0x969696, "resize_test.c");
	text(&c, FONT_SANS, 16, 640, 57, 0x969696, "sizes.csv");
	file_tree(&c);
	box(&c, 300, 78 + 8 * 24, 1520, 24, 0x282828);
	for (int i = 0; i < (int)(sizeof(code) / sizeof(code[0])); i++) {
		char number[8];
		snprintf(number, sizeof(number), "%3d", 41 + i);
		text(&c, FONT_MONO, 17, 320, 96 + i * 24, i == 8 ? 0xc6c6c6 : 0x6e7681, number);
		code_line(&c, 17, 380, 96 + i * 24, code[i]);
		box(&c, 1840, 80 + i * 4, (int)strlen(code[i]), 2, 0x606060);
	}
	terminal(&c);
	box(&c, 0, 1050, 1920, 30, 0x007acc);
	text(&c, FONT_SANS, 15, 20, 1071, 0xffffff, "main*    0 errors, 1 warning");
	text(&c, FONT_SANS, 15, 1560, 1071, 0xffffff, "Ln 49, Col 17    Tab Size: 8    UTF-8    C");
	write_png(&c, path);
	canvas_free(&c);
}

/* ---- a phone: a conversation */

static int bubble(struct canvas *c, int y, bool mine, const char *s, const char *time)
{
	const int pad = 36, most = 780;
	int lines = (text_wrap(NULL, FONT_SANS, 46, 0, 0, most, 1.3, 0, s)) / (int)(46 * 1.3);
	int w = lines > 1 ? most : text_width(FONT_SANS, 46, s),
	    h = lines * (int)(46 * 1.3) + 2 * pad;
	int x = mine ? 1170 - 40 - w - 2 * pad : 40;

	w = w < 200 ? 200 : w;
	x = mine ? 1170 - 40 - w - 2 * pad : x;
	round_box(c, x, y, w + 2 * pad, h + 30, 44, mine ? 0x1f6feb : 0xffffff);
	text_wrap(c, FONT_SANS, 46, x + pad, y + pad + 40, most, 1.3, mine ? 0xffffff : 0x1c1c1e,
		  s);
	text(c, FONT_SANS, 28, x + w + pad - text_width(FONT_SANS, 28, time), y + h + 10,
	     mine ? 0xcfe0ff : 0x8a8a8f, time);
	return y + h + 30 + 28;
}

static void phone_bars(struct canvas *c)
{
	box(c, 0, 0, 1170, 310, 0xf9f9f9);
	box(c, 0, 308, 1170, 2, 0xd8d8dc);
	text(c, FONT_SANS_BOLD, 48, 90, 96, 0x111111, "18:42");
	for (int i = 0; i < 4; i++)
		round_box(c, 890 + i * 18, 88 - i * 9, 13, 12 + i * 9, 4, 0x111111);
	round_box(c, 1010, 60, 84, 40, 12, 0x111111);
	round_box(c, 1015, 65, 74, 30, 8, 0xf9f9f9);
	round_box(c, 1019, 69, 48, 22, 5, 0x111111);
	text(c, FONT_SANS, 72, 40, 246, 0x1f6feb, "<");
	disc(c, 180, 220, 56, 0x2e8b57);
	text(c, FONT_SANS_BOLD, 48, 149, 237, 0xffffff, "TC");
	text(c, FONT_SANS_BOLD, 46, 270, 212, 0x111111, "Trail crew");
	text(c, FONT_SANS, 34, 270, 262, 0x8a8a8f, "7 members, 3 online");
	box(c, 0, 2280, 1170, 252, 0xf9f9f9);
	text(c, FONT_SANS, 80, 44, 2380, 0x1f6feb, "+");
	round_box(c, 130, 2306, 860, 100, 50, 0xffffff);
	text(c, FONT_SANS, 44, 176, 2371, 0xa8a8ad, "Message");
	disc(c, 1070, 2356, 48, 0x1f6feb);
	text(c, FONT_SANS_BOLD, 52, 1050, 2374, 0xffffff, ">");
	round_box(c, 385, 2496, 400, 14, 7, 0x111111);
}

static void draw_phone(const char *path)
{
	struct canvas c = canvas_new(1170, 2532, 0xe9edf2);
	int y = 350;

	round_box(&c, 485, y, 200, 56, 28, 0xd5dbe3);
	text(&c, FONT_SANS, 32, 541, y + 39, 0x5a5f66, "Today");
	y += 90;
	y = bubble(&c, y, false,
		   "Made it to the hut before the rain. The path behind the second bridge is gone, "
		   "take the upper one.",
		   "17:58");
	y = bubble(&c, y, true, "Thanks! How long did the upper path take you?", "18:03");
	y = bubble(&c, y, false, "Three hours with a break at the lake. Look at this:", "18:05");
	struct canvas view = paint_scene(780, 520);
	round_box(&c, 40, y, 852, 592, 44, 0xffffff);
	for (int j = 0; j < view.height;
	     j++) /* fewer colours: a screenshot holds the picture as the app scaled it */
		for (int i = 0; i < view.width * 3; i++)
			c.rgb[((size_t)(y + 36 + j) * 1170 + 76) * 3 + (size_t)i] =
				(uint8_t)(view.rgb[(size_t)j * (size_t)view.width * 3 + (size_t)i] &
					  0xf0);
	canvas_free(&view);
	y += 592 + 28;
	y = bubble(&c, y, true, "Wow. We leave at seven tomorrow, five people, two tents.",
		   "18:11");
	y = bubble(&c, y, false, "The stove here works, bring gas.", "18:30");
	bubble(&c, y, true, "Will do!", "18:41");
	phone_bars(&c);
	write_png(&c, path);
	canvas_free(&c);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*draw)(const char *path);
	} samples[] = {
		{"letter-300dpi.jpg", draw_letter},
		{"photo.jpg", draw_photo},
		{"photo-turned.jpg", draw_turned_photo},
		{"screenshot.png", draw_desktop},
		{"phone.png", draw_phone},
	};
	if (argc < 2) {
		fprintf(stderr, "usage: make-samples FOLDER [FONT_FOLDER]\n");
		return 2;
	}
	fonts_load(argc > 2 ? argv[2] : "/usr/share/fonts/truetype/dejavu");
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		char path[1024];
		snprintf(path, sizeof(path), "%s/%s", argv[1], samples[i].name);
		samples[i].draw(path);
	}
	return 0;
}
