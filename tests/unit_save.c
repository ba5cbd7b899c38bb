/* Files written in place of others: whole or not at all, and what belongs to their owner stays. */
#include "tests/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "cli/save.h"
#include "cli/settings_edit.h"

enum { PATH_BYTES = 1024 };

/* ---- the file system that save.c sees */

int played_link(const char *from, const char *to);
int played_renameat2(int from_folder, const char *from, int to_folder, const char *to,
		     unsigned flags);

static int no_links;   /* errno of every link(); 0 = they work */
static int no_renames; /* the same of renameat2() */

int played_link(const char *from, const char *to)
{
	if (!no_links)
		return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
	errno = no_links;
	return -1;
}

int played_renameat2(int from_folder, const char *from, int to_folder, const char *to,
		     unsigned flags)
{
	(void)from_folder, (void)to_folder;
	assert_int_equal(flags, 1); /* RENAME_NOREPLACE */
	if (!no_renames && access(to, F_OK) != 0)
		return rename(from, to);
	errno = no_renames ? no_renames : EEXIST;
	return -1;
}

static char folder[PATH_BYTES]; /* a fresh one, absolute */

static char *in_folder(char out[PATH_BYTES], const char *name)
{
	return str_format(out, PATH_BYTES, "%s/%s", folder, name);
}

static void make_file(const char *path, const char *text, mode_t mode)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(path, mode), 0);
}

static void holds(const char *path, const char *text)
{
	char buf[1024] = "";
	FILE *f = fopen(path, "r");

	if (!f)
		fail_msg("%s: %s", path, strerror(errno));
	buf[fread(buf, 1, sizeof buf - 1, f)] = '\0';
	fclose(f);
	assert_string_equal(buf, text);
}

static mode_t mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

/* Nothing beside the names in the folder, which are told apart by a blank. */
static void only(const char *names)
{
	char command[2 * PATH_BYTES], text[1024] = "";
	FILE *p = popen(str_format(command, sizeof command, "ls -A '%s' | tr '\\n' ' '", folder),
			"r");

	assert_non_null(p);
	text[fread(text, 1, sizeof text - 1, p)] = '\0';
	pclose(p);
	assert_string_equal(text, names);
}

static bool save(const char *path, const char *text, struct vtok_error *err)
{
	return save_over(path, text, strlen(text), err);
}

static int begin(void **state)
{
	const char *build = getenv("BUILDDIR");
	char name[PATH_BYTES];

	(void)state;
	str_format(name, sizeof name, "%s/unit_save.XXXXXX", build ? build : ".");
	char *real = mkdtemp(name) ? realpath(name, NULL) : NULL;

	str_format(folder, sizeof folder, "%s", real ? real : "");
	free(real);
	return folder[0] ? 0 : 1;
}

static int end(void **state)
{
	char command[2 * PATH_BYTES];

	(void)state;
	return system(str_format(command, sizeof command, "rm -rf '%s'", folder));
}

static void the_mode_is_kept(void **state)
{
	(void)state;
	static const mode_t modes[] = {0600, 0640, 0664, 0444};
	struct vtok_error err = {0};
	char path[PATH_BYTES];

	in_folder(path, "settings.ini");
	for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
		make_file(path, "old\n", modes[i]);
		assert_true(save(path, "new\n", &err));
		holds(path, "new\n");
		assert_int_equal(mode_of(path), modes[i]);
		assert_int_equal(unlink(path), 0);
	}
	mode_t mask = umask(027);

	assert_true(save(path, "first\n", &err));
	umask(mask);
	assert_int_equal(mode_of(path), 0640);
	only("settings.ini ");
}

