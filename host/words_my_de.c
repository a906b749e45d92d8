// SPDX-License-Identifier: Apache-2.0
#include "host/words_my.h"

const struct words_my words_my_de = {
	.title = "Alles, was diese Veranstaltung über Sie hat",
	.go_back = "Zurück",
	.intro = "Ihre Anmeldung, Ihr Badge und was Sie an wen weitergegeben "
	    "haben: Hier können Sie es ansehen, eine Kopie mitnehmen, "
	    "berichtigen, zurücknehmen, widersprechen oder löschen lassen.",
	.open_title = "Link öffnen",
	.open_text = "Der Link aus unserer Mail gilt einmal. Danach sind "
	    "diese Seiten 30 Minuten für Sie offen.",
	.open_label = "Link oder Code aus der Mail",
	.open_button = "Öffnen",
	.ask_title = "Link per Mail bekommen",
	.ask_text = "Geben Sie die Adresse ein, mit der Sie angemeldet "
	    "sind, oder den Code eines Belegs. Der Link kommt per Mail an "
	    "die angemeldete Adresse und gilt eine Stunde.",
	.ask_label = "Ihre E-Mail-Adresse oder der Code eines Belegs",
	.ask_button = "Link schicken",
	.ask_wrong = "Das ist weder eine E-Mail-Adresse noch der Code eines "
	    "Belegs. Bitte prüfen Sie es und versuchen Sie es noch einmal.",
	.asked_title = "Bitte sehen Sie in Ihre Mail",
	.asked_text = "Wenn diese Veranstaltung die Adresse kennt, ist eine "
	    "Mail mit einem Link unterwegs. Ist in zehn Minuten keine da, "
	    "sehen Sie bitte im Spam-Ordner nach oder nehmen Sie die Adresse, "
	    "mit der Sie angemeldet sind. Mehr als drei Mails in der Stunde "
	    "schicken wir nicht.",
	.code_note = "Ein Code vom Bildschirm eines Standes öffnet nur diese "
	    "eine Weitergabe, denn wer den Bildschirm fotografiert, hat ihn "
	    "auch.",
	.gone_title = "Dieser Link gilt nicht mehr",
	.gone_text = "Er wurde schon benutzt, seine Zeit ist um, oder er "
	    "enthält einen Fehler. Es wurde nichts geändert.",
	.again = "Einen neuen Link holen",
	.over_title = "Diese Seiten sind geschlossen",
	.over_text = "Sie schließen sich 30 Minuten nach dem Öffnen des Links "
	    "oder wenn Sie sie schließen. Jetzt eben wurde nichts geändert.",
	.until = "Für Sie offen bis",
	.shared = "An einem Gerät, das auch andere benutzen, schließen Sie "
	    "sie, wenn Sie fertig sind: Bis dahin kann sie jeder wieder "
	    "öffnen, der diesen Browser benutzt.",
	.end_button = "Diese Seiten schließen",
	.ended_title = "Geschlossen",
	.ended_text = "Ohne einen neuen Link kann niemand diese Seiten öffnen.",
	.several = "Mehr als eine Anmeldung hat Ihre Adresse. Jede steht für "
	    "sich.",
	.show = "Ansehen",
	.reg_title = "Ihre Anmeldung",
	.number = "Nummer",
	.status = "Status",
	.is = { "Nimmt teil", "Storniert", "Ausgesetzt: Kein Stand darf "
	    "den Badge lesen", "Unter 18: Kein Stand darf den Badge lesen",
	    "Gelöscht", "Ticket abgegeben: Kein Stand darf den Badge lesen" },
	.none = "nichts",
	.correct_button = "Berichtigen",
	.correct_title = "Angaben berichtigen",
	.correct_text = "Firma, Position, Diensttelefon und Ort ändern sich "
	    "sofort, und Sponsoren, die die alten Angaben hatten, erfahren es. Einen "
	    "neuen Namen oder eine neue E-Mail-Adresse sieht sich erst das "
	    "Team der Veranstaltung an, damit niemand Ihre Anmeldung "
	    "übernehmen kann; es antwortet innerhalb eines Monats.",
	.save = "Speichern",
	.corrected = "Berichtigt. Sponsoren, die die alte Angabe hatten, "
	    "erfahren es.",
	.wished = "Notiert. Das Team der Veranstaltung sieht es sich an und "
	    "antwortet innerhalb eines Monats.",
	.value_wrong = "Das lässt sich nicht speichern: Es ist zu lang oder "
	    "enthält Zeichen, die nicht hineingehören.",
	.shares_title = "Was Sie weitergegeben haben",
	.shares_none = "Sie haben nichts weitergegeben.",
	.state = "Status",
	.lead = {
	    "Der Sponsor kann es abrufen",
	    "Am Stand rückgängig gemacht",
	    "Von Ihnen widerrufen",
	    "Nicht weitergeleitet: wird erst geprüft",
	    "Die Zeit ist um",
	    "Vorerst nicht weitergeleitet, wegen des Status Ihrer Anmeldung" },
	.withdraw = "Widerrufen",
	.withdraw_all = "Alle Weitergaben widerrufen",
	.withdrawn = "Widerrufen. Sponsoren bekommen es nicht mehr, und wer es "
	    "hatte, erfährt es.",
	.stop_title = "Kein Stand darf meinen Badge lesen",
	.object_text = "Wenn Sie widersprechen, lehnt jeder Stand Ihren "
	    "Badge ab, sobald er von uns gehört hat, und Sponsoren können "
	    "nicht abrufen, was Sie weitergegeben haben. So bleibt es, bis Sie "
	    "wieder zustimmen.",
	.object_button = "Widersprechen",
	.restrict_text = "Eine Einschränkung bewirkt dasselbe für eine Weile, "
	    "zum Beispiel bis etwas berichtigt ist.",
	.restrict_button = "Einschränken",
	.objected = "Sie haben widersprochen am",
	.restricted = "Eingeschränkt seit",
	.lift_button = "Einschränkung beenden",
	.agree_button = "Wieder zustimmen, auch zu früheren Weitergaben",
	.agree_new_button = "Wieder zustimmen und frühere Weitergaben "
	    "widerrufen",
	.lifted = "Erledigt. Steht sonst nichts entgegen, dürfen Stände Ihren "
	    "Badge wieder lesen, wenn Sie dort Ja sagen.",
	.to_erase = "Wird gelöscht: Kein Stand darf den Badge lesen",
	.object_noted = "Notiert: Sie haben widersprochen. Sponsoren "
	    "können nicht mehr abrufen, was Sie weitergegeben haben, wer es "
	    "schon hatte, wird aufgefordert, es nicht zu nutzen, und Stände "
	    "lehnen Ihren Badge ab. Eine Mail bestätigt es. Weiter unten "
	    "können Sie wieder zustimmen.",
	.restrict_noted = "Notiert: Ihre Daten sind eingeschränkt. "
	    "Sponsoren können nicht mehr abrufen, was Sie weitergegeben "
	    "haben, wer es schon hatte, wird aufgefordert, es nicht zu "
	    "nutzen, und Stände lehnen Ihren Badge ab. Eine Mail bestätigt "
	    "es. Weiter unten können Sie die Einschränkung beenden.",
	.erase_noted = "Notiert: Ihre Daten werden gelöscht. Sponsoren "
	    "können sie nicht mehr abrufen, wer sie schon hatte, wird "
	    "aufgefordert, sie nicht zu nutzen, und Stände lehnen Ihren Badge "
	    "ab. Eine Mail bestätigt es. Weiter unten steht, wann gelöscht "
	    "wird, und dort können Sie es zurücknehmen.",
	.unchanged = "Es wurde nichts geändert: Es war schon so.",
	.copy_title = "Kopie mitnehmen",
	.copy_text = "Alles, was über Sie gespeichert ist, zum Lesen hier oder "
	    "als Dateien, die Programme lesen können.",
	.read = "Hier lesen",
	.zip = "Alle Dateien (ZIP)",
	.json = "Eine Datei (JSON)",
	.badges_title = "Ihr Badge",
	.on_chip = "Auf dem Chip",
	.issued = "Gemacht",
	.retired = "Gesperrt seit",
	.remarks = "Was der Sponsor notiert hat",
	.rating = "Bewertung",
	.tags = "Schlagwörter",
	.text = "Text",
	.told_title = "Was dem Sponsor gesagt wurde",
	.told = { "Sie haben es widerrufen", "Sie haben es rückgängig gemacht",
	    "Es wurde berichtigt", "Sie sind auch dort zu löschen",
	    "Es wird vorerst nicht weitergeleitet",
	    "Es wird wieder weitergeleitet" },
	.confirmed = "bestätigt",
	.unconfirmed = "noch nicht bestätigt",
	.records_title = "Nachweis Ihrer Einwilligung",
	.records_text = "Die Frist des Sponsors für diese Weitergaben "
	    "ist um. Die Veranstaltung bewahrt nur noch auf, dass Sie "
	    "eingewilligt haben und für welche Angaben, ohne die Angaben "
	    "selbst, um das nachweisen zu können; danach wird auch das "
	    "gelöscht.",
	.records_until = "Aufbewahrt bis",
	.exports_title = "Was Sponsoren abgerufen haben",
	.exports_text = "Nach Ihrer Weitergabe abgerufen; Ihre Angaben "
	    "können also darin stehen.",
	.cases_title = "Worum Sie gebeten haben",
	.case_type = { NULL, "Auskunft", "Berichtigung", "Löschung",
	    "Einschränkung", "Widerspruch", "Übertragung der Daten", "Widerruf",
	    "„Das war ich nicht“", "Beschwerde", "Sicherheitsvorfall",
	    "Etwas anderes" },
	.case_state = { "offen", "offen, verlängert", "erledigt",
	    "abgelehnt", "eingestellt" },
	.answer_by = "Antwort bis",
	.case_ended = "beendet am",
	.case_unmatched = "unter Ihrer Nummer aufgenommen; dass es Ihr Anliegen ist, steht nicht fest",
	.history_title = "Was geschehen ist",
	.mails_title = "Mails an Sie",
	.mail = { NULL, "Link zu diesen Seiten", "Was Sie an dem Tag "
	    "weitergegeben haben", "Brief", "Sicherheitsvorfall" },
	.erase_title = "Alles löschen",
	.erase_text = "Zuerst sehen Sie, was geschieht.",
	.erase_button = "Alles über mich löschen",
	.erase_what = {
		"Sofort: Kein Stand darf Ihren Badge lesen, und "
		"Sponsoren "
		"können nichts mehr über Sie abrufen.",
		"Danach: Ihre Anmeldung, die Angaben Ihrer Badges und was "
		"Sponsoren über Sie notiert haben, werden endgültig gelöscht.",
		"Sponsoren, die Ihre Angaben hatten, werden sofort aufgefordert, "
		"sie nicht mehr zu nutzen, und danach, sie ebenfalls zu löschen.",
		"Die Protokolle der Geräte behalten, dass etwas weitergegeben "
		"wurde, ohne irgendeine Angabe über Sie.",
		"Ihr Name, Ihre Adresse und Ihre Anmeldenummer bleiben in "
		"einem versiegelten Verzeichnis, nur damit Sie nicht noch "
		"einmal importiert werden." },
	.erase_yes = "Alles über mich löschen",
	.back = "Zurück, nichts ändern",
	.planned = "Ihre Daten werden gelöscht. Bis dahin können Sie es "
	    "zurücknehmen:",
	.undo = "Nicht löschen",
	.undone = "Zurückgenommen. Es wurde nichts gelöscht.",
	.erasing = "Die Zeit, es zurückzunehmen, ist vorbei: Ihre Daten "
	    "werden jetzt gelöscht.",
	.overdue = "Die Zeit dafür ist gekommen, gelöscht ist noch nichts: "
	    "Das geschieht in wenigen Minuten, oder sobald eine zweifelhafte "
	    "Uhr geprüft ist. Bis dahin können Sie es zurücknehmen.",
	.erased = "Ihre Daten sind gelöscht. Diese Seiten sind geschlossen.",
	.erase_held = "Ihre Daten sind noch nicht gelöscht: Ein Teil muss "
	    "vorerst aufbewahrt werden, wegen einer Beschwerde oder eines "
	    "Rechtsanspruchs. Sonst geschieht nichts damit. Wenn das vorbei "
	    "ist, schreiben wir Ihnen, an welchem Tag gelöscht wird. Sie "
	    "können sich bei der Aufsichtsbehörde beschweren oder vor Gericht "
	    "gehen, und Sie können die Löschung weiterhin zurücknehmen:",
	.held = "Etwas muss vorerst aufbewahrt werden, zum Beispiel wegen "
	    "einer Beschwerde oder eines Prozesses. Das Team der Veranstaltung "
	    "sagt Ihnen, warum.",
	/* What was given to authorities, of the copy. */
	.disclosed_title = "An Behörden und andere gegeben",
	.disclosed_to = "An wen",
	.disclosed_why = "Warum",
	.disclosed_what = "Welche Angaben",
	.disclosed_on = "Rechtsgrundlage",
	.disclosed_basis = { NULL,
	    "Ein Gesetz verlangt es",
	    "Anordnung eines Gerichts oder einer Behörde",
	    "Zum Schutz von Leib und Leben",
	    "Für einen Rechtsanspruch" },
	/* Before a number, before a time. */
	.case_number = "Die Nummer Ihres Anliegens:",
	.erase_until = "Bis zu dieser Zeit können Sie es zurücknehmen, und "
	    "vorher wird nichts gelöscht:",
	/* A receipt in place of an address. */
	.all_text = "Ein Link zu allem kommt per Mail an die Adresse, mit "
	    "der Sie angemeldet sind. Der Code dieses Belegs allein öffnet "
	    "nicht mehr als diese Seite.",
	.all_button = "Alles, was diese Veranstaltung über mich hat",
	.all_asked = "Wenn diese Veranstaltung die Weitergabe hat und weiß, "
	    "von wem sie ist, ist eine Mail mit einem Link an die Adresse "
	    "unterwegs, mit der diese Person angemeldet ist. Ist in zehn "
	    "Minuten keine da, sehen Sie bitte im Spam-Ordner nach. Mehr "
	    "als drei Mails in der Stunde schicken wir nicht.",
};
