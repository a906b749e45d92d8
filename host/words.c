// SPDX-License-Identifier: Apache-2.0
#include "host/words.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct words english = {
	.lang = "en",
	.own = "English",
	.home_title = "Badgeward",
	.home_text = "At this event, sponsors ask before they scan your "
	    "badge. You decide what they get, and you can take it back.",
	.home_receipt = "See or withdraw a share",
	.home_badge = "What is on my badge?",
	.missing_title = "There is nothing here",
	.missing_text = "This address does not exist.",
	.badge_title = "What is on your badge?",
	.badge_text = {
		"Your badge has a small chip that can be read from a few "
		"centimetres away.",
		"What you gave at registration is on it in encrypted form. "
		"A phone that reads it sees this page's address and nothing "
		"about you.",
		"A sponsor's device can open only the fields that the event "
		"allows that sponsor, and it reads your badge only after you "
		"have said yes on its screen.",
		"Saying no costs you nothing, and nobody records who you are "
		"when you do.",
	},
	.ask_title = "See what you shared",
	.ask_text = "After a share, the screen at the booth showed a QR code "
	    "and a code in letters. Open the QR code, or type or paste the "
	    "code here.",
	.ask_label = "Your code",
	.ask_button = "Show my share",
	.ask_hint = "26 letters and digits; hyphens and blanks do not matter.",
	.bad_code = "This is not a whole code. It has 26 letters (A to Z) "
	    "and digits (2 to 7). Please check it and try again.",
	.secret = "Whoever has this code can see this page and withdraw the "
	    "share.",
	.shared_with = "You shared with",
	.what = "What you shared",
	.when = "When",
	.kept = "Kept for at most",
	.kept_day = "day, until",
	.kept_days = "days, until",
	.country = "Country",
	.purpose = "What for",
	.contact = "Contact",
	.privacy = "Privacy policy",
	.event = "Event",
	.reference = "Reference",
	.no_values = "The details themselves are not shown here.",
	.field = { NULL, "Name", "Email address", "Company", "Job title",
	    "Work phone", "Location" },
	.live = "The sponsor can fetch these details.",
	.undone = "You undid this share at the booth. The sponsor does not "
	    "get these details.",
	.withdrawn = "You have withdrawn this share. The sponsor does not "
	    "get these details any more.",
	.held = "This share is not passed on: something about it has to be "
	    "checked first. You can withdraw it all the same.",
	.over = "The time for which the sponsor may keep these details is "
	    "over. It cannot fetch them any more and has to delete what it "
	    "has.",
	.withdraw_title = "Changed your mind?",
	.withdraw_text = "Withdrawing is final. If the sponsor has fetched "
	    "your details already, it has to delete them; its contact is "
	    "above.",
	.withdraw_button = "Withdraw this share",
	.withdrawn_title = "Withdrawn",
	.withdrawn_text = "This share is withdrawn. You need do nothing "
	    "else.",
	.unknown_title = "This share has not arrived yet",
	.unknown_text = "The device at the booth may send it later, or the "
	    "code has a mistake in it. You need not wait: withdraw now, and "
	    "the share will count as withdrawn as soon as it arrives.",
	.unknown_button = "Withdraw it now",
	.pending_title = "Noted",
	.pending_text = "If a share with this code arrives within 30 days, "
	    "it is withdrawn at once and the sponsor never gets it.",
	.slow_title = "Too many attempts",
	.slow_text = "Please wait a little and try again.",
	.failed_title = "That did not work",
	.failed_text = "Nothing was changed. Please try again in a moment.",
	.proof_title = "Keep a record",
	.proof_text = "Two files for you to keep: a receipt of this consent, "
	    "and a proof that it stands in the device's signed log.",
	.proof_receipt = "Receipt (JSON-LD)",
	.proof_log = "Proof (tlog-proof)",
	.back = "Another code",
	.month = { "January", "February", "March", "April", "May", "June",
	    "July", "August", "September", "October", "November",
	    "December" },
	.date = "%d %s %d",
};

