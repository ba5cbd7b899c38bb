/* HEIC and AVIF by libheif and the codecs that it finds. A HEIC comes cut and turned; of an AVIF
 * the stored picture is asked for, which is turned as other formats are (header_heif.c has why). */
#include "config.h"

#include "image/decoder.h"

#ifdef HAVE_HEIF

#include <stdlib.h>
#include <string.h>

#include <libheif/heif.h>

#include "base/base.h"
#include "image/late.h"

#define FUNCTIONS(F)                                                                               \
	F(heif_init)                                                                               \
	F(heif_have_decoder_for_format)                                                            \
	F(heif_context_alloc)                                                                      \
	F(heif_context_set_max_decoding_threads)                                                   \
	F(heif_context_read_from_memory_without_copy)                                              \
	F(heif_context_get_primary_image_handle)                                                   \
	F(heif_image_handle_get_color_profile_type)                                                \
	F(heif_image_handle_is_premultiplied_alpha)                                                \
	F(heif_decoding_options_alloc)                                                             \
	F(heif_decode_image)                                                                       \
	F(heif_image_get_width)                                                                    \
	F(heif_image_get_height)                                                                   \
	F(heif_image_get_plane_readonly)

FUNCTIONS(LATE_POINTER)

static const struct late functions[] = {FUNCTIONS(LATE_ROW)};
static bool has_library;

/* Its codecs may be files of their own: they too are loaded now. */
static void load(void)
{
	has_library = late_load(HEIF_SONAME, functions, ARRAY_SIZE(functions)) &&
		      call_heif_init(NULL).code == heif_error_Ok;
}

/* A file of frames that move: its first brand says so. */
static bool is_sequence(const uint8_t *bytes, size_t n)
{
	static const char brands[][5] = {"avis", "msf1", "hevc", "hevx"};

	for (size_t i = 0; n >= 12 && i < ARRAY_SIZE(brands); i++)
		if (memcmp(bytes + 8, brands[i], 4) == 0)
			return true;
	return false;
}

/* Without the padding between rows. */
static bool take(const struct heif_image *image, int channels, struct decoded *out,
		 const char **why)
{
	int stride;
	const uint8_t *from =
		call_heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride);
	int w = call_heif_image_get_width(image, heif_channel_interleaved);
	int h = call_heif_image_get_height(image, heif_channel_interleaved);

	if (!decoder_room(w, h, channels, out, why))
		return false;
	*why = "damaged: no pixels";
	if (!from || stride < w * channels)
		return false;
	for (int y = 0; y < h; y++)
		memcpy(out->pixels + (size_t)y * (size_t)w * (size_t)channels,
		       from + (size_t)y * (size_t)stride, (size_t)w * (size_t)channels);
	return true;
}

/* The sentence is one of ours where it is about the file's end, or about what is not installed. */
static const char *reason(enum image_format format, struct heif_error e)
{
	bool is_avif = format == IMAGE_AVIF;

	if (!call_heif_have_decoder_for_format(is_avif ? heif_compression_AV1
						       : heif_compression_HEVC))
		return is_avif ? "the libheif of this system has no decoder of AVIF (AV1)"
			       : "the libheif of this system has no decoder of HEIC (HEVC)";
	if (e.subcode == heif_suberror_End_of_data || e.subcode == heif_suberror_No_meta_box)
		return "the file is cut off"; /* our reader of sizes did find a meta box */
	return e.message && *e.message ? e.message : "damaged";
}

static bool decode(enum image_format format, const uint8_t *bytes, size_t n, int channels,
		   struct decoded *out, const char **why)
{
	struct heif_image_handle *handle;
	struct heif_image *image;
	struct heif_context *c;
	struct heif_decoding_options *how;
	struct heif_error e;

	*why = HEIF_SONAME " is not on this system: it decodes HEIC and AVIF";
	if (!has_library)
		return false;
	*why = "not enough memory";
	if (!(c = call_heif_context_alloc()) || !(how = call_heif_decoding_options_alloc()))
		return false;
	call_heif_context_set_max_decoding_threads(c, 0);
	e = call_heif_context_read_from_memory_without_copy(c, bytes, n, NULL);
	if (e.code == heif_error_Ok)
		e = call_heif_context_get_primary_image_handle(c, &handle);
	if (e.code == heif_error_Ok) {
		how->ignore_transformations = format == IMAGE_AVIF;
		how->convert_hdr_to_8bit = 1;
		e = call_heif_decode_image(handle, &image, heif_colorspace_RGB,
					   channels == 4 ? heif_chroma_interleaved_RGBA
							 : heif_chroma_interleaved_RGB,
					   how);
	}
	*why = reason(format, e);
	if (e.code != heif_error_Ok || !take(image, channels, out, why))
		return false;
	enum heif_color_profile_type profile =
		call_heif_image_handle_get_color_profile_type(handle);

	out->has_profile =
		profile == heif_color_profile_type_rICC || profile == heif_color_profile_type_prof;
	out->has_more = is_sequence(bytes, n);
	if (channels == 4 && call_heif_image_handle_is_premultiplied_alpha(handle))
		decoder_divide_alpha(out->pixels, (size_t)out->width * (size_t)out->height);
	return true;
	/* nothing is freed: the process ends */
}

/* The decoder of HEVC starts one thread, whatever it is told; that of AV1 one for each processor.
 */
const struct image_decoder decoder_heif = {.load = load, .decode = decode, .starts_threads = true};

#else

const struct image_decoder decoder_heif = {
	.absent = "this vtok was built without libheif, which decodes HEIC and AVIF"};

#endif
