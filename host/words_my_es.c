// SPDX-License-Identifier: Apache-2.0
#include "host/words_my.h"

const struct words_my words_my_es = {
	.title = "Todo lo que este evento tiene sobre usted",
	.go_back = "Volver",
	.intro = "Su inscripción, su acreditación y lo que compartió y con "
	    "quién: aquí puede verlo, llevarse una copia, corregirlo, "
	    "retirarlo, oponerse o hacer que se borre.",
	.open_title = "Abrir su enlace",
	.open_text = "El enlace de nuestro correo sirve una sola vez. Después "
	    "estas páginas quedan abiertas para usted 30 minutos.",
	.open_label = "Enlace o código del correo",
	.open_button = "Abrir",
	.ask_title = "Recibir un enlace por correo",
	.ask_text = "Escriba la dirección con la que se inscribió o el "
	    "código de un recibo. El enlace llega por correo a la dirección "
	    "de la inscripción y vale una hora.",
	.ask_label = "Su correo electrónico o el código de un recibo",
	.ask_button = "Enviarme un enlace",
	.ask_wrong = "Esto no es ni una dirección de correo ni el código de "
	    "un recibo. Compruébelo e inténtelo de nuevo.",
	.asked_title = "Mire su correo",
	.asked_text = "Si este evento conoce esta dirección, hay un correo con "
	    "un enlace en camino. Si en diez minutos no ha llegado, mire en "
	    "el correo no deseado o pruebe con la dirección de su "
	    "inscripción. No enviamos más de tres correos por hora.",
	.code_note = "Un código de la pantalla de un puesto abre solo eso que "
	    "compartió, porque quien fotografíe la pantalla también lo tiene.",
	.gone_title = "Este enlace ya no vale",
	.gone_text = "Ya se usó, su tiempo ha pasado o contiene un error. No "
	    "se ha cambiado nada.",
	.again = "Pedir otro enlace",
	.over_title = "Estas páginas están cerradas",
	.over_text = "Se cierran 30 minutos después de abrir el enlace, o "
	    "cuando usted las cierra. Ahora mismo no se ha cambiado nada.",
	.until = "Abierto para usted hasta el",
	.shared = "En un aparato que también usan otras personas, "
	    "ciérrelas cuando termine: hasta entonces, quien use este "
	    "navegador puede volver a abrirlas.",
	.end_button = "Cerrar estas páginas",
	.ended_title = "Cerrado",
	.ended_text = "Sin un enlace nuevo nadie puede abrir estas páginas.",
	.several = "Más de una inscripción tiene su dirección. Cada una va por "
	    "separado.",
	.show = "Ver",
	.reg_title = "Su inscripción",
	.number = "Número",
	.status = "Estado",
	.is = { "Asiste", "Cancelada", "Retenida: ningún puesto puede leer la "
	    "acreditación", "Menor de 18: ningún puesto puede leer la "
	    "acreditación", "Borrada",
	    "Cedida: ningún puesto puede leer la acreditación" },
	.none = "nada",
	.correct_button = "Corregir",
	.correct_title = "Corregir sus datos",
	.correct_text = "La empresa, el cargo, el teléfono y el lugar cambian "
	    "al momento, y se avisa a los patrocinadores que tenían los "
	    "anteriores. Un nombre o un correo nuevos los mira primero el "
	    "equipo del evento, para que nadie se quede con su inscripción; "
	    "responde en un mes.",
	.save = "Guardar",
	.corrected = "Corregido. Se avisa a los patrocinadores que tenían el "
	    "dato anterior.",
	.wished = "Anotado. El equipo del evento lo mira y responde en un mes.",
	.value_wrong = "No se puede guardar: es demasiado largo o tiene "
	    "caracteres que no corresponden.",
	.shares_title = "Lo que compartió",
	.shares_none = "No compartió nada.",
	.state = "Estado",
	.lead = {
	    "El patrocinador puede obtenerlo",
	    "Usted lo deshizo en el puesto",
	    "Usted lo ha retirado",
	    "No se entrega: antes hay que comprobarlo",
	    "Su tiempo ha pasado",
	    "No se entrega por ahora, por el estado de su inscripción" },
	.withdraw = "Retirar",
	.withdraw_all = "Retirar todo lo compartido",
	.withdrawn = "Retirado. Los patrocinadores ya no lo reciben, y se "
	    "avisa al que lo tenía.",
	.stop_title = "Ningún puesto debe leer mi acreditación",
	.object_text = "Si se opone, cada puesto rechaza su acreditación en "
	    "cuanto tiene noticias nuestras, y los patrocinadores no pueden "
	    "obtener lo que compartió. Sigue así hasta que usted vuelva a "
	    "aceptar.",
	.object_button = "Oponerme",
	.restrict_text = "Una limitación hace lo mismo por un tiempo, por "
	    "ejemplo hasta que algo se corrija.",
	.restrict_button = "Limitar",
	.objected = "Usted se opuso el",
	.restricted = "Limitado desde el",
	.lift_button = "Terminar la limitación",
	.agree_button = "Aceptar de nuevo, también lo que compartí antes",
	.agree_new_button = "Aceptar de nuevo y retirar lo que compartí antes",
	.lifted = "Hecho. Si nada más lo impide, los puestos pueden volver a "
	    "leer su acreditación cuando usted diga que sí.",
	.to_erase = "Se borrará: ningún puesto puede leer la "
	    "acreditación",
	.object_noted = "Anotado: usted se ha opuesto. Los "
	    "patrocinadores ya no pueden obtener lo que compartió, a quien ya "
	    "lo tenía se le pide que no lo use, y los puestos rechazan su "
	    "acreditación. Un correo lo confirma. Más abajo puede volver a "
	    "aceptar.",
	.restrict_noted = "Anotado: sus datos están limitados. Los "
	    "patrocinadores ya no pueden obtener lo que compartió, a quien ya "
	    "lo tenía se le pide que no lo use, y los puestos rechazan su "
	    "acreditación. Un correo lo confirma. Más abajo puede terminar la "
	    "limitación.",
	.erase_noted = "Anotado: sus datos se borrarán. Los "
	    "patrocinadores ya no pueden obtenerlos, a quien ya los tenía se "
	    "le pide que no los use, y los puestos rechazan su acreditación. "
	    "Un correo lo confirma. Más abajo consta cuándo se borran, y allí "
	    "puede anularlo.",
	.unchanged = "No se ha cambiado nada: ya era así.",
	.copy_title = "Llevarse una copia",
	.copy_text = "Todo lo que se guarda sobre usted, para leerlo aquí o en "
	    "archivos que los programas pueden leer.",
	.read = "Leer aquí",
	.zip = "Todos los archivos (ZIP)",
	.json = "Un archivo (JSON)",
	.badges_title = "Su acreditación",
	.on_chip = "En su chip",
	.issued = "Hecha el",
	.retired = "Bloqueada desde el",
	.remarks = "Lo que anotó el patrocinador",
	.rating = "Valoración",
	.tags = "Etiquetas",
	.text = "Texto",
	.told_title = "Lo que se dijo al patrocinador",
	.told = { "Usted lo retiró", "Usted lo deshizo", "Se corrigió",
	    "También allí hay que borrarle",
	    "Por ahora no se entrega",
	    "Vuelve a entregarse" },
	.confirmed = "confirmado",
	.unconfirmed = "aún sin confirmar",
	.records_title = "Prueba de su consentimiento",
	.records_text = "El plazo del patrocinador para lo que "
	    "compartió ha terminado. El evento guarda solo la constancia "
	    "de que usted aceptó y para qué datos, sin los datos mismos, "
	    "para poder demostrarlo; después también se borra.",
	.records_until = "Se guarda hasta el",
	.exports_title = "Lo que obtuvieron los patrocinadores",
	.exports_text = "Obtenido después de llegar lo que compartió, así que "
	    "sus datos pueden estar ahí.",
	.cases_title = "Lo que ha pedido",
	.case_type = { NULL, "Acceso", "Rectificación", "Supresión",
	    "Limitación", "Oposición", "Portabilidad", "Retirada",
	    "«No fui yo»", "Reclamación", "Incidente de seguridad", "Otro" },
	.case_state = { "abierto", "abierto, prorrogado", "hecho",
	    "denegado", "cerrado sin más" },
	.answer_by = "respuesta hasta el",
	.case_ended = "terminado el",
	.case_unmatched = "registrado con su número, sin que conste que la solicitud sea suya",
	.history_title = "Lo que se hizo",
	.mails_title = "Correos enviados a usted",
	.mail = { NULL, "Enlace a estas páginas", "Lo que compartió ese día",
	    "Carta", "Incidente de seguridad" },
	.erase_title = "Borrar todo",
	.erase_text = "Primero verá lo que va a pasar.",
	.erase_button = "Borrar todo sobre mí",
	.erase_what = {
		"Al momento: ningún puesto puede leer su acreditación y los "
		"patrocinadores no pueden obtener nada de usted.",
		"Después: su inscripción, los datos de sus acreditaciones y lo "
		"que los patrocinadores anotaron sobre usted se borran para "
		"siempre.",
		"A los patrocinadores que tenían sus datos se les pide al "
		"momento que no los usen y, después, que también los borren.",
		"Los registros de los aparatos conservan que se compartió "
		"algo, sin ningún dato suyo.",
		"Su nombre, su dirección y su número de inscripción quedan en "
		"un registro sellado, solo para que no se le vuelva a "
		"importar." },
	.erase_yes = "Borrar todo sobre mí",
	.back = "Volver sin cambiar nada",
	.planned = "Sus datos se borrarán. Hasta entonces puede anularlo:",
	.undo = "No borrar",
	.undone = "Anulado. No se ha borrado nada.",
	.erasing = "El plazo para anularlo ha terminado: sus datos se están "
	    "borrando.",
	.overdue = "Ha llegado el momento, pero todavía no se ha borrado "
	    "nada: ocurrirá en unos minutos o en cuanto se haya comprobado "
	    "un reloj dudoso. Hasta entonces puede cancelarlo.",
	.erased = "Sus datos están borrados. Estas páginas están cerradas.",
	.erase_held = "Sus datos aún no se han borrado: una parte debe conservarse "
	    "por ahora debido a una reclamación o a una acción judicial. No se "
	    "hace nada más con ellos. Cuando eso termine le escribiremos el día "
	    "en que se borran. Puede reclamar ante la autoridad de control o "
	    "acudir a los tribunales, y todavía puede anularlo:",
	.held = "De momento hay que conservar algo, por ejemplo por una "
	    "reclamación o un juicio. El equipo del evento le dirá por qué.",
	/* What was given to authorities, of the copy. */
	.disclosed_title = "Comunicado a autoridades y a otros",
	.disclosed_to = "A quién",
	.disclosed_why = "Por qué",
	.disclosed_what = "Qué datos",
	.disclosed_on = "Con qué base",
	.disclosed_basis = { NULL,
	    "Una ley lo exige",
	    "Orden de un tribunal o de una autoridad",
	    "Para proteger la vida o la integridad de alguien",
	    "Por una reclamación legal" },
	/* Before a number, before a time. */
	.case_number = "El número de su solicitud:",
	.erase_until = "Hasta ese momento puede anularlo, y antes no se borra "
	    "nada:",
	/* A receipt in place of an address. */
	.all_text = "Un enlace a todo llega por correo a la dirección con "
	    "la que se inscribió. El código de este recibo por sí solo no "
	    "abre más que esta página.",
	.all_button = "Todo lo que este evento tiene sobre mí",
	.all_asked = "Si este evento tiene lo compartido y sabe de quién "
	    "es, hay un correo con un enlace en camino a la dirección con "
	    "la que se inscribió esa persona. Si en diez minutos no ha "
	    "llegado, mire en el correo no deseado. No enviamos más de tres "
	    "correos por hora.",
};
