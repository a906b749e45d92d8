// SPDX-License-Identifier: Apache-2.0
#include "host/words_my.h"

const struct words_my words_my_fr = {
	.title = "Tout ce que cet événement détient sur vous",
	.go_back = "Retour",
	.intro = "Votre inscription, votre badge et ce que vous avez partagé, "
	    "avec qui : ici vous pouvez le voir, en prendre une copie, le "
	    "corriger, le retirer, vous opposer ou le faire effacer.",
	.open_title = "Ouvrir votre lien",
	.open_text = "Le lien reçu par mail sert une seule fois. Ces pages "
	    "vous sont ensuite ouvertes pendant 30 minutes.",
	.open_label = "Lien ou code reçu par mail",
	.open_button = "Ouvrir",
	.ask_title = "Recevoir un lien par mail",
	.ask_text = "Saisissez l'adresse avec laquelle vous vous êtes "
	    "inscrit, ou le code d'un reçu. Le lien arrive par mail à "
	    "l'adresse de l'inscription et reste valable une heure.",
	.ask_label = "Votre adresse e-mail, ou le code d'un reçu",
	.ask_button = "Envoyer le lien",
	.ask_wrong = "Ce n'est ni une adresse e-mail ni le code d'un reçu. "
	    "Vérifiez et réessayez.",
	.asked_title = "Consultez votre messagerie",
	.asked_text = "Si cet événement connaît cette adresse, un mail avec un "
	    "lien est en route. S'il n'arrive pas dans les dix minutes, "
	    "regardez dans les indésirables ou essayez l'adresse de votre "
	    "inscription. Nous n'envoyons pas plus de trois mails par heure.",
	.code_note = "Un code lu sur l'écran d'un stand n'ouvre que ce "
	    "partage-là, car quiconque photographie l'écran l'a aussi.",
	.gone_title = "Ce lien n'est plus valable",
	.gone_text = "Il a déjà servi, il a expiré ou il contient une erreur. "
	    "Rien n'a été modifié.",
	.again = "Demander un nouveau lien",
	.over_title = "Ces pages sont fermées",
	.over_text = "Elles se ferment 30 minutes après l'ouverture du lien, "
	    "ou quand vous les fermez. Rien n'a été modifié à l'instant.",
	.until = "Ouvert pour vous jusqu'au",
	.shared = "Sur un appareil que d’autres utilisent aussi, "
	    "fermez-les quand vous avez terminé : jusque-là, quiconque "
	    "utilise ce navigateur peut les rouvrir.",
	.end_button = "Fermer ces pages",
	.ended_title = "Fermé",
	.ended_text = "Sans nouveau lien, personne ne peut ouvrir ces pages.",
	.several = "Plusieurs inscriptions ont votre adresse. Chacune est "
	    "indépendante.",
	.show = "Afficher",
	.reg_title = "Votre inscription",
	.number = "Numéro",
	.status = "Statut",
	.is = { "Participe", "Annulée", "Suspendue : aucun stand ne peut lire "
	    "le badge", "Moins de 18 ans : aucun stand ne peut lire le badge",
	    "Effacée", "Cédée : aucun stand ne peut lire le badge" },
	.none = "rien",
	.correct_button = "Corriger",
	.correct_title = "Corriger vos données",
	.correct_text = "L'entreprise, la fonction, le téléphone et le lieu "
	    "changent aussitôt, et les sponsors qui avaient les anciens en "
	    "sont informés. Un nouveau nom ou une nouvelle adresse e-mail est "
	    "d'abord examiné par l'équipe de l'événement, pour que personne ne "
	    "s'empare de votre inscription ; elle répond sous un mois.",
	.save = "Enregistrer",
	.corrected = "Corrigé. Les sponsors qui avaient l'ancienne valeur en "
	    "sont informés.",
	.wished = "Noté. L'équipe de l'événement l'examine et répond sous un "
	    "mois.",
	.value_wrong = "Impossible à enregistrer : trop long, ou avec des "
	    "caractères inattendus.",
	.shares_title = "Ce que vous avez partagé",
	.shares_none = "Vous n'avez rien partagé.",
	.state = "État",
	.lead = {
	    "Le sponsor peut l'obtenir",
	    "Annulé par vous au stand",
	    "Retiré par vous",
	    "Non transmis : à vérifier d'abord",
	    "Sa durée est écoulée",
	    "Non transmis pour l'instant, en raison de l'état de votre "
	    "inscription" },
	.withdraw = "Retirer",
	.withdraw_all = "Retirer tous les partages",
	.withdrawn = "Retiré. Les sponsors ne le reçoivent plus, et celui qui "
	    "l'avait en est informé.",
	.stop_title = "Aucun stand ne doit lire mon badge",
	.object_text = "Si vous vous opposez, chaque stand refuse votre badge "
	    "dès qu'il nous a contactés, et les sponsors ne peuvent plus "
	    "obtenir ce que vous avez partagé. Cela dure jusqu'à ce que vous "
	    "acceptiez de nouveau.",
	.object_button = "M'opposer",
	.restrict_text = "Une limitation fait de même pour un temps, par "
	    "exemple jusqu'à une correction.",
	.restrict_button = "Limiter",
	.objected = "Vous vous êtes opposé le",
	.restricted = "Limité depuis le",
	.lift_button = "Mettre fin à la limitation",
	.agree_button = "Accepter de nouveau, aussi pour mes anciens partages",
	.agree_new_button = "Accepter de nouveau et retirer mes anciens "
	    "partages",
	.lifted = "C'est fait. Si rien d'autre ne s'y oppose, les stands "
	    "peuvent de nouveau lire votre badge quand vous dites oui.",
	.to_erase = "À effacer : aucun stand ne peut lire le badge",
	.object_noted = "Noté : vous vous êtes opposé. Les sponsors ne "
	    "peuvent plus obtenir ce que vous avez partagé, celui qui l'avait "
	    "est prié de ne pas l'utiliser, et les stands refusent votre "
	    "badge. Un mail le confirme. Plus bas, vous pouvez accepter de "
	    "nouveau.",
	.restrict_noted = "Noté : vos données sont limitées. Les "
	    "sponsors ne peuvent plus obtenir ce que vous avez partagé, celui "
	    "qui l'avait est prié de ne pas l'utiliser, et les stands "
	    "refusent votre badge. Un mail le confirme. Plus bas, vous pouvez "
	    "mettre fin à la limitation.",
	.erase_noted = "Noté : vos données seront effacées. Les "
	    "sponsors ne peuvent plus les obtenir, celui qui les avait est "
	    "prié de ne pas les utiliser, et les stands refusent votre badge. "
	    "Un mail le confirme. Plus bas est indiqué quand elles seront "
	    "effacées, et vous pouvez l'annuler.",
	.unchanged = "Rien n'a été modifié : c'était déjà le cas.",
	.copy_title = "Prendre une copie",
	.copy_text = "Tout ce qui est conservé sur vous, à lire ici ou en "
	    "fichiers lisibles par des programmes.",
	.read = "Lire ici",
	.zip = "Tous les fichiers (ZIP)",
	.json = "Un fichier (JSON)",
	.badges_title = "Votre badge",
	.on_chip = "Sur sa puce",
	.issued = "Fait le",
	.retired = "Bloqué depuis le",
	.remarks = "Ce que le sponsor a noté",
	.rating = "Note",
	.tags = "Mots-clés",
	.text = "Texte",
	.told_title = "Ce qui a été dit au sponsor",
	.told = { "Vous l'avez retiré", "Vous l'avez annulé",
	    "Cela a été corrigé", "À effacer aussi chez lui",
	    "Ce n'est pas transmis pour l'instant",
	    "C'est de nouveau transmis" },
	.confirmed = "confirmé",
	.unconfirmed = "pas encore confirmé",
	.records_title = "Preuve de votre accord",
	.records_text = "Le délai du sponsor pour ces partages est "
	    "écoulé. L’événement ne garde que la trace de votre accord et "
	    "des données concernées, sans ces données elles-mêmes, pour "
	    "pouvoir le prouver ; elle est ensuite effacée à son tour.",
	.records_until = "Conservé jusqu’au",
	.exports_title = "Ce que des sponsors ont obtenu",
	.exports_text = "Obtenu après l'arrivée de votre partage ; vos données "
	    "peuvent donc s'y trouver.",
	.cases_title = "Ce que vous avez demandé",
	.case_type = { NULL, "Accès", "Rectification", "Effacement",
	    "Limitation", "Opposition", "Portabilité", "Retrait",
	    "« Ce n'était pas moi »", "Réclamation", "Incident de sécurité",
	    "Autre" },
	.case_state = { "en cours", "en cours, prolongé", "fait",
	    "refusé", "clos sans suite" },
	.answer_by = "réponse avant le",
	.case_ended = "terminé le",
	.case_unmatched = "enregistré sous votre numéro, sans qu'il soit établi que la demande vienne de vous",
	.history_title = "Ce qui a été fait",
	.mails_title = "Mails qui vous ont été envoyés",
	.mail = { NULL, "Lien vers ces pages", "Vos partages de la journée",
	    "Lettre", "Incident de sécurité" },
	.erase_title = "Tout effacer",
	.erase_text = "Vous verrez d'abord ce qui va se passer.",
	.erase_button = "Effacer tout ce qui me concerne",
	.erase_what = {
		"Aussitôt : aucun stand ne peut lire votre badge, et les "
		"sponsors ne peuvent plus rien obtenir sur vous.",
		"Ensuite : votre inscription, les données de vos badges et ce "
		"que les sponsors ont noté sur vous sont effacés pour de bon.",
		"Les sponsors qui avaient vos données sont invités aussitôt à ne "
		"pas les utiliser, puis à les effacer aussi.",
		"Les journaux des appareils gardent qu'un partage a eu lieu, "
		"sans aucune donnée sur vous.",
		"Votre nom, votre adresse et votre numéro d'inscription "
		"restent dans un registre scellé, seulement pour que vous ne "
		"soyez pas importé de nouveau." },
	.erase_yes = "Effacer tout ce qui me concerne",
	.back = "Retour, ne rien changer",
	.planned = "Vos données seront effacées. Jusque-là vous pouvez "
	    "l'annuler :",
	.undo = "Ne pas effacer",
	.undone = "Annulé. Rien n'a été effacé.",
	.erasing = "Le délai pour l'annuler est passé : vos données sont "
	    "en cours d'effacement.",
	.overdue = "Le moment est venu, mais rien n’est encore effacé\u00a0: "
	    "cela se fera dans quelques minutes, ou dès qu’une horloge "
	    "douteuse aura été vérifiée. Jusque-là, vous pouvez l’annuler.",
	.erased = "Vos données sont effacées. Ces pages sont fermées.",
	.erase_held = "Vos données ne sont pas encore effacées\u00a0: une partie "
	    "doit être conservée pour l’instant, en raison d’une réclamation ou "
	    "d’une action en justice. Rien d’autre n’en est fait. Ensuite, nous "
	    "vous écrirons la date de l’effacement. Vous pouvez introduire une "
	    "réclamation auprès de l’autorité de contrôle ou saisir la justice, "
	    "et vous pouvez encore renoncer à l’effacement\u00a0:",
	.held = "Quelque chose doit être conservé pour l'instant, par exemple "
	    "pour une réclamation ou un procès. L'équipe de l'événement vous "
	    "dira pourquoi.",
	/* What was given to authorities, of the copy. */
	.disclosed_title = "Communiqué à des autorités et à d’autres",
	.disclosed_to = "À qui",
	.disclosed_why = "Pourquoi",
	.disclosed_what = "Quelles données",
	.disclosed_on = "Sur quelle base",
	.disclosed_basis = { NULL,
	    "Une loi l’exige",
	    "Ordre d’un tribunal ou d’une autorité",
	    "Pour protéger la vie ou l’intégrité d’une personne",
	    "Pour une action en justice" },
	/* Before a number, before a time. */
	.case_number = "Le numéro de votre demande :",
	.erase_until = "Jusqu'à cette date vous pouvez l'annuler, et rien "
	    "n'est effacé avant :",
	/* A receipt in place of an address. */
	.all_text = "Un lien vers l'ensemble arrive par mail à l'adresse de "
	    "votre inscription. Le code de ce reçu seul n'ouvre rien de "
	    "plus que cette page.",
	.all_button = "Tout ce que cet événement détient sur moi",
	.all_asked = "Si cet événement a ce partage et sait de qui il "
	    "vient, un mail avec un lien est en route vers l'adresse "
	    "d'inscription de cette personne. S'il n'arrive pas dans les "
	    "dix minutes, regardez dans les indésirables. Nous n'envoyons "
	    "pas plus de trois mails par heure.",
};
