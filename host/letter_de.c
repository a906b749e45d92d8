// SPDX-License-Identifier: Apache-2.0
#include "host/letter_words.h"

const struct letter_words letter_de = {
	.lang = "de",
	.dear = "Guten Tag {person},",
	.hello = "Guten Tag,",
	.regards = "Mit freundlichen Grüßen\nIhr Team von {event}",
	.contact = "Fragen? Schreiben Sie an {contact}.",
	.complain = "Sie haben das Recht, sich bei der Aufsichtsbehörde zu "
	    "beschweren oder vor Gericht zu gehen:\n{complain}",
	.may_complain = "Sie haben das Recht, sich bei der Aufsichtsbehörde "
	    "zu beschweren oder vor Gericht zu gehen.",
	.comma = ", ",
	.booth = "Stand ",
	.unknown = "nicht bekannt",
	.later = "Was daraus geworden ist, sehen Sie später unter dem Link "
	    "weiter unten.",
	.again = "Diese Angaben wurden zurückgehalten, bis sie geprüft "
	    "waren. Sie werden wieder weitergeleitet.",
	.type = {
		[LETTER_OF_OTHER] = "zu Ihren Daten",
		[LETTER_OF_ACCESS] = "Auskunft über Ihre Daten",
		[LETTER_OF_CORRECTION] = "Berichtigung Ihrer Daten",
		[LETTER_OF_ERASURE] = "Löschung Ihrer Daten",
		[LETTER_OF_RESTRICTION] = "Einschränkung der Verarbeitung",
		[LETTER_OF_PORTABILITY] = "Ihre Daten in übertragbarer Form",
		[LETTER_OF_OBJECTION] = "Widerspruch",
		[LETTER_OF_WITHDRAWAL] = "Widerruf einer Weitergabe",
		[LETTER_OF_NOT_ME] = "eine Weitergabe, die nicht von Ihnen "
		    "war",
		[LETTER_OF_DISCLOSURE] = "an wen Ihre Daten gegeben wurden",
	},
	.subject = {
		[LETTER_LINK] = "Ihr Link: {event}",
		[LETTER_SHARES] = "Was Sie weitergegeben haben: {event}",
		[LETTER_RECEIVED] =
		    "Ihr Anliegen {number} ist angekommen: {event}",
		[LETTER_EXTENDED] =
		    "Ihr Anliegen {number} dauert länger: {event}",
		[LETTER_REFUSED] =
		    "Ihr Anliegen {number} wurde abgelehnt: {event}",
		[LETTER_DONE] = "Ihr Anliegen {number} ist erledigt: {event}",
		[LETTER_COPY] = "Die Kopie Ihrer Daten ist fertig: {event}",
		[LETTER_ERASE_PLANNED] =
		    "Ihre Daten werden gelöscht: {event}",
		[LETTER_ERASE_UNDONE] =
		    "Ihre Daten werden nicht gelöscht: {event}",
		[LETTER_OBJECTION] = "Ihr Widerspruch gilt: {event}",
		[LETTER_RESTRICTED] = "Die Einschränkung gilt: {event}",
		[LETTER_UNRESTRICTED] = "Die Einschränkung endet: {event}",
		[LETTER_BREACH] =
		    "Was mit Ihren Daten geschehen ist: {event}",
		[LETTER_NO_DISCLOSURE] =
		    "Ihre Daten gingen an keine Behörde: {event}",
		[LETTER_DROPPED] =
		    "Ihr Anliegen {number} wurde eingestellt: {event}",
		[LETTER_ERASE_HELD] =
		    "Ihre Daten können noch nicht gelöscht werden: {event}",
		[LETTER_AGREED] = "Ihr Widerspruch ist zurückgenommen: {event}",
		[LETTER_AGREED_NEW] = "Ihr Widerspruch ist zurückgenommen: {event}",
	},
	.text = {
		[LETTER_LINK] = "jemand, wahrscheinlich Sie, möchte sehen, "
		    "was {event} über Sie gespeichert hat. Dieser Link zeigt "
		    "es:\n\n"
		    "{link}\n\n"
		    "Er gilt ein einziges Mal und {minutes} Minuten lang. "
		    "Bitte geben Sie ihn nicht weiter.\n\n"
		    "Wenn Sie das nicht waren, müssen Sie nichts tun.",
		[LETTER_SHARES] = "das wurde seit unserer letzten Mail von "
		    "Ihrem Badge auf {event} weitergegeben oder wird jetzt "
		    "wieder weitergeleitet:\n\n"
		    "{shares}\n\n"
		    "Die Angaben selbst stehen nicht in dieser Mail. Hier "
		    "sehen Sie diese Weitergaben, können sie widerrufen oder "
		    "sagen, dass Sie das nicht waren:\n{link}\n\n"
		    "Diese Mail kommt höchstens einmal am Tag, und nur wenn "
		    "es etwas zu melden gibt. Keine mehr davon:\n{optout}",
		[LETTER_RECEIVED] = "Ihr Anliegen ({type}) ist bei uns "
		    "angekommen. Es hat die Nummer {number}.\n\n"
		    "Sie bekommen unsere Antwort spätestens am {date}.",
		[LETTER_EXTENDED] = "für Ihr Anliegen Nummer {number} "
		    "({type}) brauchen wir länger als einen Monat. Sie "
		    "bekommen unsere Antwort spätestens am {date}.\n\n"
		    "Der Grund:\n{reason}",
		[LETTER_REFUSED] = "wir können nicht tun, worum Sie uns mit "
		    "Ihrem Anliegen Nummer {number} ({type}) gebeten "
		    "haben.\n\n"
		    "Der Grund:\n{reason}",
		[LETTER_DONE] = "Ihr Anliegen Nummer {number} ({type}) ist "
		    "erledigt.\n\n"
		    "{reason}",
		[LETTER_COPY] = "die Kopie Ihrer Daten, um die Sie gebeten "
		    "haben (Anliegen Nummer {number}), ist fertig.\n\n"
		    "Sie finden sie hier:\n{link}\n\n"
		    "Dort bleibt sie bis zum {date}.",
		[LETTER_ERASE_PLANNED] = "wie Sie es wünschen (Anliegen "
		    "Nummer {number}), löschen wir Ihre Daten am {date} um {time}. "
		    "Ihr Badge lässt sich ab sofort nicht mehr nutzen.\n\n"
		    "Bis dahin können Sie es zurücknehmen: Lassen Sie sich auf "
		    "der Seite „{page}“ einen Link schicken, und wählen Sie dort "
		    "„{undo}“. Oder sagen Sie es uns. Danach lässt sich nichts "
		    "rückgängig machen.\n{link}\n\n"
		    "Dies ist unsere letzte Mail dazu. Sponsoren, die etwas davon haben, werden "
		    "aufgefordert, es ebenfalls zu löschen. Getrennt von allem "
		    "anderen behalten wir Ihren Namen, Ihre E-Mail-Adresse und "
		    "die Nummer der Anmeldung, nur damit Sie nicht aus Versehen "
		    "wieder aufgenommen werden; wie lange, steht auf der "
		    "Datenschutzseite der Veranstaltung.",
		[LETTER_ERASE_UNDONE] = "wie Sie es wünschen (Anliegen "
		    "Nummer {number}), werden Ihre Daten nicht gelöscht.",
		[LETTER_OBJECTION] = "Ihr Widerspruch (Anliegen Nummer "
		    "{number}) gilt. Nichts von Ihnen geht mehr an Sponsoren, "
		    "und Ihr Badge wird nicht gelesen.",
		[LETTER_RESTRICTED] = "die Einschränkung, um die Sie gebeten "
		    "haben (Anliegen Nummer {number}), gilt. Ihre Daten werden "
		    "aufbewahrt, und sonst geschieht nichts damit.",
		[LETTER_UNRESTRICTED] = "die Einschränkung für Ihre Daten "
		    "(Anliegen Nummer {number}) endet am {date}.",
		[LETTER_BREACH] = "wir müssen Ihnen mitteilen, dass mit Ihren "
		    "Daten auf {event} etwas geschehen ist.\n\n"
		    "Was geschehen ist:\n{reason}\n\n"
		    "Wann: {when}\n\n"
		    "An welchem Stand: {booth}\n\n"
		    "Welche Ihrer Daten: {fields}\n\n"
		    "Was daraus folgen kann:\n{likely}\n\n"
		    "Was wir getan haben und noch tun:\n{done}\n\n"
		    "Was Sie tun können:\n{advice}",
		[LETTER_NO_DISCLOSURE] = "Sie haben gefragt, ob Ihre Daten "
		    "an eine Behörde gegangen sind (Anliegen Nummer {number}). "
		    "Das ist nicht geschehen.",
		[LETTER_DROPPED] = "wir haben Ihr Anliegen Nummer {number} "
		    "({type}) eingestellt und tun nichts weiter dafür.\n\n"
		    "Der Grund:\n{reason}",
		[LETTER_ERASE_HELD] = "Sie haben die Löschung Ihrer Daten verlangt (Anliegen "
		    "Nummer {number}). Noch können wir sie nicht löschen: Ein Teil "
		    "muss vorerst aufbewahrt werden, wegen einer Beschwerde oder "
		    "eines Rechtsanspruchs (Artikel 17 Absatz 3 Buchstabe e "
		    "DSGVO).\n\n"
		    "Sonst geschieht nichts damit: Ihr Badge lässt sich nicht "
		    "nutzen, und Sponsoren erhalten nichts von Ihnen. Wenn dieser "
		    "Grund entfällt, löschen wir Ihre Daten und schreiben Ihnen "
		    "vorher, an welchem Tag.\n\n"
		    "Sie können es weiterhin zurücknehmen: Lassen Sie sich auf der "
		    "Seite „{page}“ einen Link schicken, und wählen Sie dort "
		    "„{undo}“. Oder sagen Sie es uns.\n{link}",
		[LETTER_AGREED] =
		    "wie Sie es wünschen, gilt Ihr Widerspruch (Anliegen "
		    "Nummer {number}) nicht mehr, und Ihr Badge lässt sich "
		    "wieder lesen. Was Sie vorher weitergegeben haben, "
		    "geht wieder an die Sponsoren.",
		[LETTER_AGREED_NEW] =
		    "wie Sie es wünschen, gilt Ihr Widerspruch (Anliegen "
		    "Nummer {number}) nicht mehr, und Ihr Badge lässt sich "
		    "wieder lesen. Was Sie vorher weitergegeben haben, ist "
		    "widerrufen, und die Sponsoren werden aufgefordert, es "
		    "zu löschen.",
	},
};
