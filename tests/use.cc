// The library from C++: counts, estimates, and reads the size of a picture.
#include <cstdio>
#include <vtok/vtok.h>

int main(int, char **argv)
{
	vtok *v = vtok_open(nullptr, nullptr);
	vtok_subject *model = vtok_find(v, "qwen2.5-vl-7b", nullptr, nullptr);
	vtok_count count = VTOK_COUNT_INIT;
	vtok_options options = VTOK_OPTIONS_INIT;
	vtok_picture picture = VTOK_PICTURE_INIT;
	vtok_request request = VTOK_REQUEST_INIT;
	double ttft = 0;

	if (!vtok_picture_size(argv[1], &picture, nullptr) ||
	    !vtok_count_image(model, &options, picture.width, picture.height, &count, nullptr))
		return 1;
	request.width = picture.width;
	request.height = picture.height;
	vtok_estimate *e = vtok_estimate_new(v, model, &request, nullptr);
	bool is_known = vtok_quantity(e, "prefill_ttft_ms", &ttft, nullptr);
	std::printf("%lld %s\n", static_cast<long long>(count.visual),
		    is_known && ttft > 0 ? "timed" : "");
	vtok_estimate_free(e);
	vtok_subject_free(model);
	vtok_close(v);
	return 0;
}
