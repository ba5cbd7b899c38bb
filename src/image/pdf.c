#include "config.h"

#include "image/pdf.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "image/image.h"
#include "image/sandbox.h"

#ifdef HAVE_QPDF
#include <qpdf/qpdf-c.h>

#include "base/base.h"
#include "image/late.h"

/* What the child answers, before the pages. */
struct answer {
	int32_t pages; /* 0 = none: text says why */
	char text[124];
};

struct task {
	const void *bytes; /* the file, mapped */
	size_t n;
};

/* ---- in the child */

/* The functions of the library that are called, each by its own type. */
#define FUNCTIONS(F)                                                                               \
	F(qpdf_init)                                                                               \
	F(qpdf_silence_errors)                                                                     \
	F(qpdf_set_suppress_warnings)                                                              \
	F(qpdf_read_memory)                                                                        \
	F(qpdf_get_error)                                                                          \
	F(qpdf_get_error_code)                                                                     \
	F(qpdf_has_error)                                                                          \
	F(qpdf_get_num_pages)                                                                      \
	F(qpdf_get_page_n)                                                                         \
	F(qpdf_oh_has_key)                                                                         \
	F(qpdf_oh_get_key)                                                                         \
	F(qpdf_oh_is_array)                                                                        \
	F(qpdf_oh_is_dictionary)                                                                   \
	F(qpdf_oh_get_array_item)                                                                  \
	F(qpdf_oh_get_value_as_number)                                                             \
	F(qpdf_oh_release_all)

FUNCTIONS(LATE_POINTER)

static const struct late functions[] = {FUNCTIONS(LATE_ROW)};
static bool has_library;

static void load(void *arg)
{
	(void)arg;
	has_library = late_load(QPDF_SONAME, functions, ARRAY_SIZE(functions));
}

static void send_failure(int fd, const char *text)
{
	struct answer a = {0};

	strncpy(a.text, text, sizeof(a.text) - 1);
	sandbox_send(fd, &a, sizeof(a));
}

enum { PARENTS_MOST = 64 };

/* The value of a key of the page, or of the nearest node above it that has one (ISO 32000-1,
 * 7.7.3.4); false: none has. */
static bool inherited(qpdf_data q, qpdf_oh page, const char *key, qpdf_oh *out)
{
	for (int i = 0; i < PARENTS_MOST && call_qpdf_oh_is_dictionary(q, page); i++) {
		if (call_qpdf_oh_has_key(q, page, key)) {
			*out = call_qpdf_oh_get_key(q, page, key);
			return true;
		}
		page = call_qpdf_oh_get_key(q, page, "/Parent");
	}
	return false;
}

struct box {
	double left, bottom, right, top;
};

/* Two corners that lie across, in any order. */
static bool box_of(qpdf_data q, qpdf_oh page, const char *key, struct box *out)
{
	double v[4];
	qpdf_oh array;

	if (!inherited(q, page, key, &array) || !call_qpdf_oh_is_array(q, array))
		return false;
	for (int i = 0; i < 4; i++)
		if (!call_qpdf_oh_get_value_as_number(q, call_qpdf_oh_get_array_item(q, array, i),
						      &v[i]) ||
		    !isfinite(v[i]))
			return false;
	*out = (struct box){fmin(v[0], v[2]), fmin(v[1], v[3]), fmax(v[0], v[2]), fmax(v[1], v[3])};
	return out->right > out->left && out->top > out->bottom;
}

/* What is seen of it: the CropBox, as far as it lies in the MediaBox. A page without a usable
 * MediaBox is a letter, as viewers have it. */
static struct pdf_page page_of(qpdf_data q, qpdf_oh page)
{
	struct box media = {0, 0, 612, 792}, crop;
	double turn = 0, unit = 1;
	qpdf_oh value;

	box_of(q, page, "/MediaBox", &media);
	if (!(media.right > media.left && media.top > media.bottom))
		media = (struct box){0, 0, 612, 792};
	if (box_of(q, page, "/CropBox", &crop)) {
		crop = (struct box){fmax(crop.left, media.left), fmax(crop.bottom, media.bottom),
				    fmin(crop.right, media.right), fmin(crop.top, media.top)};
		if (crop.right > crop.left && crop.top > crop.bottom)
			media = crop;
	}
	if (inherited(q, page, "/Rotate", &value) &&
	    !call_qpdf_oh_get_value_as_number(q, value, &turn))
		turn = 0;
	if (call_qpdf_oh_has_key(q, page, "/UserUnit") &&
	    (!call_qpdf_oh_get_value_as_number(q, call_qpdf_oh_get_key(q, page, "/UserUnit"),
					       &unit) ||
	     !(unit > 0 && unit < 1e6)))
		unit = 1;
	double w = (media.right - media.left) * unit, h = (media.top - media.bottom) * unit;
	bool turned = fabs(fmod(turn, 180)) == 90;

	return turned ? (struct pdf_page){h, w} : (struct pdf_page){w, h};
}

