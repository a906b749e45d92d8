// SPDX-License-Identifier: Apache-2.0
#include "host/words.h"

const struct words words_fr = {
	.lang = "fr",
	.home_title = "Badgeward",
	.own = "Français",
	.home_text = "Lors de cet événement, les sponsors demandent avant de "
	    "scanner votre badge. Vous décidez de ce qu’ils reçoivent, et "
	    "vous pouvez le reprendre.",
	.home_receipt = "Voir ou retirer un partage",
	.home_badge = "Qu’y a-t-il sur mon badge\u00a0?",
	.missing_title = "Il n’y a rien ici",
	.missing_text = "Cette adresse n’existe pas.",
	.odd_title = "Cela n’a pas fonctionné",
	.odd_text = "Votre navigateur a envoyé quelque chose qui ne "
	    "convient pas à cette adresse. Revenez en "
	    "arrière, rechargez la page et réessayez.",
	.name_title = "Ce serveur a un autre nom",
	.name_text = "Ces pages se trouvent à une autre adresse. "
	    "Utilisez celle-ci\u00a0:",
	.badge_title = "Qu’y a-t-il sur votre badge\u00a0?",
	.badge_text = {
		"Votre badge contient une petite puce lisible à quelques "
		"centimètres.",
		"Les données de votre inscription y figurent sous forme "
		"chiffrée. Un téléphone qui le lit voit l’adresse de cette "
		"page et rien sur vous.",
		"L’appareil d’un sponsor ne peut ouvrir que les données que "
		"l’événement autorise pour ce sponsor, et il ne lit votre "
		"badge qu’après votre accord à l’écran.",
		"Dire non ne vous coûte rien, et personne n’enregistre alors "
		"qui vous êtes.",
	},
	.ask_title = "Voir ce que vous avez partagé",
	.ask_text = "Après un partage, l’écran du stand a montré un code QR. "
	    "Scannez-le avec votre téléphone. Ou saisissez ou collez le code "
	    "ici : il se trouve à la fin de l’adresse contenue dans le code "
	    "QR.",
	.ask_label = "Votre code",
	.ask_button = "Afficher mon partage",
	.ask_hint = "26 lettres et chiffres\u00a0; les tirets et les espaces ne "
	    "comptent pas.",
	.bad_code = "Ce code n’est pas complet. Il compte 26 lettres (A à Z) "
	    "et chiffres (2 à 7). Vérifiez-le et réessayez.",
	.secret = "Toute personne qui a ce code peut voir cette page et "
	    "retirer le partage.",
	.shared_with = "Vous avez partagé avec %s",
	.what = "Ce que vous avez partagé",
	.when = "Quand",
	.kept = "Conservé au plus",
	.kept_day = "%llu jour, jusqu’au ",
	.kept_days = "%llu jours, jusqu’au ",
	.kept_end = "",
	.country = "Pays",
	.purpose = "Pour quoi",
	.contact = "Contact",
	.privacy = "Politique de confidentialité",
	.event = "Événement",
	.reference = "Référence",
	.no_values = "Les données elles-mêmes ne sont pas affichées ici.",
	.field = { NULL, "Nom", "E-mail", "Société", "Fonction",
	    "Tél. professionnel", "Lieu" },
	.live = "Le sponsor peut récupérer ces données.",
	.undone = "Vous avez annulé ce partage au stand. Le sponsor ne reçoit "
	    "pas ces données.",
	.withdrawn = "Vous avez retiré ce partage. Le sponsor ne reçoit plus "
	    "ces données.",
	.held = "Ce partage n’est pas transmis\u00a0: il faut d’abord vérifier "
	    "quelque chose. Vous pouvez tout de même le retirer.",
	.checked = "Ce partage n’est pas transmis pour l’instant\u00a0: il "
	    "faut d’abord vérifier quelque chose. Si le sponsor l’avait déjà, "
	    "il lui a été dit de ne pas l’utiliser d’ici là. Vous pouvez tout "
	    "de même le retirer.",
	.over = "Le sponsor ne peut conserver ces données plus longtemps\u00a0: "
	    "la durée prévue est écoulée. Il ne peut plus les récupérer et "
	    "doit supprimer celles qu’il détient.",
	.withdraw_title = "Vous avez changé d’avis\u00a0?",
	.withdraw_text = "Le retrait est définitif. Si le sponsor a déjà "
	    "récupéré vos données, il doit les supprimer\u00a0; son contact figure "
	    "ci-dessus.",
	.withdraw_button = "Retirer ce partage",
	.withdrawn_title = "Retiré",
	.withdrawn_text = "Ce partage est retiré. Vous n’avez rien d’autre à "
	    "faire.",
	.unknown_title = "Ce partage n’est pas encore arrivé",
	.unknown_text = "L’appareil du stand l’enverra peut-être plus tard, "
	    "ou le code contient une erreur. Inutile d’attendre\u00a0: retirez-le "
	    "maintenant, et le partage comptera comme retiré dès son arrivée.",
	.unknown_button = "Le retirer maintenant",
	.pending_title = "C’est noté",
	.pending_text = "Si un partage avec ce code arrive dans les 30 jours, "
	    "il est aussitôt retiré et le sponsor ne le reçoit jamais.",
	.slow_title = "Trop d’essais",
	.slow_text = "Patientez un peu, puis réessayez.",
	.busy_title = "Un instant, s’il vous plaît",
	.busy_text = "Le service est très occupé et n’a pas encore pu chercher "
	    "votre partage. Veuillez réessayer dans quelques secondes.",
	.failed_title = "Cela n’a pas fonctionné",
	.failed_text = "Rien n’a été modifié. Réessayez dans un instant.",
	.proof_title = "À conserver",
	.proof_text = "À garder\u00a0: un reçu de ce consentement, sur papier "
	    "et pour les programmes, et la preuve qu’il figure dans le "
	    "journal signé de l’appareil.",
	.proof_receipt = "Reçu (JSON-LD)",
	.proof_log = "Preuve (tlog-proof)",
	.back = "Un autre code",
	.month = { "janvier", "février", "mars", "avril", "mai", "juin",
	    "juillet", "août", "septembre", "octobre", "novembre",
	    "décembre" },
	.date = "%d %s %d",

	/* The receipt, the public page, and the check of a proof. */
	.read_title = "Ce que vous avez lu à l’écran",
	.read_lost = "Le texte n’est plus conservé.",
	.version = "Version de la politique",
	.proof_paper = "Reçu (PDF)",
	.proof_check = "Vérifier une preuve",
	.paper_title = "Reçu d’un consentement",
	.paper_made = "Établi le",
	.paper_state = "État",
	.paper_code = "Pour voir ou retirer ce partage, ouvrez %s et "
	    "saisissez le code affiché sur l’écran du stand. Le code ne "
	    "figure pas sur cette feuille, pour que la personne qui la "
	    "détient ne puisse rien retirer.",
	.pub_title = "Ce que cet événement collecte",
	.pub_track = "Cette page ne dépose aucun cookie, ne compte personne "
	    "et ne demande aucune connexion.",
	.pub_none = "Aucune politique n’est encore en vigueur. Personne ne "
	    "peut rien vous demander.",
	.pub_who = "Qui est responsable",
	.pub_controller = "Responsable de l’événement",
	.pub_contact = "Contact pour la protection des données",
	.pub_complaint = "Réclamations",
	.pub_complain = "Vous pouvez aussi introduire une réclamation auprès "
	    "d’une autorité de protection des données, là où vous habitez, là "
	    "où vous travaillez ou là où les faits ont eu lieu.",
	.pub_what = "Ce qui est collecté",
	.pub_fields = "À l’inscription, l’événement reçoit ce que vous y "
	    "saisissez. Les sponsors ne peuvent en recevoir que ces "
	    "données\u00a0:",
	.pub_booth = "À un stand, seulement après que vous avez dit oui à "
	    "l’écran\u00a0: avec quel sponsor vous avez partagé, lesquelles "
	    "de ces données, quand, dans quelle langue et avec quel badge. "
	    "Les données elles-mêmes ne sont pas dans le journal de "
	    "l’appareil.",
	.pub_no = "Si vous dites non ou ne répondez pas, cela est seulement "
	    "compté. Personne n’enregistre qui vous êtes.",
	.pub_how = "Qui les traite",
	.pub_how_text = "L’événement conserve les inscriptions et les "
	    "partages. Chaque sponsor ne reçoit que ce que vous avez partagé "
	    "avec lui, et en est lui-même responsable.",
	.pub_kept = "Durée de conservation",
	.pub_kept_text = "Chaque sponsor peut conserver un partage pendant la "
	    "durée indiquée ci-dessous, puis doit le supprimer.",
	.day = "%llu jour",
	.days = "%llu jours",
	.pub_rights = "Vos droits",
	.pub_rights_text = "Vous pouvez voir et retirer chaque partage à tout "
	    "moment, sans connexion, avec le code affiché sur l’écran du "
	    "stand.",
	.pub_rights_ask = "Pour consulter, corriger ou faire supprimer ce qui "
	    "est conservé sur vous, adressez-vous à l’événement ou au sponsor.",
	.pub_sponsors = "Sponsors qui peuvent vous demander des données",
	.pub_always = "Toujours avec un partage",
	.pub_ticked = "Seulement si vous le cochez",
	.pub_valid = "En vigueur",
	.chk_text = "Une preuve est le fichier share.tlog-proof que donne la "
	    "page de votre partage. Elle est vérifiée ici, dans votre "
	    "navigateur\u00a0: rien n’est envoyé, et une fois cette page "
	    "ouverte elle n’a plus besoin de réseau. "
	    "La copie de tout ce que l’événement a sur vous "
	    "convient aussi (ZIP ou about-me.json). Une preuve "
	    "juste ne dit pas que le partage n’a pas été retiré "
	    "depuis.",
	.chk_file = "Fichier de la preuve",
	.chk_paste = "Ou collez la preuve ici",
	.chk_keys = "Clés de vérification, une par ligne",
	.chk_keys_text = "Ces clés viennent de ce même hôte. Un hôte "
	    "malhonnête pourrait en montrer de fausses\u00a0: cela prouve "
	    "donc moins que des clés obtenues ailleurs, par exemple dans le "
	    "programme imprimé. Mettez alors celles-là ici.",
	.chk_button = "Vérifier",
	.chk_cannot = "Ce navigateur ne peut pas vérifier ici\u00a0: il faut "
	    "des scripts et une connexion sécurisée (https).",
	.chk_unread = "Ce fichier ne peut pas être lu. Il a peut-être "
	    "été modifié ou n’existe plus\u00a0: choisissez-le de nouveau.",
	.chk_right = "La preuve est juste.",
	.chk_wrong = "La preuve est fausse.",
	.chk_none = "Ceci n’est pas une preuve.",
	.chk_jsonld = "C’est le reçu pour les programmes (receipt.jsonld). "
	    "Il n’est pas signé\u00a0: il n’y a rien à y vérifier.",
	.chk_pdf = "C’est un PDF. Le reçu sur papier n’est pas signé\u00a0: "
	    "il n’y a rien à y vérifier.",
	.chk_else = "C’est autre chose, par exemple le code d’un reçu ou un "
	    "autre fichier.",
	.chk_copy =
	    "C’est la copie de tout ce qu’un événement a sur vous "
	    "(about-me.json). La copie elle-même n’est pas "
	    "signée\u00a0; on peut y vérifier la preuve de chaque "
	    "partage\u00a0: que l’appareil a enregistré un partage sous ce "
	    "numéro. Elle ne prouve ni le nom du sponsor ni les autres "
	    "valeurs qui l’accompagnent.",
	.chk_unproved =
	    "La copie ne contient pas de preuve de ce "
	    "partage\u00a0: l’appareil n’en avait pas encore "
	    "envoyé quand elle a été faite.",
	.chk_not_its = "C’est la preuve d’une autre entrée, pas de ce partage.",
	.chk_again = "Ce n’est pas un partage, ou la copie l’a déjà nommé "
	    "plus haut.",
	.chk_zip = "Ce ZIP ne peut pas être ouvert ici. Décompressez-le et "
	    "choisissez le fichier about-me.json qu’il contient.",
	.chk_choose = "Choisissez le fichier share.tlog-proof\u00a0: la page "
	    "de votre partage le donne sous «\u00a0Preuve "
	    "(tlog-proof)\u00a0».",
	.chk_format = "C’est une preuve entière, de la forme connue.",
	.chk_entry = "L’entrée qu’elle contient est entière et porte le "
	    "numéro que la preuve indique.",
	.chk_tree = "L’entrée est dans le journal qui a été signé.",
	.chk_log = "L’appareil a signé le journal avec sa clé.",
	.chk_host = "L’hôte a signé qu’il a vu le journal ainsi.",
	.chk_nokey = "Aucune des clés n’est celle de ce journal.",
	.chk_nohost = "Aucune des clés n’est celle de l’hôte de ce "
	    "journal\u00a0: sa signature n’a donc pas été vérifiée.",
	.chk_own = "Les clés viennent de cet hôte\u00a0: cela prouve moins "
	    "que des clés venues d’ailleurs.",
	.chk_given = "Les clés sont celles que vous avez données.",
	.chk_origin = "Journal",
	.chk_number = "Entrée",
	.chk_kind = "Type",
	.chk_share = "Partage",
	.chk_other = "Pas un partage",
	.chk_size = "Entrées dans le journal",
	.chk_seen = "Vu par l’hôte",
	.chk_commit = "Empreinte",
	.chk_commit_text = "De ce qui a été partagé, la preuve ne contient "
	    "que cette empreinte salée. On ne peut pas l’y lire.",
	.ret_host = "L’événement lui-même conserve au plus\u00a0:",
	.ret_registrations = "Ce que vous avez indiqué à l’inscription",
	.ret_shares = "Les partages",
	.ret_logs = "Ce que les appareils ont noté d’un partage",
	.ret_deleted = "Une note indiquant que vous avez été supprimé",
	.ret_cases = "Vos demandes et les réponses",
	.ret_event = "à partir de la fin de l’événement ou de la durée du "
	    "dernier sponsor",
	.ret_period = "à partir de la fin de la durée du sponsor",
	.ret_erasure = "à partir de la suppression ou de la fin de l’événement",
	.ret_answer = "à partir de la réponse",
	.ret_mail = "Les e-mails qui vous ont été envoyés",
	.ret_disclosures = "Ce qui a été communiqué sur vous à une autorité "
	    "ou à un tribunal",
	.ret_incidents = "Les rapports d’incidents, sans noms",
	.ret_exports = "Quel sponsor ou quel programme a reçu quels fichiers",
	.ret_salts = "Quelles lignes du journal de l’événement vous "
	    "concernent",
	.ret_sent = "à partir de l’envoi",
	.ret_disclosed = "à partir de la communication, ou du jour où vous "
	    "pouvez en être informé",
	.ret_closed = "à partir de la clôture du rapport",
	.ret_exported = "à partir de l’export",
	.ret_held = "Plus longtemps seulement tant qu’un litige ou une "
	    "obligation légale l’exige : ce qui est concerné reste jusqu’à ce "
	    "que ce soit terminé.",
	/* The daily mail's pages. */
	.daily_title = "Ce qui a été partagé",
	.daily_ask = "Cette page montre les partages annoncés dans notre "
	    "message. Ouvrez le lien du message, ou saisissez son code ici.",
	.daily_none = "Ce lien n’est plus valable\u00a0: son délai est "
	    "écoulé, ou il contient une faute de frappe.",
	.daily_withdraw = "Retirer",
	.daily_notme = "Ce n’était pas moi",
	.daily_hint = "«\u00a0Ce n’était pas moi\u00a0» retire un partage et "
	    "demande aux organisateurs d’examiner la situation.",
	.daily_sure = "Si quelqu’un d’autre a présenté votre badge, dites-le. "
	    "Ce partage est retiré et les organisateurs examinent la "
	    "situation. Jusque-là, le sponsor ne reçoit rien de ce que "
	    "cet appareil a enregistré dans le même quart d’heure, pas "
	    "même les partages d’autres personnes. Si c’était vous "
	    "et que vous voulez revenir dessus, retirez plutôt le partage.",
	.daily_sure_yes = "Oui, ce n’était pas moi",
	.daily_disowned = "Retiré\u00a0: vous avez signalé que ce n’était pas vous",
	.daily_noted_title = "Merci de nous l’avoir dit",
	.daily_noted = "Ce partage est retiré, et les organisateurs examinent "
	    "la situation. Ce que le même appareil a enregistré vers cette "
	    "heure est retenu jusque-là.",
	.daily_stop_title = "Plus de messages quotidiens",
	.daily_stop = "Faut-il cesser de vous dire par e-mail ce qui a été "
	    "partagé depuis votre badge\u00a0? Les partages restent "
	    "inchangés, et vous pouvez toujours les retirer.",
	.daily_stop_button = "Arrêter ces messages",
	.daily_stopped_title = "Plus de messages quotidiens",
	.daily_stopped = "Vous ne recevrez plus ces messages.",
	/* Staff. */
	.staff_login = "Connexion pour l'équipe et les sponsors",
};
