/* Sizes of picture files. */
#include <stddef.h>

#include "base/str.h"
#include "image/image.h"
#include "lib/lib.h"

bool vtok_picture_size(const char *path, struct vtok_picture *out, struct vtok_fault *fault)
{
	const size_t least = offsetof(struct vtok_picture, format) + sizeof(out->format);
	struct vtok_error err = {0};
	struct vtok_picture ours = {0};
	struct image_info info;

	lib_no_fault(fault);
	if (!image_probe(path, &info, &err)) {
		error_prefix(&err, "%s", path);
		return lib_fail(fault, &err);
	}
	ours.width = info.width;
	ours.height = info.height;
	ours.stored_w = info.stored_w;
	ours.stored_h = info.stored_h;
	ours.is_turned = info.width != info.stored_w || info.height != info.stored_h;
	ours.dpi = info.dpi;
	str_format(ours.format, sizeof(ours.format), "%s", image_format_name(info.format));
	return lib_give(out, &ours, sizeof(ours), least, "picture", fault);
}
