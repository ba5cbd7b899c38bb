/* Sizes and places of the members of the public structs, one line each: what a program that was
 * compiled before relies on. Compared with tests/data/abi.txt by tests/library.sh. */
#include <stdio.h>
#include <vtok/vtok.h>

#define SIZE(s) printf("struct %s %zu\n", #s, sizeof(struct s))
#define AT(s, m) printf("%s.%s %zu\n", #s, #m, offsetof(struct s, m))
#define IS(e) printf("%s %d\n", #e, (int)(e))

int main(void)
{
	SIZE(vtok_fault), AT(vtok_fault, kind), AT(vtok_fault, text);
	SIZE(vtok_options), AT(vtok_options, size), AT(vtok_options, lens);
	AT(vtok_options, patch), AT(vtok_options, merge), AT(vtok_options, pool);
	AT(vtok_options, grid), AT(vtok_options, images), AT(vtok_options, min_pixels);
	AT(vtok_options, max_pixels), AT(vtok_options, detail), AT(vtok_options, media_resolution);
	AT(vtok_options, max_tokens);
	SIZE(vtok_count), AT(vtok_count, size), AT(vtok_count, refused);
	AT(vtok_count, is_approximate), AT(vtok_count, visual), AT(vtok_count, special);
	AT(vtok_count, total), AT(vtok_count, resized_w), AT(vtok_count, resized_h);
	AT(vtok_count, tiles), AT(vtok_count, reason);
	AT(vtok_step, name), AT(vtok_step, width), AT(vtok_step, height), AT(vtok_step, count);
	AT(vtok_step, unit), AT(vtok_step, is_bound), AT(vtok_step, text);
	SIZE(vtok_request), AT(vtok_request, size), AT(vtok_request, width);
	AT(vtok_request, height), AT(vtok_request, images), AT(vtok_request, text_tokens);
	AT(vtok_request, reserve_tokens), AT(vtok_request, context_limit);
	AT(vtok_request, hardware), AT(vtok_request, engine), AT(vtok_request, weights);
	AT(vtok_request, kv), AT(vtok_request, tensor_parallel);
	AT(vtok_request, usd_per_million), AT(vtok_request, options);
	AT(vtok_request, preprocess), AT(vtok_request, cpu_threads);
	AT(vtok_request, max_batched_tokens), AT(vtok_request, max_seqs);
	AT(vtok_request, limit_images), AT(vtok_request, utilisation);
	AT(vtok_request, rate_per_s), AT(vtok_request, ttft_s), AT(vtok_request, quantile);
	AT(vtok_request, itl_s), AT(vtok_request, usd_per_gpu_hour);
	SIZE(vtok_budget), AT(vtok_budget, quantity), AT(vtok_budget, value);
	SIZE(vtok_fitted), AT(vtok_fitted, size), AT(vtok_fitted, status);
	AT(vtok_fitted, width), AT(vtok_fitted, height), AT(vtok_fitted, tokens);
	AT(vtok_fitted, effective_pixels), AT(vtok_fitted, kept_share);
	AT(vtok_fitted, next_width), AT(vtok_fitted, next_height), AT(vtok_fitted, next_tokens);
	AT(vtok_fitted, least_width), AT(vtok_fitted, least_height);
	AT(vtok_fitted, least_tokens), AT(vtok_fitted, bound_by), IS(VTOK_FIT_NO_CHOICE);
	SIZE(vtok_picture), AT(vtok_picture, size), AT(vtok_picture, width);
	AT(vtok_picture, height), AT(vtok_picture, stored_w), AT(vtok_picture, stored_h);
	AT(vtok_picture, is_turned), AT(vtok_picture, dpi), AT(vtok_picture, format);
	IS(VTOK_FAULT_MEMORY), IS(VTOK_ENGINE), IS(VTOK_KINDS), IS(VTOK_CONFIDENCE_LOW);
	IS(VTOK_LENS_FORMULA), IS(VTOK_DETAIL_ORIGINAL), IS(VTOK_MEDIA_ULTRA_HIGH);
	IS(VTOK_SIDE_MAX), IS(VTOK_QUANTITY_NAME);
	return 0;
}
