/* JPEG XL by libjxl, which turns the picture itself. One thread: no runner is given. */
#include "config.h"

#include "image/decoder.h"

#ifdef HAVE_JXL

#include <string.h>

#include <jxl/decode.h>

#include "base/base.h"
#include "image/late.h"

#define FUNCTIONS(F)                                                                               \
	F(JxlDecoderCreate)                                                                        \
	F(JxlDecoderSubscribeEvents)                                                               \
	F(JxlDecoderSetUnpremultiplyAlpha)                                                         \
	F(JxlDecoderSetInput)                                                                      \
	F(JxlDecoderProcessInput)                                                                  \
	F(JxlDecoderGetBasicInfo)                                                                  \
	F(JxlDecoderGetColorAsEncodedProfile)                                                      \
	F(JxlDecoderSetPreferredColorProfile)                                                      \
	F(JxlDecoderSetImageOutBuffer)

FUNCTIONS(LATE_POINTER)

static const struct late functions[] = {FUNCTIONS(LATE_ROW)};
static bool has_library;

static void load(void)
{
	has_library = late_load(JXL_SONAME, functions, ARRAY_SIZE(functions));
}

static bool is_srgb(const JxlDecoder *d)
{
	JxlColorEncoding e;

#if JPEGXL_NUMERIC_VERSION < JPEGXL_COMPUTE_NUMERIC_VERSION(0, 9, 0)
	if (call_JxlDecoderGetColorAsEncodedProfile(d, NULL, JXL_COLOR_PROFILE_TARGET_DATA, &e) !=
	    JXL_DEC_SUCCESS)
		return false;
#else
	if (call_JxlDecoderGetColorAsEncodedProfile(d, JXL_COLOR_PROFILE_TARGET_DATA, &e) !=
	    JXL_DEC_SUCCESS)
		return false;
#endif
	return e.white_point == JXL_WHITE_POINT_D65 &&
	       e.transfer_function == JXL_TRANSFER_FUNCTION_SRGB &&
	       (e.color_space == JXL_COLOR_SPACE_GRAY ||
		(e.color_space == JXL_COLOR_SPACE_RGB && e.primaries == JXL_PRIMARIES_SRGB));
}

/* Pictures that are stored by how they are seen (XYB: most lossy ones) come in any colours that are
 * asked for; the others in their own. */
static bool ask_for_srgb(JxlDecoder *d, const JxlBasicInfo *info)
{
	JxlColorEncoding srgb = {
		.color_space =
			info->num_color_channels == 1 ? JXL_COLOR_SPACE_GRAY : JXL_COLOR_SPACE_RGB,
		.white_point = JXL_WHITE_POINT_D65,
		.primaries = JXL_PRIMARIES_SRGB,
		.transfer_function = JXL_TRANSFER_FUNCTION_SRGB,
		.rendering_intent = JXL_RENDERING_INTENT_RELATIVE,
	};

	if (is_srgb(d))
		return true;
	call_JxlDecoderSetPreferredColorProfile(d, &srgb);
	return is_srgb(d);
}

/* Event by event to the end of the first picture. */
static bool run(JxlDecoder *d, int channels, struct decoded *out, const char **why)
{
	JxlPixelFormat format = {(uint32_t)channels, JXL_TYPE_UINT8, JXL_NATIVE_ENDIAN, 0};
	JxlBasicInfo info = {0};

	for (;;) {
		JxlDecoderStatus event = call_JxlDecoderProcessInput(d);

		if (event == JXL_DEC_FULL_IMAGE)
			return out->pixels != NULL;
		*why = event == JXL_DEC_NEED_MORE_INPUT ? "the file is cut off" : "damaged JPEG XL";
		if (event == JXL_DEC_BASIC_INFO) {
			if (call_JxlDecoderGetBasicInfo(d, &info) != JXL_DEC_SUCCESS ||
			    !decoder_room(info.xsize, info.ysize, channels, out, why))
				return false;
			out->has_more = info.have_animation;
		} else if (event == JXL_DEC_COLOR_ENCODING) {
			out->has_profile = !ask_for_srgb(d, &info);
		} else if (event == JXL_DEC_NEED_IMAGE_OUT_BUFFER && out->pixels) {
			size_t n = (size_t)info.xsize * info.ysize * (size_t)channels;

			if (call_JxlDecoderSetImageOutBuffer(d, &format, out->pixels, n) !=
			    JXL_DEC_SUCCESS)
				return false;
		} else {
			return false;
		}
	}
}

static bool decode(enum image_format of, const uint8_t *bytes, size_t n, int channels,
		   struct decoded *out, const char **why)
{
	JxlDecoder *d;

	(void)of;
	*why = JXL_SONAME " is not on this system: it decodes JPEG XL";
	if (!has_library)
		return false;
	*why = "not enough memory";
	if (!(d = call_JxlDecoderCreate(NULL)))
		return false;
	*why = "damaged JPEG XL";
	if (call_JxlDecoderSubscribeEvents(d, JXL_DEC_BASIC_INFO | JXL_DEC_COLOR_ENCODING |
						      JXL_DEC_FULL_IMAGE) != JXL_DEC_SUCCESS ||
	    call_JxlDecoderSetUnpremultiplyAlpha(d, JXL_TRUE) != JXL_DEC_SUCCESS ||
	    call_JxlDecoderSetInput(d, bytes, n) != JXL_DEC_SUCCESS)
		return false;
	/* not told that there is no more, it asks for more, which is how a cut file is told */
	return run(d, channels, out, why);
	/* nothing is freed: the process ends */
}

const struct image_decoder decoder_jxl = {.load = load, .decode = decode};

#else

const struct image_decoder decoder_jxl = {
	.absent = "this vtok was built without libjxl, which decodes JPEG XL"};

#endif
