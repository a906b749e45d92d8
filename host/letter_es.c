// SPDX-License-Identifier: Apache-2.0
#include "host/letter_words.h"

const struct letter_words letter_es = {
	.lang = "es",
	.dear = "Hola, {person}:",
	.hello = "Hola:",
	.regards = "Un saludo cordial\nEl equipo de {event}",
	.contact = "¿Preguntas? Escriba a {contact}.",
	.complain = "Tiene derecho a presentar una reclamación ante la "
	    "autoridad de control y a acudir a los tribunales:\n{complain}",
	.may_complain = "Tiene derecho a presentar una reclamación ante la "
	    "autoridad de control y a acudir a los tribunales.",
	.comma = ", ",
	.booth = "stand ",
	.unknown = "no se sabe",
	.later = "En el enlace de abajo verá más tarde en qué ha quedado.",
	.again = "Se retuvo hasta que se comprobó. Ahora se vuelve a "
	    "transmitir.",
	.type = {
		[LETTER_OF_OTHER] = "sobre sus datos",
		[LETTER_OF_ACCESS] = "acceso a sus datos",
		[LETTER_OF_CORRECTION] = "rectificación de sus datos",
		[LETTER_OF_ERASURE] = "supresión de sus datos",
		[LETTER_OF_RESTRICTION] = "limitación del tratamiento",
		[LETTER_OF_PORTABILITY] = "portabilidad de sus datos",
		[LETTER_OF_OBJECTION] = "oposición",
		[LETTER_OF_WITHDRAWAL] = "retirada de lo compartido",
		[LETTER_OF_NOT_ME] = "algo que no compartió usted",
		[LETTER_OF_DISCLOSURE] = "a quién se comunicaron sus datos",
	},
	.subject = {
		[LETTER_LINK] = "Su enlace: {event}",
		[LETTER_SHARES] = "Lo que ha compartido: {event}",
		[LETTER_RECEIVED] =
		    "Hemos recibido su solicitud {number}: {event}",
		[LETTER_EXTENDED] =
		    "Su solicitud {number} tardará más: {event}",
		[LETTER_REFUSED] =
		    "Su solicitud {number} ha sido denegada: {event}",
		[LETTER_DONE] = "Su solicitud {number} está resuelta: {event}",
		[LETTER_COPY] = "La copia de sus datos está lista: {event}",
		[LETTER_ERASE_PLANNED] = "Sus datos se borrarán: {event}",
		[LETTER_ERASE_UNDONE] = "Sus datos no se borrarán: {event}",
		[LETTER_OBJECTION] = "Su oposición está en vigor: {event}",
		[LETTER_RESTRICTED] = "La limitación está en vigor: {event}",
		[LETTER_UNRESTRICTED] = "La limitación termina: {event}",
		[LETTER_BREACH] = "Qué ha pasado con sus datos: {event}",
		[LETTER_NO_DISCLOSURE] =
		    "Sus datos no se han comunicado: {event}",
		[LETTER_DROPPED] = "Su solicitud {number} está cerrada: {event}",
		[LETTER_ERASE_HELD] = "Aún no podemos borrar sus datos: {event}",
		[LETTER_AGREED] = "Su oposición queda retirada: {event}",
		[LETTER_AGREED_NEW] = "Su oposición queda retirada: {event}",
	},
	.text = {
		[LETTER_LINK] = "Alguien, probablemente usted, ha pedido ver "
		    "lo que {event} tiene sobre usted. Este enlace lo "
		    "muestra:\n\n"
		    "{link}\n\n"
		    "Funciona una sola vez, durante {minutes} minutos. No lo "
		    "comparta, por favor.\n\n"
		    "Si no fue usted, no tiene que hacer nada.",
		[LETTER_SHARES] = "Esto es lo que se ha compartido desde su "
		    "acreditación en {event} desde nuestro último correo, o "
		    "que se vuelve a transmitir:\n\n"
		    "{shares}\n\n"
		    "Los datos en sí no están en este correo. Para ver lo "
		    "compartido, retirarlo o decir que no fue "
		    "usted:\n{link}\n\n"
		    "Recibe este correo como mucho una vez al día, y solo "
		    "si hay algo que comunicar. Para no recibir "
		    "más:\n{optout}",
		[LETTER_RECEIVED] = "Hemos recibido su solicitud ({type}). Su "
		    "número es {number}.\n\n"
		    "Tendrá nuestra respuesta a más tardar el {date}.",
		[LETTER_EXTENDED] = "Su solicitud número {number} ({type}) "
		    "nos lleva más de un mes. Tendrá nuestra respuesta a más "
		    "tardar el {date}.\n\n"
		    "El motivo:\n{reason}",
		[LETTER_REFUSED] = "No podemos hacer lo que pide en su "
		    "solicitud número {number} ({type}).\n\n"
		    "El motivo:\n{reason}",
		[LETTER_DONE] = "Su solicitud número {number} ({type}) está "
		    "resuelta.\n\n"
		    "{reason}",
		[LETTER_COPY] = "La copia de sus datos que pidió (solicitud "
		    "número {number}) está lista.\n\n"
		    "La encontrará aquí:\n{link}\n\n"
		    "Se guarda allí hasta el {date}.",
		[LETTER_ERASE_PLANNED] = "Como pidió (solicitud número "
		    "{number}), borraremos sus datos el {date} a las {time}. Su "
		    "acreditación deja de funcionar desde ahora.\n\n"
		    "Hasta entonces puede anularlo: pida un enlace en la página "
		    "«{page}» y elija allí «{undo}». O díganoslo. Después nada se "
		    "puede deshacer.\n{link}\n\n"
		    "Este es nuestro último correo al respecto. A los patrocinadores que tengan "
		    "alguno de sus datos se les indica que también lo borren. "
		    "Guardamos, separados de todo lo demás, su nombre, su correo y "
		    "el número de inscripción, solo para que no se le vuelva a "
		    "inscribir por error; la página de privacidad del evento "
		    "dice durante cuánto tiempo.",
		[LETTER_ERASE_UNDONE] = "Como pidió (solicitud número "
		    "{number}), sus datos no se borrarán.",
		[LETTER_OBJECTION] = "Su oposición (solicitud número "
		    "{number}) está en vigor. Nada suyo se entrega ya a los "
		    "patrocinadores, y su acreditación no se lee.",
		[LETTER_RESTRICTED] = "La limitación que pidió (solicitud "
		    "número {number}) está en vigor. Sus datos se conservan y "
		    "no se hace nada más con ellos.",
		[LETTER_UNRESTRICTED] = "La limitación del tratamiento de sus "
		    "datos (solicitud número {number}) termina el {date}.",
		[LETTER_BREACH] = "Tenemos que comunicarle un incidente con "
		    "sus datos en {event}.\n\n"
		    "Qué ha pasado:\n{reason}\n\n"
		    "Cuándo: {when}\n\n"
		    "En qué stand: {booth}\n\n"
		    "Cuáles de sus datos: {fields}\n\n"
		    "Qué puede resultar de ello:\n{likely}\n\n"
		    "Qué hemos hecho y hacemos:\n{done}\n\n"
		    "Qué puede hacer:\n{advice}",
		[LETTER_NO_DISCLOSURE] = "Ha preguntado si sus datos se "
		    "comunicaron a alguna autoridad (solicitud número "
		    "{number}). No se han comunicado.",
		[LETTER_DROPPED] = "Hemos cerrado su solicitud número {number} "
		    "({type}) sin hacer nada más al respecto.\n\n"
		    "El motivo:\n{reason}",
		[LETTER_ERASE_HELD] = "usted pidió que borráramos sus datos (solicitud número "
		    "{number}). Aún no podemos hacerlo: una parte debe conservarse "
		    "por ahora debido a una reclamación o a una acción judicial "
		    "(artículo 17, apartado 3, letra e, del RGPD).\n\n"
		    "No se hace nada más con ellos: su acreditación no funciona y los "
		    "patrocinadores no reciben nada suyo. Cuando desaparezca este "
		    "motivo borraremos sus datos y le escribiremos antes para "
		    "decirle el día.\n\n"
		    "Todavía puede anularlo: pida un enlace en la página de abajo, "
		    "«{page}», y elija allí «{undo}». O díganoslo.\n{link}",
		[LETTER_AGREED] =
		    "Como pidió, su oposición (solicitud número {number}) "
		    "ya no está en vigor y su acreditación puede leerse de "
		    "nuevo. Lo que compartió antes vuelve a entregarse a "
		    "los patrocinadores.",
		[LETTER_AGREED_NEW] =
		    "Como pidió, su oposición (solicitud número {number}) "
		    "ya no está en vigor y su acreditación puede leerse de "
		    "nuevo. Lo que compartió antes queda retirado, y se "
		    "pide a los patrocinadores que lo borren.",
	},
};
