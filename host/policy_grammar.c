// SPDX-License-Identifier: Apache-2.0
#include "host/policy_grammar.h"

#include <stdlib.h>
#include <string.h>

#include "host/country.h"
#include "host/notice.h"
#include "host/when.h"

static void
language_keys(cfg_opt_t *opts)
{
	size_t i = 0;

	for (; notice_language(i) != NULL; i++)
		opts[i] = (cfg_opt_t)CFG_STR(notice_language(i), NULL,
		    CFGF_NONE);
	opts[i] = (cfg_opt_t)CFG_END();
}

static void
notice_keys(cfg_opt_t *opts)
{
	for (int i = 0; i < NOTICE_PARTS; i++)
		opts[i] = (cfg_opt_t)CFG_STR(
		    notice_part_name((enum notice_part)i), NULL, CFGF_NONE);
	opts[NOTICE_PARTS] = (cfg_opt_t)CFG_END();
}

static void
retention_keys(cfg_opt_t *opts)
{
	for (int i = 0; i < RETAIN_CLASSES; i++)
		opts[i] = (cfg_opt_t)CFG_STR(
		    retain_class((enum retain)i)->name, NULL, CFGF_NONE);
	opts[RETAIN_CLASSES] = (cfg_opt_t)CFG_END();
}

#define TITLED (CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES)

void
grammar_init(struct grammar *g)
{
	const cfg_opt_t question[] = {
		CFG_SEC("ask", g->ask, CFGF_NONE),
		CFG_STR_LIST("choices", NULL, CFGF_NONE),
		CFG_END()
	};
	const cfg_opt_t sponsor[] = {
		CFG_STR("name", NULL, CFGF_NONE),
		CFG_STR("country", NULL, CFGF_NONE),
		CFG_STR("privacy_url", NULL, CFGF_NONE),
		CFG_STR("contact", NULL, CFGF_NONE),
		CFG_STR("retention_days", NULL, CFGF_NONE),
		CFG_SEC("purpose", g->text, CFGF_NONE),
		CFG_STR_LIST("required", NULL, CFGF_NONE),
		CFG_STR_LIST("optional", NULL, CFGF_NONE),
		CFG_STR("staff_pin", NULL, CFGF_NONE),
		CFG_STR("logo", NULL, CFGF_NONE),
		CFG_SEC("notice", g->own_notice, TITLED),
		CFG_SEC("question", g->question, TITLED),
		CFG_END()
	};
	const cfg_opt_t top[] = {
		CFG_STR("event", NULL, CFGF_NONE),
		CFG_STR("controller", NULL, CFGF_NONE),
		CFG_STR("contact", NULL, CFGF_NONE),
		CFG_STR("complaint", NULL, CFGF_NONE),
		CFG_STR("valid_from", NULL, CFGF_NONE),
		CFG_STR("valid_until", NULL, CFGF_NONE),
		CFG_STR("retention_days", NULL, CFGF_NONE),
		CFG_STR_LIST("languages", NULL, CFGF_NONE),
		CFG_SEC("retention", g->retention, CFGF_NONE),
		CFG_SEC("notice", g->notice, TITLED),
		CFG_SEC("question", g->question, TITLED),
		CFG_SEC("sponsor", g->sponsor, TITLED),
		CFG_END()
	};

	language_keys(g->text);
	language_keys(g->ask);
	notice_keys(g->notice);
	notice_keys(g->own_notice);
	retention_keys(g->retention);
	memcpy(g->question, question, sizeof(question));
	memcpy(g->sponsor, sponsor, sizeof(sponsor));
	memcpy(g->top, top, sizeof(top));
}
