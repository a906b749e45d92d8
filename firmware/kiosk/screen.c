// SPDX-License-Identifier: Apache-2.0
#include "kiosk/screen.h"

void
screen_close(struct screen **s)
{
	if (*s != NULL)
		(*s)->ops->close(*s);
	*s = NULL;
}