static const struct words german = {
	.lang = "de",
	.own = "Deutsch",
	.home_title = "Badgeward",
	.home_text = "Auf dieser Veranstaltung fragen Sponsoren, bevor sie "
	    "Ihr Namensschild lesen. Sie entscheiden, was sie bekommen, und "
	    "können es zurücknehmen.",
	.home_receipt = "Eine Weitergabe ansehen oder widerrufen",
	.home_badge = "Was steht auf meinem Namensschild?",
	.missing_title = "Hier ist nichts",
	.missing_text = "Diese Adresse gibt es nicht.",
	.badge_title = "Was steht auf Ihrem Namensschild?",
	.badge_text = {
		"Ihr Namensschild hat einen kleinen Chip, der sich aus "
		"wenigen Zentimetern lesen lässt.",
		"Ihre Angaben aus der Anmeldung stehen darauf verschlüsselt. "
		"Ein Telefon, das ihn liest, sieht die Adresse dieser Seite "
		"und nichts über Sie.",
		"Das Gerät eines Sponsors kann nur die Angaben öffnen, die "
		"die Veranstaltung diesem Sponsor erlaubt, und es liest Ihr "
		"Namensschild erst, nachdem Sie am Bildschirm zugestimmt "
		"haben.",
		"Ein Nein kostet Sie nichts, und niemand hält dabei fest, "
		"wer Sie sind.",
	},
	.ask_title = "Ansehen, was Sie weitergegeben haben",
	.ask_text = "Nach einer Weitergabe zeigte der Bildschirm am Stand "
	    "einen QR-Code und einen Code aus Buchstaben. Öffnen Sie den "
	    "QR-Code, oder tippen oder kopieren Sie den Code hierher.",
	.ask_label = "Ihr Code",
	.ask_button = "Weitergabe anzeigen",
	.ask_hint = "26 Buchstaben und Ziffern; Bindestriche und Leerzeichen "
	    "spielen keine Rolle.",
	.bad_code = "Das ist kein vollständiger Code. Er hat 26 Buchstaben "
	    "(A bis Z) und Ziffern (2 bis 7). Bitte prüfen Sie ihn und "
	    "versuchen Sie es noch einmal.",
	.secret = "Wer diesen Code hat, kann diese Seite sehen und die "
	    "Weitergabe widerrufen.",
	.shared_with = "Weitergegeben an",
	.what = "Was Sie weitergegeben haben",
	.when = "Wann",
	.kept = "Aufbewahrt höchstens",
	.kept_day = "Tag, bis",
	.kept_days = "Tage, bis",
	.country = "Land",
	.purpose = "Wofür",
	.contact = "Kontakt",
	.privacy = "Datenschutzerklärung",
	.event = "Veranstaltung",
	.reference = "Kennung",
	.no_values = "Die Angaben selbst werden hier nicht gezeigt.",
	.field = { NULL, "Name", "E-Mail-Adresse", "Firma", "Position",
	    "Telefon (Arbeit)", "Ort" },
	.live = "Der Sponsor kann diese Angaben abrufen.",
	.undone = "Sie haben diese Weitergabe am Stand rückgängig gemacht. "
	    "Der Sponsor bekommt diese Angaben nicht.",
	.withdrawn = "Sie haben diese Weitergabe widerrufen. Der Sponsor "
	    "bekommt diese Angaben nicht mehr.",
	.held = "Diese Angaben werden nicht weitergegeben: Etwas muss erst "
	    "geprüft werden. Sie können trotzdem widerrufen.",
	.over = "Die Zeit, für die der Sponsor diese Angaben aufbewahren "
	    "darf, ist um. Er kann sie nicht mehr abrufen und muss löschen, "
	    "was er davon hat.",
	.withdraw_title = "Anders überlegt?",
	.withdraw_text = "Der Widerruf ist endgültig. Hat der Sponsor Ihre "
	    "Angaben schon abgerufen, muss er sie löschen; sein Kontakt "
	    "steht oben.",
	.withdraw_button = "Weitergabe widerrufen",
	.withdrawn_title = "Widerrufen",
	.withdrawn_text = "Diese Weitergabe ist widerrufen. Sie müssen "
	    "nichts weiter tun.",
	.unknown_title = "Diese Weitergabe ist noch nicht angekommen",
	.unknown_text = "Das Gerät am Stand sendet sie vielleicht später, "
	    "oder der Code hat einen Fehler. Sie müssen nicht warten: "
	    "Widerrufen Sie jetzt, dann gilt die Weitergabe als widerrufen, "
	    "sobald sie ankommt.",
	.unknown_button = "Jetzt widerrufen",
	.pending_title = "Vorgemerkt",
	.pending_text = "Kommt in den nächsten 30 Tagen eine Weitergabe mit "
	    "diesem Code an, ist sie sofort widerrufen, und der Sponsor "
	    "bekommt sie nie.",
	.slow_title = "Zu viele Versuche",
	.slow_text = "Bitte warten Sie etwas und versuchen Sie es noch "
	    "einmal.",
	.failed_title = "Das hat nicht geklappt",
	.failed_text = "Es wurde nichts geändert. Bitte versuchen Sie es "
	    "gleich noch einmal.",
	.proof_title = "Zum Aufheben",
	.proof_text = "Zwei Dateien für Sie: eine Quittung dieser "
	    "Einwilligung und ein Beweis, dass sie im signierten Protokoll "
	    "des Geräts steht.",
	.proof_receipt = "Quittung (JSON-LD)",
	.proof_log = "Beweis (tlog-proof)",
	.back = "Ein anderer Code",
	.month = { "Januar", "Februar", "März", "April", "Mai", "Juni",
	    "Juli", "August", "September", "Oktober", "November",
	    "Dezember" },
	.date = "%d. %s %d",
};

