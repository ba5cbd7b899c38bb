/* The floor of `vtok scan` over files: opens each, reads 4 KiB, closes it.
 *     floor_files -             paths on standard input, one a line
 *     floor_files -g DIR N      makes N small pictures: JPEG, PNG and WebP by turns, a thousand a
 * folder */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD = 4096, EACH = 1000, BODY = 2000 };

static size_t put(unsigned char *to, const void *bytes, size_t n)
{
	memcpy(to, bytes, n);
	return n;
}

/* Heads as cameras and encoders write them; what follows is filling. */
static size_t jpeg(unsigned char *p, unsigned w, unsigned h)
{
	const unsigned char head[] = "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0";
	unsigned char frame[] = {0xff,
				 0xc0,
				 0,
				 17,
				 8,
				 (unsigned char)(h >> 8),
				 (unsigned char)h,
				 (unsigned char)(w >> 8),
				 (unsigned char)w,
				 3,
				 1,
				 0x22,
				 0,
				 2,
				 0x11,
				 1,
				 3,
				 0x11,
				 1};
	size_t n = put(p, head, sizeof(head));

	return n + put(p + n, frame, sizeof(frame));
}

static size_t png(unsigned char *p, unsigned w, unsigned h)
{
	const unsigned char head[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
	unsigned char size[] = {0,
				0,
				(unsigned char)(w >> 8),
				(unsigned char)w,
				0,
				0,
				(unsigned char)(h >> 8),
				(unsigned char)h,
				8,
				2,
				0,
				0,
				0,
				0,
				0,
				0,
				0};
	const unsigned char pixels[] = {0,   0,  (BODY - 24) >> 8, (BODY - 24) & 255, 'I', 'D',
					'A', 'T'};
	const unsigned char end[] = {0, 0, 0, 0, 'I', 'E', 'N', 'D'};
	size_t n = put(p, head, sizeof(head) - 1);

	n += put(p + n, size, sizeof(size));
	put(p + n, pixels, sizeof(pixels));
	put(p + n + BODY - 12, end, sizeof(end));
	return n;
}

static size_t webp(unsigned char *p, unsigned w, unsigned h)
{
	const unsigned char head[] = "RIFF\xf0\7\0\0WEBPVP8 \xe4\7\0\0\x30\1\0\x9d\1\x2a";
	unsigned char size[] = {(unsigned char)w, (unsigned char)(w >> 8), (unsigned char)h,
				(unsigned char)(h >> 8)};
	size_t n = put(p, head, sizeof(head) - 1);

	return n + put(p + n, size, sizeof(size));
}

static int make_one(const char *dir, long i)
{
	static const char *const ends[] = {"jpg", "png", "webp"};
	static size_t (*const makers[])(unsigned char *, unsigned, unsigned) = {jpeg, png, webp};
	unsigned char bytes[HEAD + BODY] = {0};
	char path[4096];

	snprintf(path, sizeof(path), "%s/%ld", dir, i / EACH);
	if (i % EACH == 0 && mkdir(path, 0777) < 0 && errno != EEXIST)
		return -1;
	snprintf(path, sizeof(path), "%s/%ld/%ld.%s", dir, i / EACH, i, ends[i % 3]);
	size_t n = makers[i % 3](bytes, 200 + (unsigned)(i % 1800), 200 + (unsigned)(i * 7 % 1800));
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	int bad = fd < 0 || write(fd, bytes, n + BODY) < 0;

	return (fd >= 0 && close(fd) < 0) || bad ? -1 : 0;
}

static int make_all(const char *dir, long n)
{
	for (long i = 0; i < n; i++)
		if (make_one(dir, i) < 0) {
			perror(dir);
			return 1;
		}
	return 0;
}

int main(int argc, char **argv)
{
	static char head[HEAD];
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	long bad = 0;

	if (argc == 4 && strcmp(argv[1], "-g") == 0)
		return make_all(argv[2], atol(argv[3]));
	while ((len = getline(&line, &room, stdin)) > 0) {
		line[len - 1] = '\0';
		int fd = open(line, O_RDONLY);
		bad += fd < 0 || read(fd, head, sizeof(head)) < 0;
		if (fd >= 0)
			close(fd);
	}
	free(line);
	return bad > 0;
}
