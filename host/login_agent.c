// SPDX-License-Identifier: Apache-2.0
#include "host/login_agent.h"

#include <stdio.h>
#include <string.h>

struct sign {
	const char *mark, *name;
};

/* The first that is found counts: most say they are others too. */
static const struct sign browsers[] = {
	{ "Edg", "Edge" }, { "OPR/", "Opera" }, { "Firefox/", "Firefox" },
	{ "FxiOS/", "Firefox" }, { "CriOS/", "Chrome" },
	{ "Chrome/", "Chrome" }, { "Chromium/", "Chromium" },
	{ "Safari/", "Safari" }, { "curl/", "curl" }
};
static const struct sign systems[] = {
	{ "iPhone", "iPhone" }, { "iPad", "iPad" }, { "Android", "Android" },
	{ "Windows", "Windows" }, { "Mac OS X", "macOS" },
	{ "CrOS", "ChromeOS" }, { "Linux", "Linux" }
};

static const char *
look(const char *agent, const struct sign *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(agent, s[i].mark) != NULL)
			return s[i].name;
	return NULL;
}

void
login_agent(const char *agent, char out[static LOGIN_AGENT_MAX + 1])
{
	const char *text = agent != NULL ? agent : "";
	const char *browser = look(text, browsers,
	    sizeof(browsers) / sizeof(browsers[0]));
	const char *system = look(text, systems,
	    sizeof(systems) / sizeof(systems[0]));

	if (browser == NULL && system == NULL)
		snprintf(out, LOGIN_AGENT_MAX + 1, "something else");
	else
		snprintf(out, LOGIN_AGENT_MAX + 1, "%s%s%s",
		    browser != NULL ? browser : "a browser",
		    system != NULL ? " on " : "",
		    system != NULL ? system : "");
}
