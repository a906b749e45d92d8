// SPDX-License-Identifier: Apache-2.0
#include "host/letter_words.h"

const struct letter_words letter_fr = {
	.lang = "fr",
	.dear = "Bonjour {person},",
	.hello = "Bonjour,",
	.regards = "Cordialement\nL’équipe de {event}",
	.contact = "Des questions\u00a0? Écrivez à {contact}.",
	.complain = "Vous avez le droit d’introduire une réclamation auprès "
	    "de l’autorité de contrôle et de saisir la justice\u00a0:\n{complain}",
	.may_complain = "Vous avez le droit d’introduire une réclamation "
	    "auprès de l’autorité de contrôle et de saisir la justice.",
	.comma = ", ",
	.booth = "stand ",
	.unknown = "on ne le sait pas",
	.later = "Le lien ci-dessous montre ensuite où il en est.",
	.again = "Ce partage a été retenu le temps d’être vérifié. Il est de "
	    "nouveau transmis.",
	.type = {
		[LETTER_OF_OTHER] = "au sujet de vos données",
		[LETTER_OF_ACCESS] = "accès à vos données",
		[LETTER_OF_CORRECTION] = "rectification de vos données",
		[LETTER_OF_ERASURE] = "effacement de vos données",
		[LETTER_OF_RESTRICTION] = "limitation du traitement",
		[LETTER_OF_PORTABILITY] = "portabilité de vos données",
		[LETTER_OF_OBJECTION] = "opposition",
		[LETTER_OF_WITHDRAWAL] = "retrait d’un partage",
		[LETTER_OF_NOT_ME] = "un partage qui n’était pas de vous",
		[LETTER_OF_DISCLOSURE] = "à qui vos données ont été "
		    "communiquées",
	},
	.subject = {
		[LETTER_LINK] = "Votre lien\u00a0: {event}",
		[LETTER_SHARES] = "Ce que vous avez partagé\u00a0: {event}",
		[LETTER_RECEIVED] =
		    "Votre demande {number} nous est parvenue\u00a0: {event}",
		[LETTER_EXTENDED] =
		    "Votre demande {number} prend plus de temps\u00a0: {event}",
		[LETTER_REFUSED] =
		    "Votre demande {number} a été refusée\u00a0: {event}",
		[LETTER_DONE] = "Votre demande {number} est traitée\u00a0: {event}",
		[LETTER_COPY] = "La copie de vos données est prête\u00a0: {event}",
		[LETTER_ERASE_PLANNED] =
		    "Vos données seront effacées\u00a0: {event}",
		[LETTER_ERASE_UNDONE] =
		    "Vos données ne seront pas effacées\u00a0: {event}",
		[LETTER_OBJECTION] = "Votre opposition est en vigueur\u00a0: "
		    "{event}",
		[LETTER_RESTRICTED] = "La limitation est en vigueur\u00a0: {event}",
		[LETTER_UNRESTRICTED] = "La limitation prend fin\u00a0: {event}",
		[LETTER_BREACH] = "Ce qui est arrivé à vos données\u00a0: {event}",
		[LETTER_NO_DISCLOSURE] =
		    "Vos données n’ont pas été communiquées\u00a0: {event}",
		[LETTER_DROPPED] = "Votre demande {number} est close\u00a0: {event}",
		[LETTER_ERASE_HELD] =
		    "Vos données ne peuvent pas encore être effacées\u00a0: "
		    "{event}",
		[LETTER_AGREED] = "Votre opposition est retirée\u00a0: {event}",
		[LETTER_AGREED_NEW] = "Votre opposition est retirée\u00a0: {event}",
	},
	.text = {
		[LETTER_LINK] = "quelqu’un, sans doute vous, a demandé à voir "
		    "ce que {event} conserve à votre sujet. Ce lien le "
		    "montre\u00a0:\n\n"
		    "{link}\n\n"
		    "Il fonctionne une seule fois, pendant {minutes} minutes. "
		    "Merci de ne pas le transmettre.\n\n"
		    "Si ce n’était pas vous, vous n’avez rien à faire.",
		[LETTER_SHARES] = "voici ce qui a été partagé depuis votre "
		    "badge à {event} depuis notre dernier message, ou qui est "
		    "de nouveau transmis\u00a0:\n\n"
		    "{shares}\n\n"
		    "Les données elles-mêmes ne figurent pas dans ce message. "
		    "Pour voir ces partages, en retirer un ou dire que ce "
		    "n’était pas vous\u00a0:\n{link}\n\n"
		    "Vous recevez ce message au plus une fois par jour, et "
		    "seulement s’il y a quelque chose à signaler. Pour ne plus "
		    "le recevoir\u00a0:\n{optout}",
		[LETTER_RECEIVED] = "nous avons reçu votre demande ({type}). "
		    "Son numéro est {number}.\n\n"
		    "Vous aurez notre réponse le {date} au plus tard.",
		[LETTER_EXTENDED] = "votre demande numéro {number} ({type}) "
		    "nous prend plus d’un mois. Vous aurez notre réponse le "
		    "{date} au plus tard.\n\n"
		    "Le motif\u00a0:\n{reason}",
		[LETTER_REFUSED] = "nous ne pouvons pas donner suite à votre "
		    "demande numéro {number} ({type}).\n\n"
		    "Le motif\u00a0:\n{reason}",
		[LETTER_DONE] = "votre demande numéro {number} ({type}) est "
		    "traitée.\n\n"
		    "{reason}",
		[LETTER_COPY] = "la copie de vos données que vous avez "
		    "demandée (demande numéro {number}) est prête.\n\n"
		    "Vous la trouverez ici\u00a0:\n{link}\n\n"
		    "Elle y reste jusqu’au {date}.",
		[LETTER_ERASE_PLANNED] = "comme vous l’avez demandé (demande "
		    "numéro {number}), nous effacerons vos données le {date} à "
		    "{time}. Votre badge ne fonctionne plus dès maintenant.\n\n"
		    "Jusque-là, vous pouvez l’annuler\u00a0: demandez un lien sur "
		    "la page «\u00a0{page}\u00a0», puis choisissez-y "
		    "«\u00a0{undo}\u00a0». Ou dites-le-nous. Ensuite, rien ne "
		    "pourra être annulé.\n{link}\n\n"
		    "Ceci est notre dernier message à ce sujet. Les sponsors qui en ont une partie "
		    "reçoivent l’instruction de l’effacer aussi. Nous conservons, "
		    "séparément de tout le reste, votre nom, votre adresse e-mail "
		    "et le numéro d’inscription, uniquement afin que vous ne "
		    "soyez pas réinscrit par erreur\u00a0; la page de "
		    "confidentialité de l’événement dit pendant combien de "
		    "temps.",
		[LETTER_ERASE_UNDONE] = "comme vous l’avez demandé (demande "
		    "numéro {number}), vos données ne seront pas effacées.",
		[LETTER_OBJECTION] = "votre opposition (demande numéro "
		    "{number}) est en vigueur. Plus rien de vous n’est "
		    "transmis aux sponsors, et votre badge n’est plus lu.",
		[LETTER_RESTRICTED] = "la limitation que vous avez demandée "
		    "(demande numéro {number}) est en vigueur. Vos données "
		    "sont conservées, et rien d’autre n’en est fait.",
		[LETTER_UNRESTRICTED] = "la limitation du traitement de vos "
		    "données (demande numéro {number}) prend fin le {date}.",
		[LETTER_BREACH] = "nous devons vous informer d’un incident "
		    "touchant vos données à {event}.\n\n"
		    "Ce qui s’est passé\u00a0:\n{reason}\n\n"
		    "Quand\u00a0: {when}\n\n"
		    "À quel stand\u00a0: {booth}\n\n"
		    "Lesquelles de vos données\u00a0: {fields}\n\n"
		    "Ce qui peut en résulter\u00a0:\n{likely}\n\n"
		    "Ce que nous avons fait et faisons\u00a0:\n{done}\n\n"
		    "Ce que vous pouvez faire\u00a0:\n{advice}",
		[LETTER_NO_DISCLOSURE] = "vous avez demandé si vos données "
		    "ont été communiquées à une autorité (demande numéro "
		    "{number}). Elles ne l’ont pas été.",
		[LETTER_DROPPED] = "nous avons clos votre demande numéro {number} "
		    "({type}) sans y donner d’autre suite.\n\n"
		    "Le motif\u00a0:\n{reason}",
		[LETTER_ERASE_HELD] = "vous avez demandé l’effacement de vos données (demande "
		    "numéro {number}). Nous ne pouvons pas encore les effacer\u00a0: "
		    "une partie doit être conservée pour l’instant, en raison d’une "
		    "réclamation ou d’une action en justice (article 17, "
		    "paragraphe 3, point e, du RGPD).\n\n"
		    "Rien d’autre n’en est fait\u00a0: votre badge ne fonctionne pas, "
		    "et les sponsors ne reçoivent rien de vous. Quand cette raison "
		    "aura disparu, nous effacerons vos données et vous écrirons "
		    "avant, avec la date.\n\n"
		    "Vous pouvez encore y renoncer\u00a0: faites-vous envoyer un lien "
		    "par la page ci-dessous, «\u00a0{page}\u00a0», et choisissez-y "
		    "«\u00a0{undo}\u00a0». Ou dites-le-nous.\n{link}",
		[LETTER_AGREED] =
		    "comme vous l’avez demandé, votre opposition (demande "
		    "numéro {number}) n’est plus en vigueur, et votre "
		    "badge peut de nouveau être lu. Ce que vous aviez "
		    "partagé avant est de nouveau transmis aux sponsors.",
		[LETTER_AGREED_NEW] =
		    "comme vous l’avez demandé, votre opposition (demande "
		    "numéro {number}) n’est plus en vigueur, et votre "
		    "badge peut de nouveau être lu. Ce que vous aviez "
		    "partagé avant est retiré, et il est demandé aux "
		    "sponsors de l’effacer.",
	},
};