static void links_stay_links(void **state)
{
	(void)state;
	struct vtok_error err = {0};
	struct stat st;
	char file[PATH_BYTES], first[PATH_BYTES], second[PATH_BYTES];

	in_folder(file, "kept.ini");
	in_folder(first, "settings.ini");
	in_folder(second, "to-link.ini");
	make_file(file, "old\n", 0600);
	assert_int_equal(symlink("kept.ini", first), 0);
	assert_int_equal(symlink(first, second), 0);
	assert_true(save(second, "new\n", &err));
	holds(file, "new\n");
	assert_int_equal(mode_of(file), 0600);
	assert_int_equal(lstat(first, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(lstat(second, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	only("kept.ini settings.ini to-link.ini ");
}

static void folders_are_made(void **state)
{
	(void)state;
	struct vtok_error err = {0};
	char path[PATH_BYTES], above[PATH_BYTES];

	in_folder(path, "config/vtok/settings.ini");
	assert_true(save(path, "first\n", &err));
	holds(path, "first\n");
	assert_int_equal(mode_of(in_folder(above, "config")), 0700);
}

/* What vtok does not know stays where it is, byte by byte, in the file too. */
static void unknown_keys_and_comments_are_kept(void **state)
{
	(void)state;
	static const char before[] =
		"; mine\n[other]\nview = kept\n\n[dashboard]\n# why\nview = chart\nfuture = 1\n";
	static const char after[] = "; mine\n[other]\nview = kept\n\n[dashboard]\n# why\nview = "
				    "fit\nfuture = 1\ntheme = dark\n";
	static const struct settings_pair pairs[] = {{"view", "fit"}, {"theme", "dark"}};
	struct vtok_error err = {0};
	struct strbuf out;
	char path[PATH_BYTES];

	make_file(in_folder(path, "settings.ini"), before, 0600);
	strbuf_init(&out);
	settings_edit(before, strlen(before), "dashboard", pairs, ARRAY_SIZE(pairs), &out);
	assert_true(save_over(path, out.data, out.len, &err));
	strbuf_fini(&out);
	holds(path, after);
}

/* "PATH: WHY"; of a path that is too long the end, all of why. */
static void says(const struct vtok_error *err, const char *path, const char *why)
{
	char end[512];
	size_t n = strlen(err->text);
	const char *name = strrchr(path, '/');

	assert_int_equal(err->code, VTOK_E_INPUT);
	str_format(end, sizeof end, "%s: %s", strlen(name) < 200 ? name : "", why);
	assert_true(n >= strlen(end));
	assert_string_equal(err->text + n - strlen(end), end);
	if (strncmp(err->text, "...", 3) != 0)
		assert_memory_equal(err->text, path, strlen(path));
	else
		assert_true(strlen(path) + strlen(why) + 3 > sizeof err->text);
}

static void fails(const char *path, const char *text, const char *why)
{
	struct vtok_error err = {0};

	assert_false(save(path, text, &err));
	says(&err, path, why);
}

/* A link to what is not there yet is filled there; one that leads round in a circle is kept. */
static void links_to_nothing_stay_links(void **state)
{
	(void)state;
	struct vtok_error err = {0};
	struct stat st;
	char file[PATH_BYTES], path[PATH_BYTES], far[PATH_BYTES];

	in_folder(file, "dots/settings.ini");
	in_folder(path, "settings.ini");
	in_folder(far, "far.ini");
	assert_int_equal(symlink("dots/settings.ini", path), 0);
	assert_int_equal(symlink(path, far), 0);
	assert_true(save(far, "first\n", &err));
	holds(file, "first\n");
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(lstat(far, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_true(save(path, "second\n", &err));
	holds(file, "second\n");
	only("dots far.ini settings.ini ");

	in_folder(path, "round.ini");
	assert_int_equal(symlink("round.ini", path), 0);
	assert_false(save(path, "new\n", &err));
	says(&err, path, strerror(ELOOP));
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
}

/* As long as a file system lets them be. */
static void long_names_are_saved(void **state)
{
	(void)state;
	struct vtok_error err = {0};
	char name[257], path[PATH_BYTES];

	memset(name, 'n', 255);
	name[255] = '\0';
	in_folder(path, name);
	assert_true(save_new(path, "first\n", 6, &err));
	holds(path, "first\n");
	assert_true(save(path, "second\n", &err));
	holds(path, "second\n");
	memcpy(name + 255, " ", 2);
	only(name);
}

/* The disk fills up in the middle, as a limit on the size of files makes believe. */
static void a_failure_leaves_the_old_file(void **state)
{
	(void)state;
	char path[PATH_BYTES], name[257], below[PATH_BYTES], many[4096];
	struct rlimit usual, little;

	make_file(in_folder(path, "settings.ini"), "old\n", 0640);
	memset(many, 'x', sizeof many - 1);
	many[sizeof many - 1] = '\0';
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &usual), 0);
	little = usual;
	little.rlim_cur = 100;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
	struct vtok_error err = {0};
	bool is_good = save(path, many, &err);

	assert_int_equal(setrlimit(RLIMIT_FSIZE, &usual), 0);
	assert_false(is_good);
	says(&err, path, strerror(EFBIG));
	holds(path, "old\n");
	assert_int_equal(mode_of(path), 0640);
	only("settings.ini ");

	fails(folder, "new\n", "not a regular file");
	fails(in_folder(below, "settings.ini/below"), "new\n", strerror(ENOTDIR));
	holds(path, "old\n");
	only("settings.ini ");

	memset(name, 'n', 256);
	name[256] = '\0';
	fails(in_folder(path, name), "new\n", strerror(ENAMETOOLONG));
	only("settings.ini ");
}

/* FAT, exFAT and some of FUSE have no links; old kernels no renameat2, or not
 * for that file system. */
static void a_new_file_needs_no_links(void **state)
{
	(void)state;
	static const struct {
		int links, renames;
	} t[] = {
		{0, 0},      {EPERM, 0},      {ENOTSUP, 0},     {ENOSYS, 0},
		{EMLINK, 0}, {EPERM, EINVAL}, {ENOSYS, ENOSYS}, {ENOTSUP, EPERM},
	};
	char path[PATH_BYTES];

	in_folder(path, "new.csv");
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct vtok_error err = {0};
		mode_t mask = umask(027);

		no_links = t[i].links;
		no_renames = t[i].renames;
		if (!save_new(path, "first\n", 6, &err))
			fail_msg("%zu: %s", i, err.text);
		umask(mask);
		holds(path, "first\n");
		assert_int_equal(mode_of(path), 0640);
		assert_false(save_new(path, "second\n", 7, &err));
		assert_non_null(strstr(err.text, "there is such a file already; it is kept"));
		holds(path, "first\n");
		only("new.csv ");
		assert_int_equal(unlink(path), 0);
	}
	no_links = no_renames = 0;
}

/* After one `sudo vtok` the settings are still those of their owner. */
static void root_keeps_the_owner(void **state)
{
	(void)state;
	struct vtok_error err = {0};
	struct stat st;
	char path[PATH_BYTES];

	if (geteuid() != 0)
		unit_skip("not root");
	make_file(in_folder(path, "settings.ini"), "old\n", 0600);
	if (chown(path, 12345, 23456) != 0 && errno == EINVAL) {
		unlink(path);
		unit_skip("root of a namespace that has no other users");
	}
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_uid, 12345);
	assert_int_equal(chmod(path, 06640), 0);
	assert_true(save(path, "new\n", &err));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_uid, 12345);
	assert_int_equal(st.st_gid, 23456);
	assert_int_equal(mode_of(path), 0640); /* other bits are for programs */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_mode_is_kept, begin, end),
		cmocka_unit_test_setup_teardown(links_stay_links, begin, end),
		cmocka_unit_test_setup_teardown(links_to_nothing_stay_links, begin, end),
		cmocka_unit_test_setup_teardown(long_names_are_saved, begin, end),
		cmocka_unit_test_setup_teardown(folders_are_made, begin, end),
		cmocka_unit_test_setup_teardown(unknown_keys_and_comments_are_kept, begin, end),
		cmocka_unit_test_setup_teardown(a_new_file_needs_no_links, begin, end),
		cmocka_unit_test_setup_teardown(root_keeps_the_owner, begin, end),
		cmocka_unit_test_setup_teardown(a_failure_leaves_the_old_file, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