static bool open_document(int fd, qpdf_data q, const struct task *t)
{
	call_qpdf_silence_errors(q);
	call_qpdf_set_suppress_warnings(q, QPDF_TRUE);
	call_qpdf_read_memory(q, "PDF", t->bytes, t->n, NULL);
	if (!call_qpdf_has_error(q))
		return true;
	bool locked = call_qpdf_get_error_code(q, call_qpdf_get_error(q)) == qpdf_e_password;
	send_failure(fd, locked ? "this PDF is encrypted, and wants a password"
				: "damaged PDF: its pages cannot be found");
	return false;
}

static void work(int fd, void *arg)
{
	struct answer a = {0};

	if (!has_library) {
		send_failure(fd, QPDF_SONAME " is not on this system: it finds the pages of a PDF");
		return;
	}
	qpdf_data q = call_qpdf_init();
	if (!q || !open_document(fd, q, arg))
		return;
	a.pages = call_qpdf_get_num_pages(q);
	if (call_qpdf_has_error(q) || a.pages < 1 || a.pages > PDF_PAGES_MOST) {
		send_failure(fd, a.pages > PDF_PAGES_MOST ? "a PDF of more than 100,000 pages"
							  : "damaged PDF: it has no page");
		return;
	}
	sandbox_send(fd, &a, sizeof(a));
	for (int32_t i = 0; i < a.pages; i++) {
		struct pdf_page p = page_of(q, call_qpdf_get_page_n(q, (size_t)i));

		call_qpdf_oh_release_all(q);
		sandbox_send(fd, &p, sizeof(p));
	}
	/* nothing is freed: the process ends here */
}

static void refuse(int fd, void *arg)
{
	(void)arg;
	send_failure(fd, "this system cannot confine the reader of PDFs: none is read");
}

/* ---- in the parent */

/* All n bytes of the child's answer before the deadline. */
static bool take(const struct sandbox *box, void *to, size_t n, int64_t deadline_ms)
{
	for (size_t got = 0; got < n;) {
		ssize_t more = read(box->fd, (char *)to + got, n - got);
		int64_t left = deadline_ms - sandbox_now_ms();

		if (more > 0) {
			got += (size_t)more;
			continue;
		}
		if (more == 0 || (errno != EAGAIN && errno != EINTR) || left <= 0)
			return false;
		struct pollfd p = {box->fd, POLLIN, 0};
		poll(&p, 1, (int)left);
	}
	return true;
}

/* Nothing in the answer is believed. */
static bool receive(const struct sandbox *box, struct pdf_page **pages, size_t *n,
		    struct vtok_error *err)
{
	int64_t deadline_ms = sandbox_now_ms() + PDF_TIMEOUT_MS;
	struct answer a;

	if (!take(box, &a, sizeof(a), deadline_ms))
		return error_set(err, VTOK_E_INPUT, "the reader of PDFs failed on it");
	a.text[sizeof(a.text) - 1] = '\0';
	if (a.pages < 1 || a.pages > PDF_PAGES_MOST)
		return error_set(err, VTOK_E_INPUT, "%s", a.text);
	*n = (size_t)a.pages;
	*pages = calloc(*n, sizeof(**pages));
	if (!*pages)
		return error_memory(err);
	bool fine = take(box, *pages, *n * sizeof(**pages), deadline_ms);
	for (size_t i = 0; fine && i < *n; i++)
		fine = (*pages)[i].width > 0 && (*pages)[i].height > 0 && (*pages)[i].width < 1e9 &&
		       (*pages)[i].height < 1e9;
	if (fine)
		return true;
	free(*pages);
	*pages = NULL;
	return error_set(err, VTOK_E_INPUT, "the reader of PDFs failed on it");
}

static bool read_document(int fd, struct pdf_page **pages, size_t *n, struct vtok_error *err)
{
	struct sandbox box;
	struct stat st;

	if (fstat(fd, &st) != 0)
		return error_set(err, VTOK_E_INPUT, "cannot be read: %s", strerror(errno));
	if (st.st_size > PDF_BYTES_MOST)
		return error_set(err, VTOK_E_INPUT, "a PDF of more than 1 GiB");
	struct task t = {.n = (size_t)st.st_size};
	void *map = t.n ? mmap(NULL, t.n, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
	if (map == MAP_FAILED)
		return error_set(err, VTOK_E_INPUT, "cannot be read: %s", strerror(errno));
	t.bytes = map;
	bool fine = sandbox_start(
		&box,
		&(struct sandbox_task){.prepare = load, .work = work, .refuse = refuse, .arg = &t},
		err);
	munmap(map, t.n); /* the child has its own */
	fine = fine && receive(&box, pages, n, err);
	sandbox_end(&box);
	return fine;
}

bool pdf_pages(const char *path, struct pdf_page **pages, size_t *n, struct vtok_error *err)
{
	int fd = image_open(path, err);

	if (fd < 0)
		return false;
	bool fine = read_document(fd, pages, n, err);
	close(fd);
	return fine;
}

#else

bool pdf_pages(const char *path, struct pdf_page **pages, size_t *n, struct vtok_error *err)
{
	(void)path;
	(void)pages;
	(void)n;
	return error_set(
		err, VTOK_E_INPUT,
		"this vtok was built without libqpdf, which finds the pages of a PDF: make "
		"pictures of them, as pdftoppm -r 150 -png does");
}

#endif
