// SPDX-License-Identifier: Apache-2.0
#include "host/notice.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *code, *name;
} languages[] = {
	{ "en", "English" }, { "de", "German" }, { "fr", "French" },
	{ "es", "Spanish" }, { "ja", "Japanese" }, { "zh", "Chinese" },
	{ "ar", "Arabic" }, { "hi", "Hindi" },
};
#define NLANGUAGES (sizeof(languages) / sizeof(languages[0]))

/* Short: they are read at arm's length, in large letters. Japanese says with
 * zero-width spaces where a line may end: nowhere inside a phrase. In Arabic
 * a word for days would have six forms; the sentence goes without. */
static const struct {
	const char *lang;
	const char *part[NOTICE_PARTS];
	const char *one_day;	/* the retention when it is a single day;
				 * NULL: as for many */
} defaults[] = {
	{ "en", {
	    "Share your details with {sponsor}?",
	    "{sponsor} ({country}) wants to {purpose}.",
	    "It must delete them after {days} days.",
	    "Withdrawing is as easy as this: use the code that you get.",
	    "If you do nothing, nothing is shared." },
	    "It must delete them after {days} day." },
	{ "de", {
	    "Ihre Angaben an {sponsor} weitergeben?",
	    "{sponsor} ({country}) möchte {purpose}.",
	    "Die Angaben müssen dort nach {days} Tagen gelöscht werden.",
	    "Widerrufen ist ebenso einfach: mit dem Code, den Sie erhalten.",
	    "Wenn Sie nichts tun, wird nichts weitergegeben." },
	    "Die Angaben müssen dort nach {days} Tag gelöscht werden." },
	{ "fr", {
	    "Partager vos coordonnées avec {sponsor}\u00a0?",
	    "{sponsor} ({country}) souhaite {purpose}.",
	    "Elles doivent y être supprimées au bout de {days} jours.",
	    "Retirer est aussi simple\u00a0: avec le code que vous recevrez.",
	    "Si vous ne faites rien, rien n’est partagé." },
	    "Elles doivent y être supprimées au bout de {days} jour." },
	{ "es", {
	    "¿Compartir sus datos con {sponsor}?",
	    "{sponsor} ({country}) desea {purpose}.",
	    "Debe borrarlos después de {days} días.",
	    "Retirarlos es igual de fácil: con el código que recibirá.",
	    "Si no hace nada, no se comparte nada." },
	    "Debe borrarlos después de {days} día." },
	{ "ja", {
	    "{sponsor}と\u200b連絡先を\u200b共有しますか？",
	    "{sponsor}（{country}）の\u200b利用目的：\u200b{purpose}。",
	    "{days}日後に\u200b削除する\u200b義務が\u200bあります。",
	    "撤回も\u200b同じく\u200b簡単：\u200bお渡しする\u200bコードで。",
	    "何も\u200bしなければ、\u200b何も\u200b共有されません。" },
	    NULL },
	{ "zh", {
	    "要与{sponsor}分享您的联系方式吗？",
	    "{sponsor}（{country}）希望{purpose}。",
	    "{days}天后必须删除这些信息。",
	    "撤回同样简单：使用您收到的二维码即可。",
	    "如果您不操作，就不会分享任何信息。" },
	    NULL },
	{ "ar", {
	    "هل تودّ مشاركة بيانات الاتصال مع {sponsor}؟",
	    "الغرض لدى {sponsor} ({country}): {purpose}.",
	    "أقصى مدة للاحتفاظ بها بالأيام: {days}، ثم يجب حذفها.",
	    "سحبها سهل بالقدر نفسه: بالرمز الذي ستحصل عليه.",
	    "إذا لم تفعل شيئًا، فلن يُشارَك أي شيء." },
	    NULL },
	{ "hi", {
	    "अपने संपर्क विवरण {sponsor} के साथ साझा करें?",
	    "{sponsor} ({country}) का उद्देश्य: {purpose}।",
	    "{days} दिन बाद इन्हें मिटाना अनिवार्य है।",
	    "वापस लेना भी इतना ही आसान है: मिलने वाले कोड से।",
	    "अगर आप कुछ नहीं करते, तो कुछ भी साझा नहीं होगा।" },
	    NULL },
};
#define NDEFAULTS (sizeof(defaults) / sizeof(defaults[0]))

