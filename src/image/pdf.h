/* The pages of a PDF and their sizes, found by libqpdf in the confined child (sandbox.h): a PDF is
 * hostile as a picture is. The library is loaded by that child alone, so that nothing else is
 * linked with it or pays for it at its start. */
#ifndef VTOK_IMAGE_PDF_H
#define VTOK_IMAGE_PDF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum {
	PDF_PAGES_MOST = 100000,
	PDF_BYTES_MOST = 1 << 30,
	PDF_TIMEOUT_MS = 20 * 1000,
};

/* As it is shown: turned, in points (1/72 inch), its unit (UserUnit) reckoned in. */
struct pdf_page {
	double width, height;
};

/* *pages, to be freed with free, and *n of them. False and err,
 * without the path, for what cannot be read, is no PDF, is encrypted with a password, where vtok
 * was built without libqpdf or the library is not there, and where the system confines no child. */
bool pdf_pages(const char *path, struct pdf_page **pages, size_t *n, struct vtok_error *err);

#endif
