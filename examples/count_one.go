// Counts one image with the installed library, says what it costs, and the largest size of its
// shape that takes at most 1280 tokens. cgo reads the header: no layout is written twice.
//
//	go run count_one.go qwen2.5-vl-7b 1920 1080
package main

// #cgo pkg-config: vtok
// #include <stdlib.h>
// #include <vtok/vtok.h>
//
// static struct vtok_count count_init(void) { return (struct vtok_count)VTOK_COUNT_INIT; }
// static struct vtok_request request_init(void) { return (struct vtok_request)VTOK_REQUEST_INIT; }
// static struct vtok_fitted fitted_init(void) { return (struct vtok_fitted)VTOK_FITTED_INIT; }
// static bool version_fits(void) { return VTOK_VERSION_FITS(); }
import "C"

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"unsafe"
)

const budgetTokens = 1280

func failure(fault *C.struct_vtok_fault) error {
	return errors.New(C.GoString(&fault.text[0]))
}

func cost(v *C.struct_vtok, model *C.struct_vtok_subject, request *C.struct_vtok_request) error {
	var fault C.struct_vtok_fault
	e := C.vtok_estimate_new(v, model, request, &fault)
	if e == nil {
		return failure(&fault)
	}
	defer C.vtok_estimate_free(e)
	for _, name := range []string{"context_used_share", "kv_bytes_per_request", "prefill_ttft_ms"} {
		var value C.double
		var reason *C.char
		id := C.CString(name)
		title := C.GoString(C.vtok_quantity_title(id))
		if C.vtok_quantity(e, id, &value, &reason) {
			fmt.Printf("\t%s: %.6g %s\n", title, float64(value), C.GoString(C.vtok_quantity_unit(id)))
		} else {
			fmt.Printf("\t%s: %s\n", title, C.GoString(reason))
		}
		C.free(unsafe.Pointer(id))
	}
	return nil
}

func fit(v *C.struct_vtok, model *C.struct_vtok_subject, request *C.struct_vtok_request) error {
	var fault C.struct_vtok_fault
	best := C.fitted_init()
	name := C.CString("tokens_images")
	defer C.free(unsafe.Pointer(name))
	// The budget holds a pointer, which Go's rules want in C's memory.
	budget := (*C.struct_vtok_budget)(C.calloc(1, C.size_t(C.sizeof_struct_vtok_budget)))
	defer C.free(unsafe.Pointer(budget))
	budget.quantity, budget.value = name, budgetTokens
	if !C.vtok_fit(v, model, request, budget, 1, &best, &fault) {
		return failure(&fault)
	}
	if best.width == 0 {
		fmt.Printf("\tat most %d tokens: no size\n", budgetTokens)
	} else {
		fmt.Printf("\tat most %d tokens: %dx%d, %d tokens\n", budgetTokens, best.width, best.height, best.tokens)
	}
	return nil
}

func run(name string, width, height int64) error {
	var fault C.struct_vtok_fault
	v := C.vtok_open(nil, &fault)
	if v == nil {
		return failure(&fault)
	}
	defer C.vtok_close(v)
	id := C.CString(name)
	defer C.free(unsafe.Pointer(id))
	model := C.vtok_find(v, id, nil, &fault)
	if model == nil {
		return failure(&fault)
	}
	defer C.vtok_subject_free(model)
	found := C.GoString(C.vtok_subject_id(model))
	count := C.count_init()
	if !C.vtok_count_image(model, nil, C.int64_t(width), C.int64_t(height), &count, &fault) {
		return failure(&fault)
	}
	if count.refused {
		return fmt.Errorf("%s refuses %dx%d: %s", found, width, height, C.GoString(&count.reason[0]))
	}
	fmt.Printf("%s: %d visual tokens for %dx%d\n", found, count.visual, width, height)
	request := C.request_init()
	request.width, request.height = C.int64_t(width), C.int64_t(height)
	if err := cost(v, model, &request); err != nil {
		return err
	}
	return fit(v, model, &request)
}

func main() {
	usage := func() {
		fmt.Fprintf(os.Stderr, "usage: %s MODEL WIDTH HEIGHT\n", os.Args[0])
		os.Exit(2)
	}
	if len(os.Args) != 4 {
		usage()
	}
	width, err := strconv.ParseInt(os.Args[2], 10, 64)
	if err != nil {
		usage()
	}
	height, err := strconv.ParseInt(os.Args[3], 10, 64)
	if err != nil {
		usage()
	}
	if !bool(C.version_fits()) {
		fmt.Fprintf(os.Stderr, "libvtok %s is not one for this header (%d.%d.%d)\n", C.GoString(C.vtok_version()),
			C.VTOK_VERSION_MAJOR, C.VTOK_VERSION_MINOR, C.VTOK_VERSION_PATCH)
		os.Exit(1)
	}
	if err := run(os.Args[1], width, height); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