/* What each part must say, and how its absence is told. */
static const struct {
	const char *name;
	const char *must[2];
	const char *why;
} parts[NOTICE_PARTS] = {
	[NOTICE_TITLE] = { "title", { "{sponsor}" },
	    "must name the {sponsor}" },
	[NOTICE_PURPOSE] = { "purpose", { "{purpose}", "{country}" },
	    "must say the {purpose} and the {country}" },
	[NOTICE_RETENTION] = { "retention", { "{days}" },
	    "must say for how many {days}" },
	[NOTICE_WITHDRAW] = { "withdraw", { NULL }, NULL },
	[NOTICE_SILENCE] = { "silence", { NULL }, NULL },
};

const char *
notice_part_name(enum notice_part p)
{
	return parts[p].name;
}

const char *
notice_language(size_t i)
{
	return i < NLANGUAGES ? languages[i].code : NULL;
}

const char *
notice_language_name(const char *lang)
{
	for (size_t i = 0; i < NLANGUAGES; i++)
		if (strcmp(lang, languages[i].code) == 0)
			return languages[i].name;
	return NULL;
}

const char *
notice_default(const char *lang, enum notice_part p, uint64_t days)
{
	for (size_t i = 0; i < NDEFAULTS; i++)
		if (strcmp(lang, defaults[i].lang) == 0)
			return p == NOTICE_RETENTION && days == 1 &&
			    defaults[i].one_day != NULL ?
			    defaults[i].one_day : defaults[i].part[p];
	return NULL;
}

/* What the placeholder at s stands for; NULL when there is no such. */
static const char *
lookup(const char *s, size_t len, const struct notice_facts *f,
    const char *days)
{
	const struct {
		const char *name, *value;
	} all[] = {
		{ "{sponsor}", f->sponsor }, { "{country}", f->country },
		{ "{purpose}", f->purpose }, { "{days}", days },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strlen(all[i].name) == len &&
		    memcmp(all[i].name, s, len) == 0)
			return all[i].value;
	return NULL;
}

static bw_err
check_must(enum notice_part p, const char *pattern, const char **why)
{
	for (size_t i = 0; i < 2; i++)
		if (parts[p].must[i] != NULL &&
		    strstr(pattern, parts[p].must[i]) == NULL) {
			*why = parts[p].why;
			return BW_ERR_FORMAT;
		}
	return BW_OK;
}

/* Append a piece; the bound is the screen's, so nothing is cut. */
static bw_err
add(char *out, size_t *n, const char *s, size_t len, const char **why)
{
	if (len > POLICY_TEXT_MAX - *n) {
		*why = "is over 600 bytes once it is filled in";
		return BW_ERR_BOUND;
	}
	memcpy(out + *n, s, len);
	*n += len;
	out[*n] = 0;
	return BW_OK;
}

static bw_err
fill(const char *pattern, const struct notice_facts *facts, char *out,
    const char **why)
{
	char days[24];
	size_t n = 0;
	bw_err r;

	snprintf(days, sizeof(days), "%" PRIu64, facts->days);
	while (*pattern != 0) {
		size_t len = strcspn(pattern, "{}");
		const char *value;

		if ((r = add(out, &n, pattern, len, why)) != BW_OK)
			return r;
		pattern += len;
		if (*pattern == 0)
			break;
		len = strcspn(pattern, "}");
		value = lookup(pattern, len + 1, facts, days);
		if (value == NULL) {
			*why = "may hold {sponsor}, {country}, {purpose} and "
			    "{days}, and no other braces";
			return BW_ERR_FORMAT;
		}
		if ((r = add(out, &n, value, strlen(value), why)) != BW_OK)
			return r;
		pattern += len + 1;
	}
	return BW_OK;
}

bw_err
notice_compose(enum notice_part p, const char *pattern,
    const struct notice_facts *facts, char out[static POLICY_TEXT_MAX + 1],
    const char **why)
{
	bw_err r;

	out[0] = 0;
	*why = "must not be empty";
	if (pattern[0] == 0)
		return BW_ERR_FORMAT;
	*why = "must be UTF-8 without control characters and marks that turn "
	    "the direction of text";
	if (!text_is_plain(pattern, strlen(pattern)))
		return BW_ERR_FORMAT;
	if ((r = check_must(p, pattern, why)) != BW_OK ||
	    (r = fill(pattern, facts, out, why)) != BW_OK) {
		out[0] = 0;
		return r;
	}
	*why = NULL;
	return BW_OK;
}