static const struct words *const all[] = { &english, &german };
#define NALL (sizeof(all) / sizeof(all[0]))

const struct words *
words_at(size_t i)
{
	return i < NALL ? all[i] : NULL;
}

/* The words of a language tag ("de", "de-AT"), NULL when there are none. */
static const struct words *
named(const char *tag, size_t len)
{
	for (size_t i = 0; i < NALL; i++) {
		size_t n = strlen(all[i]->lang);

		if (len >= n && strncasecmp(tag, all[i]->lang, n) == 0 &&
		    (len == n || tag[n] == '-'))
			return all[i];
	}
	return NULL;
}

/* The weight behind a tag, ";q=0.8", in thousandths. */
static int
weight(const char *s, size_t len)
{
	const char *q = memmem(s, len, "q=", 2);
	int w = 0, unit = 1000;

	if (q == NULL)
		return 1000;
	for (q += 2; q < s + len && unit > 0; q++) {
		if (*q == '.')
			continue;
		if (*q < '0' || *q > '9')
			break;
		w += (*q - '0') * unit;
		unit /= 10;
	}
	return w > 1000 ? 1000 : w;
}

static const struct words *
preferred(const char *list)
{
	const struct words *best = all[0];
	int most = 0;

	while (*list != 0) {
		size_t len = strcspn(list, ","), lead = strspn(list, " ");
		size_t tag = strcspn(list + lead, ",; ");
		const struct words *w = named(list + lead, tag);
		int q = weight(list, len);

		if (w != NULL && q > most) {
			most = q;
			best = w;
		}
		list += len + (list[len] == ',');
	}
	return best;
}

const struct words *
words_for(const struct http_request *in)
{
	const char *accept = in->head != NULL ?
	    strict_value(in->head, "Accept-Language") : NULL;
	const struct words *w = NULL;
	const char *lang;
	char form[8];

	if (in->post && http_form(in, "lang", form, sizeof(form)) == BW_OK)
		w = named(form, strlen(form));
	else if (!in->post && http_query(in, "lang", &lang))
		w = named(lang, strlen(lang));
	if (w != NULL)
		return w;
	return accept != NULL ? preferred(accept) : all[0];
}
