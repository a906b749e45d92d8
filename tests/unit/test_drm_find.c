// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "kiosk/drm_find.h"

static void
test_which_output(void **state)
{
	static const struct {
		const char *wanted;
		drmModeConnection connection;
		int modes;
		bool wants;
	} cases[] = {
		{ NULL, DRM_MODE_CONNECTED, 3, true },
		{ NULL, DRM_MODE_DISCONNECTED, 3, false },
		{ NULL, DRM_MODE_UNKNOWNCONNECTION, 3, false },
		{ NULL, DRM_MODE_CONNECTED, 0, false },
		{ "HDMI-A-1", DRM_MODE_CONNECTED, 3, true },
		{ "HDMI-A-1", DRM_MODE_UNKNOWNCONNECTION, 3, true },
		{ "HDMI-A-1", DRM_MODE_DISCONNECTED, 3, false },
		{ "HDMI-A-2", DRM_MODE_CONNECTED, 3, false },
		{ "HDMI-A", DRM_MODE_CONNECTED, 3, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(drm_find_wants(cases[i].wanted, "HDMI-A-1",
		    cases[i].connection, cases[i].modes), cases[i].wants);
}

static void
test_which_mode(void **state)
{
	drmModeModeInfo m[] = {
		{ .hdisplay = 1920, .vdisplay = 1080,
		    .flags = DRM_MODE_FLAG_INTERLACE,
		    .type = DRM_MODE_TYPE_PREFERRED },
		{ .hdisplay = 160, .vdisplay = 128 },
		{ .hdisplay = 1280, .vdisplay = 720 },
		{ .hdisplay = 1024, .vdisplay = 600,
		    .type = DRM_MODE_TYPE_DRIVER | DRM_MODE_TYPE_PREFERRED },
	};

	(void)state;
	assert_ptr_equal(drm_find_mode(m, 4), &m[3]);
	assert_ptr_equal(drm_find_mode(m, 3), &m[2]);
	assert_null(drm_find_mode(m, 2));
	assert_null(drm_find_mode(m, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_which_output),
		cmocka_unit_test(test_which_mode),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
