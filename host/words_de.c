// SPDX-License-Identifier: Apache-2.0
#include "host/words.h"

const struct words words_de = {
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
	    "einen QR-Code. Scannen Sie ihn mit Ihrem Telefon. Oder tippen "
	    "oder kopieren Sie den Code hierher: Er steht am Ende der Adresse "
	    "im QR-Code.",
	.ask_label = "Ihr Code",
	.ask_button = "Weitergabe anzeigen",
	.ask_hint = "26 Buchstaben und Ziffern; Bindestriche und Leerzeichen "
	    "spielen keine Rolle.",
	.bad_code = "Das ist kein vollständiger Code. Er hat 26 Buchstaben "
	    "(A bis Z) und Ziffern (2 bis 7). Bitte prüfen Sie ihn und "
	    "versuchen Sie es noch einmal.",
	.secret = "Wer diesen Code hat, kann diese Seite sehen und die "
	    "Weitergabe widerrufen.",
	.shared_with = "Weitergegeben an %s",
	.what = "Was Sie weitergegeben haben",
	.when = "Wann",
	.kept = "Aufbewahrt höchstens",
	.kept_day = "%llu Tag, bis ",
	.kept_days = "%llu Tage, bis ",
	.kept_end = "",
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
	.busy_title = "Einen Moment bitte",
	.busy_text = "Gerade ist viel los, und Ihre Weitergabe konnte noch nicht "
	    "gesucht werden. Bitte versuchen Sie es in ein paar Sekunden "
	    "noch einmal.",
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
	/* The daily mail's pages. */
	.daily_title = "Was weitergegeben wurde",
	.daily_ask = "Diese Seite zeigt die Weitergaben aus unserer Mail. "
	    "Öffnen Sie den Link in der Mail, oder tippen Sie seinen Code "
	    "hier ein.",
	.daily_none = "Dieser Link gilt nicht mehr: Seine Zeit ist um, oder "
	    "er ist falsch getippt.",
	.daily_withdraw = "Widerrufen",
	.daily_notme = "Das war ich nicht",
	.daily_hint = "„Das war ich nicht“ widerruft eine Weitergabe und "
	    "bittet die Veranstalter, der Sache nachzugehen.",
	.daily_noted_title = "Danke für den Hinweis",
	.daily_noted = "Diese Weitergabe ist widerrufen, und die Veranstalter "
	    "gehen der Sache nach. Was dasselbe Gerät um diese Zeit "
	    "festgehalten hat, wird bis dahin zurückgehalten.",
	.daily_stop_title = "Keine täglichen Mails mehr",
	.daily_stop = "Sollen wir Ihnen nicht mehr per Mail sagen, was von "
	    "Ihrem Namensschild weitergegeben wurde? Die Weitergaben "
	    "bleiben, wie sie sind, und Sie können sie weiterhin "
	    "widerrufen.",
	.daily_stop_button = "Diese Mails beenden",
	.daily_stopped_title = "Keine täglichen Mails mehr",
	.daily_stopped = "Sie bekommen keine dieser Mails mehr.",
};
