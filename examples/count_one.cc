// Counts one image with the installed library, says what it costs, and the largest size of its
// shape that takes at most 1280 tokens. C++11: objects of the library in unique_ptr.
//
//	c++ count_one.cc $(pkg-config --cflags --libs vtok) -o count_one
//	./count_one qwen2.5-vl-7b 1920 1080
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

#include <vtok/vtok.h>

namespace
{

const int budget_tokens = 1280;

struct closer {
	void operator()(vtok *v) const
	{
		vtok_close(v);
	}
	void operator()(vtok_subject *s) const
	{
		vtok_subject_free(s);
	}
	void operator()(vtok_estimate *e) const
	{
		vtok_estimate_free(e);
	}
};
using registry = std::unique_ptr<vtok, closer>;
using subject = std::unique_ptr<vtok_subject, closer>;
using figures = std::unique_ptr<vtok_estimate, closer>;

// Every failure of the library becomes an exception with its one line of text.
template <typename T> T checked(T result, const vtok_fault &fault)
{
	if (!result)
		throw std::runtime_error(fault.text);
	return result;
}

void cost(const vtok *v, const vtok_subject *model, const vtok_request &request)
{
	vtok_fault fault;
	figures e(checked(vtok_estimate_new(v, model, &request, &fault), fault));

	for (const char *name : {"context_used_share", "kv_bytes_per_request", "prefill_ttft_ms"}) {
		const char *title = vtok_quantity_title(name), *reason = nullptr;
		double value = 0;

		if (vtok_quantity(e.get(), name, &value, &reason))
			std::printf("\t%s: %.6g %s\n", title, value, vtok_quantity_unit(name));
		else
			std::printf("\t%s: %s\n", title, reason);
	}
}

void fit(const vtok *v, const vtok_subject *model, const vtok_request &request)
{
	const vtok_budget budget = {"tokens_images", budget_tokens};
	vtok_fitted best = VTOK_FITTED_INIT;
	vtok_fault fault;

	checked(vtok_fit(v, model, &request, &budget, 1, &best, &fault), fault);
	std::printf("\tat most %d tokens: ", budget_tokens);
	if (best.width == 0)
		std::printf("no size\n");
	else
		std::printf("%lldx%lld, %lld tokens\n", static_cast<long long>(best.width),
			    static_cast<long long>(best.height),
			    static_cast<long long>(best.tokens));
}

void run(const std::string &name, long long width, long long height)
{
	vtok_fault fault;
	registry v(checked(vtok_open(nullptr, &fault), fault));
	subject model(checked(vtok_find(v.get(), name.c_str(), nullptr, &fault), fault));
	vtok_count count = VTOK_COUNT_INIT;
	vtok_request request = VTOK_REQUEST_INIT;

	checked(vtok_count_image(model.get(), nullptr, width, height, &count, &fault), fault);
	if (count.refused)
		throw std::runtime_error(std::string(vtok_subject_id(model.get())) +
					 " refuses this size: " + count.reason);
	std::printf("%s: %lld visual tokens for %lldx%lld\n", vtok_subject_id(model.get()),
		    static_cast<long long>(count.visual), width, height);
	request.width = width;
	request.height = height;
	cost(v.get(), model.get(), request);
	fit(v.get(), model.get(), request);
}

long long whole(const std::string &text)
{
	std::size_t used = 0;
	const long long value = std::stoll(text, &used);

	if (used != text.size())
		throw std::invalid_argument(text);
	return value;
}

} // namespace

int main(int argc, char **argv)
{
	if (!VTOK_VERSION_FITS()) {
		std::fprintf(stderr, "libvtok %s is not one for this header (%d.%d.%d)\n",
			     vtok_version(), VTOK_VERSION_MAJOR, VTOK_VERSION_MINOR,
			     VTOK_VERSION_PATCH);
		return 1;
	}
	try {
		if (argc != 4)
			throw std::invalid_argument("three words");
		run(argv[1], whole(argv[2]), whole(argv[3]));
	} catch (const std::logic_error &) { // what std::stoll throws too
		std::fprintf(stderr, "usage: %s MODEL WIDTH HEIGHT\n", argv[0]);
		return 2;
	} catch (const std::exception &e) {
		std::fprintf(stderr, "%s\n", e.what());
		return 1;
	}
}
