// SPDX-License-Identifier: Apache-2.0
#include "host/words.h"

const struct words words_de = {
	.lang = "de",
	.own = "Deutsch",
	.home_title = "Badgeward",
	.home_text = "Auf dieser Veranstaltung fragen Sponsoren, bevor sie "
	    "Ihren Badge lesen. Sie entscheiden, was sie bekommen, und "
	    "können es zurücknehmen.",
	.home_receipt = "Eine Weitergabe ansehen oder widerrufen",
	.home_badge = "Was steht auf meinem Badge?",
	.missing_title = "Hier ist nichts",
	.missing_text = "Diese Adresse gibt es nicht.",
	.odd_title = "Das hat nicht geklappt",
	.odd_text = "Ihr Browser hat etwas gesendet, das nicht zu "
	    "dieser Adresse passt. Bitte gehen Sie zurück, "
	    "laden Sie die Seite neu und versuchen Sie es "
	    "noch einmal.",
	.name_title = "Dieser Server heißt anders",
	.name_text = "Diese Seiten stehen unter einer anderen "
	    "Adresse. Bitte nehmen Sie diese:",
	.badge_title = "Was steht auf Ihrem Badge?",
	.badge_text = {
		"Ihr Badge hat einen kleinen Chip, der sich aus "
		"wenigen Zentimetern lesen lässt.",
		"Ihre Angaben aus der Anmeldung stehen darauf verschlüsselt. "
		"Ein Telefon, das ihn liest, sieht die Adresse dieser Seite "
		"und nichts über Sie.",
		"Das Gerät eines Sponsors kann nur die Angaben öffnen, die "
		"die Veranstaltung diesem Sponsor erlaubt, und es liest Ihren "
		"Badge erst, nachdem Sie am Bildschirm zugestimmt "
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
	.field = { NULL, "Name", "E-Mail", "Firma", "Position",
	    "Diensttelefon", "Ort" },
	.live = "Der Sponsor kann diese Angaben abrufen.",
	.undone = "Sie haben diese Weitergabe am Stand rückgängig gemacht. "
	    "Der Sponsor bekommt diese Angaben nicht.",
	.withdrawn = "Sie haben diese Weitergabe widerrufen. Der Sponsor "
	    "bekommt diese Angaben nicht mehr.",
	.held = "Diese Angaben werden nicht weitergegeben: Etwas muss erst "
	    "geprüft werden. Sie können trotzdem widerrufen.",
	.checked = "Diese Angaben werden vorerst nicht weitergegeben: Etwas "
	    "muss erst geprüft werden. Hatte der Sponsor sie schon vorher, "
	    "wurde ihm gesagt, dass er sie bis dahin nicht verwenden darf. "
	    "Sie können trotzdem widerrufen.",
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
	.proof_text = "Für Sie: ein Beleg dieser Einwilligung, auf Papier "
	    "und für Programme, und ein Beweis, dass sie im signierten "
	    "Protokoll des Geräts steht.",
	.proof_receipt = "Beleg (JSON-LD)",
	.proof_log = "Beweis (tlog-proof)",
	.back = "Ein anderer Code",
	.month = { "Januar", "Februar", "März", "April", "Mai", "Juni",
	    "Juli", "August", "September", "Oktober", "November",
	    "Dezember" },
	.date = "%d. %s %d",

	/* The receipt, the public page, and the check of a proof. */
	.read_title = "Was Sie auf dem Bildschirm gelesen haben",
	.read_lost = "Der Wortlaut ist nicht mehr gespeichert.",
	.version = "Fassung der Richtlinie",
	.proof_paper = "Beleg (PDF)",
	.proof_check = "Einen Beweis prüfen",
	.paper_title = "Beleg einer Einwilligung",
	.paper_made = "Ausgestellt am",
	.paper_state = "Status",
	.paper_code = "Um diese Weitergabe zu sehen oder zu widerrufen, "
	    "öffnen Sie %s und geben Sie den Code vom Bildschirm am Stand "
	    "ein. Der Code steht nicht auf diesem Blatt, damit niemand, der "
	    "das Blatt hat, widerrufen kann.",
	.pub_title = "Was diese Veranstaltung erhebt",
	.pub_track = "Diese Seite setzt keine Cookies, zählt niemanden und "
	    "verlangt kein Einloggen.",
	.pub_none = "Es ist noch keine Richtlinie in Kraft. Niemand darf Sie "
	    "nach etwas fragen.",
	.pub_who = "Wer verantwortlich ist",
	.pub_controller = "Verantwortlich für die Veranstaltung",
	.pub_contact = "Kontakt für den Datenschutz",
	.pub_complaint = "Beschwerden",
	.pub_complain = "Sie können sich auch bei einer Datenschutzbehörde "
	    "beschweren: dort, wo Sie wohnen, wo Sie arbeiten oder wo es "
	    "geschehen ist.",
	.pub_what = "Was erhoben wird",
	.pub_fields = "Bei der Registrierung bekommt die Veranstaltung, was "
	    "Sie dort eingeben. Davon können Sponsoren diese Angaben bekommen "
	    "und keine anderen:",
	.pub_booth = "An einem Stand erst, nachdem Sie auf dem Bildschirm "
	    "zugestimmt haben: an welchen Sponsor Sie etwas weitergegeben "
	    "haben, welche dieser Angaben, wann, in welcher Sprache und mit "
	    "welchem Badge. Die Angaben selbst stehen nicht im Protokoll des "
	    "Geräts.",
	.pub_no = "Wenn Sie ablehnen oder nicht antworten, wird das nur "
	    "gezählt. Niemand hält fest, wer Sie sind.",
	.pub_how = "Wer es verarbeitet",
	.pub_how_text = "Die Veranstaltung bewahrt Registrierungen und "
	    "Weitergaben auf. Jeder Sponsor bekommt nur, was Sie an ihn "
	    "weitergegeben haben, und ist dafür selbst verantwortlich.",
	.pub_kept = "Wie lange es aufbewahrt wird",
	.pub_kept_text = "Jeder Sponsor darf eine Weitergabe so lange "
	    "aufbewahren, wie unten steht, und muss sie dann löschen.",
	.day = "%llu Tag",
	.days = "%llu Tage",
	.pub_rights = "Ihre Rechte",
	.pub_rights_text = "Sie können jede Weitergabe jederzeit sehen und "
	    "widerrufen, ohne Einloggen, mit dem Code vom Bildschirm am Stand.",
	.pub_rights_ask = "Wenn Sie sehen, berichtigen oder löschen lassen "
	    "wollen, was über Sie gespeichert ist, wenden Sie sich an die "
	    "Veranstaltung oder den Sponsor.",
	.pub_sponsors = "Sponsoren, die Sie fragen dürfen",
	.pub_always = "Immer bei einer Weitergabe",
	.pub_ticked = "Nur wenn Sie es ankreuzen",
	.pub_valid = "In Kraft",
	.chk_text = "Ein Beweis ist die Datei share.tlog-proof, die Sie auf "
	    "der Seite Ihrer Weitergabe bekommen. Er wird hier in Ihrem "
	    "Browser geprüft: Nichts wird gesendet, und wenn diese Seite "
	    "offen ist, braucht sie kein Netz mehr. "
	    "Auch die Kopie von allem, was die Veranstaltung "
	    "über Sie hat, lässt sich prüfen (ZIP oder "
	    "about-me.json). Dass ein Beweis stimmt, sagt nicht, "
	    "dass seither nicht widerrufen wurde.",
	.chk_file = "Datei mit dem Beweis",
	.chk_paste = "Oder fügen Sie den Beweis hier ein",
	.chk_keys = "Schlüssel für die Prüfung, einer je Zeile",
	.chk_keys_text = "Diese Schlüssel kommen von diesem Host selbst. Ein "
	    "Host, der betrügt, könnte falsche zeigen. Das beweist also "
	    "weniger als Schlüssel, die Sie von anderswo haben, etwa aus dem "
	    "gedruckten Programm: Setzen Sie dann jene hier ein.",
	.chk_button = "Prüfen",
	.chk_cannot = "Dieser Browser kann hier nicht prüfen: Dafür braucht "
	    "es Skripte und eine sichere Verbindung (https).",
	.chk_unread = "Diese Datei lässt sich nicht lesen. Vielleicht "
	    "wurde sie geändert oder ist nicht mehr da: Wählen Sie sie noch "
	    "einmal aus.",
	.chk_right = "Der Beweis stimmt.",
	.chk_wrong = "Der Beweis stimmt nicht.",
	.chk_none = "Das ist kein Beweis.",
	.chk_jsonld = "Es ist der Beleg für Programme (receipt.jsonld). Er "
	    "ist nicht signiert, es gibt darin also nichts zu prüfen.",
	.chk_pdf = "Es ist eine PDF-Datei. Der Beleg auf Papier ist nicht "
	    "signiert, es gibt darin also nichts zu prüfen.",
	.chk_else = "Es ist etwas anderes, zum Beispiel der Code eines "
	    "Belegs oder eine andere Datei.",
	.chk_copy =
	    "Es ist die Kopie von allem, was eine Veranstaltung "
	    "über Sie hat (about-me.json). Die Kopie selbst ist "
	    "nicht signiert; prüfen lässt sich darin der Beweis "
	    "jeder Weitergabe: dass das Gerät unter dieser Nummer eine "
	    "Weitergabe aufgezeichnet hat. Den Namen des Sponsors und die "
	    "übrigen Angaben daneben beweist er nicht.",
	.chk_unproved =
	    "Von dieser Weitergabe ist kein Beweis in der Kopie: "
	    "Das Gerät am Stand hatte noch keinen gesendet, als die Kopie "
	    "erstellt wurde.",
	.chk_not_its = "Das ist der Beweis eines anderen Eintrags, nicht "
	    "dieser Weitergabe.",
	.chk_again = "Das ist keine Weitergabe, oder die Kopie hat sie schon "
	    "weiter oben genannt.",
	.chk_zip = "Dieses ZIP lässt sich hier nicht öffnen. Entpacken Sie es "
	    "und wählen Sie die Datei about-me.json daraus.",
	.chk_choose = "Wählen Sie die Datei share.tlog-proof: Die Seite "
	    "Ihrer Weitergabe gibt sie Ihnen als „Beweis (tlog-proof)“.",
	.chk_format = "Es ist ein vollständiger Beweis in der bekannten Form.",
	.chk_entry = "Der Eintrag darin ist vollständig und hat die Nummer, "
	    "die der Beweis nennt.",
	.chk_tree = "Der Eintrag steht in dem Protokoll, das signiert wurde.",
	.chk_log = "Das Gerät hat das Protokoll mit seinem Schlüssel signiert.",
	.chk_host = "Der Host hat signiert, dass er das Protokoll so gesehen "
	    "hat.",
	.chk_nokey = "Unter den Schlüsseln ist keiner für dieses Protokoll.",
	.chk_nohost = "Unter den Schlüsseln ist keiner vom Host dieses "
	    "Protokolls; die Signatur des Hosts wurde deshalb nicht geprüft.",
	.chk_own = "Die Schlüssel kamen von diesem Host: Das beweist weniger "
	    "als Schlüssel von anderswo.",
	.chk_given = "Die Schlüssel sind die, die Sie eingesetzt haben.",
	.chk_origin = "Protokoll",
	.chk_number = "Eintrag",
	.chk_kind = "Art",
	.chk_share = "Weitergabe",
	.chk_other = "Keine Weitergabe",
	.chk_size = "Einträge im Protokoll",
	.chk_seen = "Vom Host gesehen",
	.chk_commit = "Fingerabdruck",
	.chk_commit_text = "Von dem, was weitergegeben wurde, enthält der "
	    "Beweis nur diesen gesalzenen Fingerabdruck. Ablesen lässt es "
	    "sich daraus nicht.",
	.ret_host = "Die Veranstaltung selbst bewahrt höchstens so lange auf:",
	.ret_registrations = "Was Sie bei der Registrierung angegeben haben",
	.ret_shares = "Weitergaben",
	.ret_logs = "Was die Geräte von einer Weitergabe festgehalten haben",
	.ret_deleted = "Einen Vermerk, dass Sie gelöscht wurden",
	.ret_cases = "Ihre Anträge und die Antworten",
	.ret_event = "ab dem Ende der Veranstaltung oder der Frist des "
	    "letzten Sponsors",
	.ret_period = "ab dem Ende der Frist des Sponsors",
	.ret_erasure = "ab der Löschung oder dem Ende der Veranstaltung",
	.ret_answer = "ab der Antwort",
	.ret_mail = "E-Mails, die an Sie gingen",
	.ret_disclosures = "Was über Sie an eine Behörde oder ein Gericht "
	    "herausgegeben wurde",
	.ret_incidents = "Berichte über Vorfälle, ohne Namen",
	.ret_exports = "Welcher Sponsor oder welches Programm welche Dateien "
	    "bekam",
	.ret_salts = "Welche Zeilen des Protokolls der Veranstaltung Sie "
	    "betreffen",
	.ret_sent = "ab dem Versand",
	.ret_disclosed = "ab der Herausgabe oder dem Tag, an dem Sie davon "
	    "erfahren dürfen",
	.ret_closed = "ab dem Abschluss des Berichts",
	.ret_exported = "ab dem Export",
	.ret_held = "Länger nur, solange ein Streit oder eine gesetzliche "
	    "Pflicht es erfordert: Was davon betroffen ist, bleibt, bis das "
	    "vorbei ist.",
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
	.daily_sure = "Wenn dort jemand anderes Ihren Badge hingehalten hat, sagen "
	    "Sie es. Diese Weitergabe wird widerrufen, und die "
	    "Veranstalter gehen der Sache nach. Bis dahin bekommt der "
	    "Sponsor nichts von dem, was dieses Gerät in derselben "
	    "Viertelstunde festgehalten hat, auch nicht die Weitergaben "
	    "anderer. Wenn Sie es selbst waren und es zurücknehmen "
	    "möchten, widerrufen Sie es stattdessen.",
	.daily_sure_yes = "Ja, das war ich nicht",
	.daily_disowned = "Widerrufen: Sie haben gemeldet, dass Sie es nicht waren",
	.daily_noted_title = "Danke für den Hinweis",
	.daily_noted = "Diese Weitergabe ist widerrufen, und die Veranstalter "
	    "gehen der Sache nach. Was dasselbe Gerät um diese Zeit "
	    "festgehalten hat, wird bis dahin zurückgehalten.",
	.daily_stop_title = "Keine täglichen Mails mehr",
	.daily_stop = "Sollen wir Ihnen nicht mehr per Mail sagen, was von "
	    "Ihrem Badge weitergegeben wurde? Die Weitergaben "
	    "bleiben, wie sie sind, und Sie können sie weiterhin "
	    "widerrufen.",
	.daily_stop_button = "Diese Mails beenden",
	.daily_stopped_title = "Keine täglichen Mails mehr",
	.daily_stopped = "Sie bekommen keine dieser Mails mehr.",
	/* Staff. */
	.staff_login = "Für Team und Sponsoren: einloggen",
};
