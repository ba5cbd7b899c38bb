/* The floor of `vtok count -`: the least that a program must do that turns a file of sizes into a
 * file of counts. It maps the file instead of reading it, parses two integers a line without
 * looking for mistakes, rounds each side once to the factor of Qwen2-VL's smart resize, and prints
 * the line as it came and the product. What it leaves out (bad lines, other spellings, limits,
 * special tokens, eleven more columns, threads, pipes) is what vtok adds.
 *     floor_map SIZES >COUNTS */
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FACTOR = 28, OUT_BYTES = 1 << 20, LINE_MOST = 64 };

static char out[OUT_BYTES];

static const char *side(const char *p, uint32_t *v)
{
	for (*v = 0; *p >= '0' && *p <= '9'; p++)
		*v = *v * 10 + (uint32_t)(*p - '0');
	return p;
}

static char *digits(char *o, uint32_t v)
{
	char text[10];
	int n = 0;

	do
		text[n++] = (char)('0' + v % 10);
	while (v /= 10);
	while (n)
		*o++ = text[--n];
	return o;
}

static uint32_t rounded(uint32_t v)
{
	return (v + FACTOR / 2) / FACTOR;
}

/* Every line ends with a newline. False: writing failed. */
static bool count(const char *p, const char *end)
{
	char *o = out;

	while (p < end) {
		const char *line = p;
		uint32_t width, height;

		p = side(p, &width);
		p = side(p + 1, &height);
		memcpy(o, line, (size_t)(p - line));
		o += p++ - line;
		*o++ = ',';
		o = digits(o, rounded(width) * rounded(height));
		*o++ = '\n';
		if (o > out + OUT_BYTES - LINE_MOST) {
			if (write(STDOUT_FILENO, out, (size_t)(o - out)) < 0)
				return false;
			o = out;
		}
	}
	return write(STDOUT_FILENO, out, (size_t)(o - out)) >= 0;
}

int main(int argc, char **argv)
{
	struct stat st;
	int fd = argc == 2 ? open(argv[1], O_RDONLY) : -1;

	if (fd < 0 || fstat(fd, &st) < 0 || st.st_size == 0)
		return 2;
	char *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	return p == MAP_FAILED || !count(p, p + st.st_size);
}
