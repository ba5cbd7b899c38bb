/* A picture that takes long to write, in view 5: meanwhile the screen answers, Esc gives it up, q
 * leaves without waiting, and in the end there is the whole file or none. The child that works on
 * it is stopped, so that "long" is as long as the test likes. */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <dirent.h>

#include "base/str.h"
#include "tests/pty.h"

enum { SIDE = 3000, PATH_BYTES = 512 };

/* ------------------------------------------------------------ a large picture */

static uint32_t crc_of(uint32_t crc, const unsigned char *p, size_t n)
{
	crc = ~crc;
	for (size_t i = 0; i < n; i++) {
		crc ^= p[i];
		for (int k = 0; k < 8; k++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
	}
	return ~crc;
}

static void put_32(unsigned char *to, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		to[i] = (unsigned char)(v >> (24 - 8 * i));
}

static void put_chunk(FILE *f, const char *kind, const unsigned char *data, size_t n)
{
	unsigned char word[4];
	uint32_t crc = crc_of(crc_of(0, (const unsigned char *)kind, 4), data, n);

	put_32(word, (uint32_t)n);
	fwrite(word, 1, 4, f);
	fwrite(kind, 1, 4, f);
	fwrite(data, 1, n, f);
	put_32(word, crc);
	fwrite(word, 1, 4, f);
}

/* Black, 8-bit grey, not compressed: each row is one stored block of zeros. Adler's sum of n zeros
 * is 1 below and n above. */
static bool put_png(const char *path)
{
	const uint16_t row = SIDE + 1;
	size_t n = 2 + (size_t)SIDE * (5 + row) + 4, at = 2;
	unsigned char head[13] = {0}, *data = calloc(n, 1);
	FILE *f = fopen(path, "wb");

	if (!f || !data)
		return false;
	put_32(head, SIDE);
	put_32(head + 4, SIDE);
	head[8] = 8;
	data[0] = 0x78, data[1] = 1;
	for (int y = 0; y < SIDE; y++, at += 5 + row) {
		data[at] = y == SIDE - 1;
		data[at + 1] = row & 255, data[at + 2] = row >> 8;
		data[at + 3] = ~row & 255, data[at + 4] = (unsigned char)(~row >> 8);
	}
	put_32(data + at, (uint32_t)((uint64_t)SIDE * row % 65521) << 16 | 1);
	fwrite("\x89PNG\r\n\x1a\n", 1, 8, f);
	put_chunk(f, "IHDR", head, sizeof head);
	put_chunk(f, "IDAT", data, n);
	put_chunk(f, "IEND", data, 0);
	free(data);
	return fclose(f) == 0;
}

/* ------------------------------------------------------------ the child */

/* A process whose parent is that; 0: there is none. */
static pid_t child_of(pid_t parent)
{
	DIR *d = opendir("/proc");
	struct dirent *e;
	pid_t found = 0;

	while (d && !found && (e = readdir(d)) != NULL) {
		char path[64], line[512] = "";
		const char *end;
		int of = 0;

		if (strspn(e->d_name, "0123456789") != strlen(e->d_name))
			continue;
		str_format(path, sizeof path, "/proc/%.20s/stat", e->d_name);
		FILE *f = fopen(path, "r");
		if (f && fgets(line, sizeof line, f) && (end = strrchr(line, ')')) != NULL &&
		    sscanf(end, ") %*c %d", &of) == 1 && of == parent)
			found = (pid_t)atoi(e->d_name);
		if (f)
			fclose(f);
	}
	if (d)
		closedir(d);
	return found;
}

/* Stops the child as soon as it is there. */
static pid_t stop_child(struct session *t)
{
	long end = now_ms() + LIMIT_MS;
	pid_t child = 0;

	while (!child && now_ms() < end) {
		child = child_of(t->pid);
		if (!child)
			pump(t, 1, -1);
	}
	if (child)
		kill(child, SIGSTOP);
	return child;
}

static bool is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

/* No file but the picture, not even a part of one under another name. */
static bool is_clean(const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	int n = 0;

	while (d && (e = readdir(d)) != NULL)
		n += e->d_name[0] != '.' || strlen(e->d_name) > 2;
	if (d)
		closedir(d);
	return n == 1;
}

static bool is_gone(pid_t pid)
{
	for (long end = now_ms() + LIMIT_MS; now_ms() < end;) {
		if (kill(pid, 0) != 0)
			return true;
		nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
	}
	return false;
}

/* ------------------------------------------------------------ the steps */

static void open_view(struct session *t, const char *picture)
{
	struct start s = {.args = {"--no-config", "--view", "fit", picture}};

	begin(t, &s);
	check(wait_for(t, "What should I send?"), "view 5 stands");
}

static pid_t write_slowly(struct session *t, const char *to)
{
	char keys[PATH_BYTES + 8];

	type(t, "w");
	wait_for(t, "large-");
	str_format(keys, sizeof keys, "\025%s\r", to);
	type(t, keys);
	pid_t child = stop_child(t);
	check(child > 0, "a child works on the picture");
	check(wait_for(t, "writing small.png ... Esc gives it up"), "the foot says so");
	return child;
}

static void check_alive(struct session *t)
{
	type(t, "w");
	check(wait_for(t, "one picture is being written"), "a second one has to wait");
	type(t, "1");
	check(wait_for(t, "Knobs"), "another view is shown meanwhile");
	check(shows(t, "writing small.png"), "which says so too");
	type(t, "?");
	check(wait_for(t, "Keys"), "the help opens");
	type(t, "\033");
	check(wait_for(t, "writing small.png"), "Esc closes it, and the picture goes on");
	type(t, "5");
	check(wait_for(t, "What should I send?"), "and back");
}

int main(void)
{
	char folder[] = "/tmp/vtok-write-XXXXXX", picture[PATH_BYTES], to[PATH_BYTES];
	struct session t;

	if (!child_of(getppid())) {
		printf("1..0 # SKIP no /proc to find the child in\n");
		return 0;
	}
	if (!decodes()) {
		printf("1..0 # SKIP no seccomp under emulation\n");
		return 0;
	}
	if (!mkdtemp(folder))
		return 99;
	str_format(picture, sizeof picture, "%s/large.png", folder);
	str_format(to, sizeof to, "%s/small.png", folder);
	if (!put_png(picture))
		return 99;

	open_view(&t, picture);
	pid_t child = write_slowly(&t, to);
	check_alive(&t);
	type(&t, "\033");
	check(wait_for(&t, "small.png given up: nothing was written"), "Esc gives it up");
	check(is_gone(child) && is_clean(folder), "the child is gone, and there is no file");

	child = write_slowly(&t, to);
	kill(child, SIGCONT);
	check(wait_for(&t, "small.png written"), "one that goes on is written");
	check(is_there(to), "and there");
	unlink(to);

	child = write_slowly(&t, to);
	long began = now_ms();
	type(&t, "q");
	while (!t.is_over && now_ms() < began + LIMIT_MS)
		pump(&t, 20, -1);
	check(is_gone(child), "q waits for nothing: the child is gone");
	check(is_clean(folder), "and nothing was written");
	finish(&t);

	open_view(&t, picture);
	child = write_slowly(&t, to);
	kill(child, SIGKILL);
	check(wait_for(&t, "not written: its pixels cannot be written: the decoder failed on it"),
	      "a child that dies is told of");
	check(is_clean(folder), "and leaves nothing");
	finish(&t);

	unlink(picture);
	rmdir(folder);
	return tap_end();
}
