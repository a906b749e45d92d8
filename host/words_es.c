// SPDX-License-Identifier: Apache-2.0
#include "host/words.h"

const struct words words_es = {
	.lang = "es",
	.home_title = "Badgeward",
	.own = "Español",
	.home_text = "En este evento, los patrocinadores preguntan antes de "
	    "leer su acreditación. Usted decide qué reciben y puede retirarlo.",
	.home_receipt = "Ver o retirar lo compartido",
	.home_badge = "¿Qué hay en mi acreditación?",
	.missing_title = "Aquí no hay nada",
	.missing_text = "Esta dirección no existe.",
	.odd_title = "No ha funcionado",
	.odd_text = "Su navegador ha enviado algo que no corresponde "
	    "a esta dirección. Vuelva atrás, cargue la "
	    "página de nuevo e inténtelo otra vez.",
	.name_title = "Este servidor tiene otro nombre",
	.name_text = "Estas páginas están en otra dirección. Utilice "
	    "esta:",
	.badge_title = "¿Qué hay en su acreditación?",
	.badge_text = {
		"Su acreditación tiene un pequeño chip que se puede leer a "
		"pocos centímetros.",
		"Los datos de su inscripción están en él de forma cifrada. Un "
		"teléfono que lo lee ve la dirección de esta página y nada "
		"sobre usted.",
		"El dispositivo de un patrocinador solo puede abrir los datos "
		"que el evento le permite, y solo lee su acreditación después "
		"de que usted diga que sí en la pantalla.",
		"Decir que no no le cuesta nada, y nadie registra entonces "
		"quién es usted.",
	},
	.ask_title = "Ver lo que ha compartido",
	.ask_text = "Después de compartir, la pantalla del stand mostró un "
	    "código QR. Escanéelo con su teléfono. O escriba o pegue el "
	    "código aquí: está al final de la dirección del código QR.",
	.ask_label = "Su código",
	.ask_button = "Mostrar lo compartido",
	.ask_hint = "26 letras y cifras; los guiones y los espacios no "
	    "importan.",
	.bad_code = "El código no está completo. Tiene 26 letras (de la A a "
	    "la Z) y cifras (del 2 al 7). Compruébelo e inténtelo de nuevo.",
	.secret = "Quien tenga este código puede ver esta página y retirar lo "
	    "compartido.",
	.shared_with = "Ha compartido con %s",
	.what = "Lo que ha compartido",
	.when = "Cuándo",
	.kept = "Se conserva como máximo",
	.kept_day = "%llu día, hasta el ",
	.kept_days = "%llu días, hasta el ",
	.kept_end = "",
	.country = "País",
	.purpose = "Para qué",
	.contact = "Contacto",
	.privacy = "Política de privacidad",
	.event = "Evento",
	.reference = "Referencia",
	.no_values = "Los datos mismos no se muestran aquí.",
	.field = { NULL, "Nombre", "Correo", "Empresa", "Cargo",
	    "Teléfono laboral", "Lugar" },
	.live = "El patrocinador puede obtener estos datos.",
	.undone = "Deshizo esta acción en el stand. El patrocinador no recibe "
	    "estos datos.",
	.withdrawn = "Ha retirado lo compartido. El patrocinador ya no recibe "
	    "estos datos.",
	.held = "Estos datos no se transmiten: antes hay que comprobar algo. "
	    "Puede retirarlos igualmente.",
	.checked = "De momento estos datos no se transmiten: antes hay que "
	    "comprobar algo. Si el patrocinador ya los tenía, se le ha dicho "
	    "que no los use hasta entonces. Puede retirarlos igualmente.",
	.over = "Ha terminado el plazo durante el que el patrocinador puede "
	    "conservar estos datos. Ya no puede obtenerlos y tiene que borrar "
	    "los que tenga.",
	.withdraw_title = "¿Ha cambiado de opinión?",
	.withdraw_text = "La retirada es definitiva. Si el patrocinador ya "
	    "obtuvo sus datos, tiene que borrarlos; su contacto figura arriba.",
	.withdraw_button = "Retirar lo compartido",
	.withdrawn_title = "Retirado",
	.withdrawn_text = "Lo compartido se ha retirado. No tiene que hacer "
	    "nada más.",
	.unknown_title = "Todavía no ha llegado",
	.unknown_text = "El dispositivo del stand quizá lo envíe más tarde, o "
	    "el código tiene un error. No hace falta esperar: retírelo ahora "
	    "y contará como retirado en cuanto llegue.",
	.unknown_button = "Retirarlo ahora",
	.pending_title = "Anotado",
	.pending_text = "Si en los próximos 30 días llega algo con este "
	    "código, se retira al instante y el patrocinador nunca lo recibe.",
	.slow_title = "Demasiados intentos",
	.slow_text = "Espere un poco e inténtelo de nuevo.",
	.busy_title = "Un momento, por favor",
	.busy_text = "El servicio está muy ocupado y todavía no ha podido buscar "
	    "lo que compartió. Inténtelo de nuevo dentro de unos "
	    "segundos.",
	.failed_title = "No ha funcionado",
	.failed_text = "No se ha cambiado nada. Inténtelo de nuevo dentro de "
	    "un momento.",
	.proof_title = "Para guardar",
	.proof_text = "Para usted: un recibo de este consentimiento, en papel "
	    "y para programas, y una prueba de que consta en el registro "
	    "firmado del dispositivo.",
	.proof_receipt = "Recibo (JSON-LD)",
	.proof_log = "Prueba (tlog-proof)",
	.back = "Otro código",
	.month = { "enero", "febrero", "marzo", "abril", "mayo", "junio",
	    "julio", "agosto", "septiembre", "octubre", "noviembre",
	    "diciembre" },
	.date = "%d de %s de %d",

	/* The receipt, the public page, and the check of a proof. */
	.read_title = "Lo que leyó en la pantalla",
	.read_lost = "El texto ya no se conserva.",
	.version = "Versión de la política",
	.proof_paper = "Recibo (PDF)",
	.proof_check = "Comprobar una prueba",
	.paper_title = "Recibo de un consentimiento",
	.paper_made = "Emitido el",
	.paper_state = "Estado",
	.paper_code = "Para ver o retirar lo compartido, abra %s e introduzca "
	    "el código de la pantalla del stand. El código no figura en esta "
	    "hoja, para que quien la tenga no pueda retirar nada.",
	.pub_title = "Qué recoge este evento",
	.pub_track = "Esta página no usa cookies, no cuenta a nadie y no pide "
	    "iniciar sesión.",
	.pub_none = "Todavía no hay ninguna política en vigor. Nadie puede "
	    "pedirle nada.",
	.pub_who = "Quién es responsable",
	.pub_controller = "Responsable del evento",
	.pub_contact = "Contacto de protección de datos",
	.pub_complaint = "Reclamaciones",
	.pub_complain = "También puede reclamar ante una autoridad de "
	    "protección de datos: donde vive, donde trabaja o donde ocurrió.",
	.pub_what = "Qué se recoge",
	.pub_fields = "En la inscripción, el evento recibe lo que usted "
	    "introduce. De ello, los patrocinadores solo pueden recibir estos "
	    "datos:",
	.pub_booth = "En un stand, solo después de que haya dicho que sí en "
	    "la pantalla: con qué patrocinador compartió, cuáles de estos "
	    "datos, cuándo, en qué idioma y con qué credencial. Los datos "
	    "mismos no están en el registro del dispositivo.",
	.pub_no = "Si dice que no o no responde, eso solo se cuenta. Nadie "
	    "anota quién es usted.",
	.pub_how = "Quién los trata",
	.pub_how_text = "El evento guarda las inscripciones y lo compartido. "
	    "Cada patrocinador recibe solo lo que usted compartió con él, y "
	    "es responsable de ello.",
	.pub_kept = "Cuánto tiempo se conserva",
	.pub_kept_text = "Cada patrocinador puede conservar lo compartido "
	    "durante el tiempo que se indica abajo, y después tiene que "
	    "borrarlo.",
	.day = "%llu día",
	.days = "%llu días",
	.pub_rights = "Sus derechos",
	.pub_rights_text = "Puede ver y retirar lo compartido en cualquier "
	    "momento, sin iniciar sesión, con el código de la pantalla del "
	    "stand.",
	.pub_rights_ask = "Para ver, corregir o borrar lo que se conserva "
	    "sobre usted, diríjase al evento o al patrocinador.",
	.pub_sponsors = "Patrocinadores que pueden preguntarle",
	.pub_always = "Siempre al compartir",
	.pub_ticked = "Solo si usted lo marca",
	.pub_valid = "En vigor",
	.chk_text = "Una prueba es el archivo share.tlog-proof que da la "
	    "página de lo que compartió. Se comprueba aquí, en su navegador: "
	    "no se envía nada, y una vez abierta esta página no necesita red. "
	    "También sirve la copia de todo lo que el evento "
	    "tiene sobre usted (ZIP o about-me.json). Que una "
	    "prueba sea correcta no dice que no se haya retirado "
	    "desde entonces.",
	.chk_file = "Archivo de la prueba",
	.chk_paste = "O pegue la prueba aquí",
	.chk_keys = "Claves para comprobar, una por línea",
	.chk_keys_text = "Estas claves vienen de este mismo servidor. Un "
	    "servidor que engaña podría mostrar claves falsas, así que esto "
	    "prueba menos que las claves obtenidas en otro lugar, por ejemplo "
	    "en el programa impreso: ponga aquí esas.",
	.chk_button = "Comprobar",
	.chk_cannot = "Este navegador no puede comprobar aquí: hacen falta "
	    "scripts y una conexión segura (https).",
	.chk_unread = "No se puede leer este archivo. Quizá ha cambiado "
	    "o ya no está: vuelva a elegirlo.",
	.chk_right = "La prueba es correcta.",
	.chk_wrong = "La prueba no es correcta.",
	.chk_none = "Esto no es una prueba.",
	.chk_jsonld = "Es el recibo para programas (receipt.jsonld). No está "
	    "firmado, así que no hay nada que comprobar en él.",
	.chk_pdf = "Es un PDF. El recibo en papel no está firmado, así que "
	    "no hay nada que comprobar en él.",
	.chk_else = "Es otra cosa, por ejemplo el código de un recibo u otro "
	    "archivo.",
	.chk_copy =
	    "Es la copia de todo lo que un evento tiene sobre "
	    "usted (about-me.json). La copia en sí no está "
	    "firmada; lo que se puede comprobar en ella es la "
	    "prueba de cada entrega: que el dispositivo registró una "
	    "entrega con este número. No prueba el nombre del "
	    "patrocinador ni los demás datos que la acompañan.",
	.chk_unproved =
	    "En la copia no hay prueba de esta entrega: su "
	    "dispositivo aún no había enviado ninguna cuando se "
	    "hizo la copia.",
	.chk_not_its = "Es la prueba de otra entrada, no de esta entrega.",
	.chk_again = "No es una entrega, o la copia ya la nombró más arriba.",
	.chk_zip = "Este ZIP no se puede abrir aquí. Descomprímalo y elija el "
	    "archivo about-me.json que contiene.",
	.chk_choose = "Elija el archivo share.tlog-proof: la página de lo "
	    "que compartió lo da como «Prueba (tlog-proof)».",
	.chk_format = "Es una prueba completa, de la forma conocida.",
	.chk_entry = "La entrada que contiene está completa y tiene el número "
	    "que la prueba indica.",
	.chk_tree = "La entrada está en el registro que se firmó.",
	.chk_log = "El dispositivo firmó el registro con su clave.",
	.chk_host = "El servidor firmó que vio el registro así.",
	.chk_nokey = "Ninguna de las claves es de este registro.",
	.chk_nohost = "Ninguna de las claves es del servidor de este "
	    "registro, así que su firma no se comprobó.",
	.chk_own = "Las claves vinieron de este servidor: esto prueba menos "
	    "que unas claves de otro lugar.",
	.chk_given = "Las claves son las que usted dio.",
	.chk_origin = "Registro",
	.chk_number = "Entrada",
	.chk_kind = "Tipo",
	.chk_share = "Datos compartidos",
	.chk_other = "No son datos compartidos",
	.chk_size = "Entradas en el registro",
	.chk_seen = "Visto por el servidor",
	.chk_commit = "Huella",
	.chk_commit_text = "De lo que se compartió, la prueba contiene solo "
	    "esta huella con sal. No se puede leer a partir de ella.",
	.ret_host = "El propio evento conserva como máximo:",
	.ret_registrations = "Lo que indicó en la inscripción",
	.ret_shares = "Lo compartido",
	.ret_logs = "Lo que los dispositivos anotaron al compartir",
	.ret_deleted = "Una nota de que se borraron sus datos",
	.ret_cases = "Sus solicitudes y las respuestas",
	.ret_event = "desde el fin del evento o del plazo del último "
	    "patrocinador",
	.ret_period = "desde el fin del plazo del patrocinador",
	.ret_erasure = "desde el borrado o el fin del evento",
	.ret_answer = "desde la respuesta",
	.ret_mail = "Los correos que se le enviaron",
	.ret_disclosures = "Lo que se entregó sobre usted a una autoridad o "
	    "a un tribunal",
	.ret_incidents = "Los informes de incidentes, sin nombres",
	.ret_exports = "Qué patrocinador o programa recibió qué archivos",
	.ret_salts = "Qué filas del registro del evento tratan de usted",
	.ret_sent = "desde el envío",
	.ret_disclosed = "desde la entrega, o desde el día en que se le "
	    "puede informar",
	.ret_closed = "desde el cierre del informe",
	.ret_exported = "desde la exportación",
	.ret_held = "Más tiempo solo mientras un litigio o una obligación "
	    "legal lo exija: lo afectado se conserva hasta que termine.",
	/* The daily mail's pages. */
	.daily_title = "Lo que se ha compartido",
	.daily_ask = "Esta página muestra lo compartido que anunciaba nuestro "
	    "correo. Abra el enlace del correo o escriba aquí su código.",
	.daily_none = "Este enlace ya no es válido: su plazo ha terminado o "
	    "está mal escrito.",
	.daily_withdraw = "Retirar",
	.daily_notme = "No fui yo",
	.daily_hint = "«No fui yo» retira lo compartido y pide a los "
	    "organizadores que lo investiguen.",
	.daily_sure = "Si otra persona presentó allí su acreditación, díganoslo. "
	    "Se retira lo compartido y los organizadores lo investigan. "
	    "Hasta entonces, el patrocinador no recibe nada de lo que este "
	    "dispositivo registró en el mismo cuarto de hora, tampoco lo "
	    "de otras personas. Si fue usted y quiere deshacerlo, "
	    "retírelo.",
	.daily_sure_yes = "Sí, no fui yo",
	.daily_disowned = "Retirado: nos dijo que no fue usted",
	.daily_noted_title = "Gracias por avisarnos",
	.daily_noted = "Lo compartido está retirado y los organizadores lo "
	    "están investigando. Lo que el mismo dispositivo registró a "
	    "esa hora queda retenido hasta entonces.",
	.daily_stop_title = "No más correos diarios",
	.daily_stop = "¿Dejamos de informarle por correo de lo que se "
	    "comparte desde su acreditación? Lo compartido sigue igual y "
	    "puede retirarlo en cualquier momento.",
	.daily_stop_button = "No recibir más estos correos",
	.daily_stopped_title = "No más correos diarios",
	.daily_stopped = "No recibirá más estos correos.",
	/* Staff. */
	.staff_login = "Acceso para personal y patrocinadores",
};
