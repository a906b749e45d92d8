// SPDX-License-Identifier: Apache-2.0
#include "host/api/api.h"
#include "openapi.h"

void
api_document(struct call *c)
{
	http_text(c->out, 200, "application/json", openapi_json,
	    sizeof(openapi_json) - 1);
	c->out->keep = true;
}
