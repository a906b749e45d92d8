// SPDX-License-Identifier: Apache-2.0
/* What was done, of the audit's rows about a registration, to its person. */
#include "host/my_parts.h"

#include <string.h>

#include "host/audit.h"

#define LANGUAGES 8

static const char lang[LANGUAGES][3] = { "en", "de", "fr", "es", "ja", "zh", "ar",
	"hi" };

static const struct {
	enum audit_act act;
	const char *said[LANGUAGES];	/* as `lang` has them */
} acts[] = {
	{ DID_REGISTRATION_WITHHOLD, {
	    "Staff withheld your registration",
	    "Das Team setzte Ihre Anmeldung aus",
	    "L'équipe a suspendu votre inscription",
	    "El equipo retuvo su inscripción",
	    "スタッフが登録を保留にしました",
	    "工作人员暂停了您的注册",
	    "أوقف الفريق تسجيلك",
	    "दल ने आपका पंजीकरण रोका" } },
	{ DID_REGISTRATION_RELEASE, {
	    "Staff released your registration",
	    "Das Team gab Ihre Anmeldung frei",
	    "L'équipe a rétabli votre inscription",
	    "El equipo liberó su inscripción",
	    "スタッフが登録の保留を解きました",
	    "工作人员恢复了您的注册",
	    "أعاد الفريق تفعيل تسجيلك",
	    "दल ने आपका पंजीकरण फिर चालू किया" } },
	{ DID_REGISTRATION_MINOR, {
	    "Marked as a minor's registration",
	    "Als Anmeldung einer minderjährigen Person vermerkt",
	    "Marquée comme inscription d'un mineur",
	    "Marcada como inscripción de un menor",
	    "未成年者の登録とされました",
	    "标记为未成年人的注册",
	    "وُسم التسجيل بأنه لقاصر",
	    "नाबालिग के पंजीकरण के रूप में दर्ज" } },
	{ DID_BADGE_ORDER, {
	    "A badge was ordered for you",
	    "Ein Badge für Sie wurde bestellt",
	    "Un badge a été commandé pour vous",
	    "Se encargó una acreditación para usted",
	    "バッジの作成が依頼されました",
	    "为您下单制作了胸卡",
	    "طُلبت لك شارة",
	    "आपके लिए बैज मँगाया गया" } },
	{ DID_BADGE_CANCEL, {
	    "The order of a badge was taken back",
	    "Die Bestellung eines Badges wurde zurückgenommen",
	    "La commande d'un badge a été annulée",
	    "Se anuló el encargo de una acreditación",
	    "バッジの依頼が取り消されました",
	    "胸卡的订单已取消",
	    "أُلغي طلب شارة",
	    "बैज की माँग वापस ली गई" } },
	{ DID_BADGE_OVER, {
	    "Your badge was blocked: another one was written over it",
	    "Ihr Badge wurde gesperrt: Ein anderer wurde darübergeschrieben",
	    "Votre badge a été bloqué : un autre a été écrit par-dessus",
	    "Su acreditación se bloqueó: se escribió otra encima",
	    "バッジは停止されました:別のバッジが上書きされました",
	    "您的胸卡已停用:其上写入了另一张",
	    "أُوقفت شارتك: كُتبت فوقها شارة أخرى",
	    "आपका बैज रोका गया: उस पर दूसरा लिखा गया" } },
	{ DID_RIGHT_RESTRICT, {
	    "Your data was restricted",
	    "Ihre Daten wurden eingeschränkt",
	    "Vos données ont été limitées",
	    "Sus datos se limitaron",
	    "情報が制限されました",
	    "您的信息被限制",
	    "قُيدت بياناتك",
	    "आपका डेटा प्रतिबंधित किया गया" } },
	{ DID_RIGHT_LIFT, {
	    "The restriction was ended",
	    "Die Einschränkung wurde beendet",
	    "La limitation a pris fin",
	    "Terminó la limitación",
	    "制限が終わりました",
	    "限制已结束",
	    "انتهى التقييد",
	    "प्रतिबंध समाप्त हुआ" } },
	{ DID_RIGHT_OBJECT, {
	    "You objected",
	    "Sie haben widersprochen",
	    "Vous vous êtes opposé",
	    "Usted se opuso",
	    "異議を申し立てました",
	    "您提出了反对",
	    "اعترضت",
	    "आपने आपत्ति की" } },
	{ DID_RIGHT_AGREE, {
	    "You took your objection back",
	    "Sie haben Ihren Widerspruch zurückgenommen",
	    "Vous avez retiré votre opposition",
	    "Usted retiró su oposición",
	    "異議を取り下げました",
	    "您撤回了反对",
	    "سحبت اعتراضك",
	    "आपने अपनी आपत्ति वापस ली" } },
	{ DID_RIGHT_WITHHOLD, {
	    "Staff withheld your registration",
	    "Das Team setzte Ihre Anmeldung aus",
	    "L'équipe a suspendu votre inscription",
	    "El equipo retuvo su inscripción",
	    "スタッフが登録を保留にしました",
	    "工作人员暂停了您的注册",
	    "أوقف الفريق تسجيلك",
	    "दल ने आपका पंजीकरण रोका" } },
	{ DID_RIGHT_RELEASE, {
	    "Staff released your registration",
	    "Das Team gab Ihre Anmeldung frei",
	    "L'équipe a rétabli votre inscription",
	    "El equipo liberó su inscripción",
	    "スタッフが登録の保留を解きました",
	    "工作人员恢复了您的注册",
	    "أعاد الفريق تفعيل تسجيلك",
	    "दल ने आपका पंजीकरण फिर चालू किया" } },
	{ DID_RIGHT_CORRECT, {
	    "A value was corrected",
	    "Eine Angabe wurde berichtigt",
	    "Une donnée a été corrigée",
	    "Se corrigió un dato",
	    "項目が訂正されました",
	    "更正了一项信息",
	    "صُحح بيان",
	    "एक विवरण सुधारा गया" } },
	{ DID_RIGHT_ERASE, {
	    "Your erasure was planned",
	    "Die Löschung Ihrer Daten wurde vorgemerkt",
	    "L'effacement de vos données a été prévu",
	    "Se previó el borrado de sus datos",
	    "情報の消去が予定されました",
	    "已安排删除您的信息",
	    "تقرر محو بياناتك",
	    "आपका डेटा मिटाना तय किया गया" } },
	{ DID_RIGHT_UNDO, {
	    "The erasure was called off",
	    "Die Löschung wurde zurückgenommen",
	    "L'effacement a été annulé",
	    "Se anuló el borrado",
	    "消去が取りやめられました",
	    "删除已取消",
	    "أُلغي المحو",
	    "मिटाना रोक दिया गया" } },
	{ DID_RIGHT_HELD, {
	    "The erasure has to wait: something must be kept for now",
	    "Die Löschung muss warten: Etwas muss vorerst aufbewahrt werden",
	    "L'effacement doit attendre : quelque chose doit être conservé pour l'instant",
	    "El borrado tiene que esperar: algo debe conservarse por ahora",
	    "消去は待たれています:今は保存すべきものがあります",
	    "删除须等待:目前有内容必须保留",
	    "المحو مؤجل: يجب الاحتفاظ بشيء في الوقت الحالي",
	    "मिटाना रुका है: अभी कुछ रखना ज़रूरी है" } },
	{ DID_RIGHT_READMIT, {
	    "You were let in again after an erasure",
	    "Sie wurden nach einer Löschung wieder zugelassen",
	    "Vous avez été réadmis après un effacement",
	    "Se le admitió de nuevo tras un borrado",
	    "消去の後、再び登録が認められました",
	    "删除之后重新获准注册",
	    "سُمح لك من جديد بعد محو",
	    "मिटाने के बाद आपको फिर शामिल किया गया" } },
	{ DID_RIGHT_REDO, {
	    "It was done again after a backup was put back",
	    "Nach dem Einspielen einer Sicherung noch einmal ausgeführt",
	    "Refait après la restauration d'une sauvegarde",
	    "Se hizo de nuevo tras restaurar una copia de seguridad",
	    "バックアップを戻した後、もう一度実行されました",
	    "恢复备份之后再次执行",
	    "نُفذ من جديد بعد استعادة نسخة احتياطية",
	    "बैकअप वापस लाने के बाद फिर किया गया" } },
	{ DID_WITHDRAW_ALL, {
	    "All your shares were withdrawn",
	    "Alle Ihre Weitergaben wurden widerrufen",
	    "Tous vos partages ont été retirés",
	    "Se retiró todo lo que compartió",
	    "すべての共有が撤回されました",
	    "您的全部分享已撤回",
	    "سُحب كل ما شاركته",
	    "आपके सब साझाकरण वापस लिए गए" } },
	{ DID_MY_OPEN, {
	    "These pages were opened with a mailed link",
	    "Diese Seiten wurden mit einem Link aus einer Mail geöffnet",
	    "Ces pages ont été ouvertes par un lien reçu par mail",
	    "Estas páginas se abrieron con un enlace enviado por correo",
	    "メールのリンクからこれらのページが開かれました",
	    "通过邮件链接打开了这些页面",
	    "فُتحت هذه الصفحات برابط أُرسل بالبريد",
	    "ये पृष्ठ मेल में भेजे लिंक से खोले गए" } },
	{ DID_MAIL_STOP, {
	    "You wanted no more daily mail",
	    "Sie wollten keine tägliche Mail mehr",
	    "Vous n'avez plus voulu de mail quotidien",
	    "Usted no quiso más correos diarios",
	    "毎日のメールを停止しました",
	    "您不再需要每日邮件",
	    "لم تعد تريد البريد اليومي",
	    "आपने दैनिक मेल बंद किया" } },
};

const char *
my_did(const char *language, const char *act)
{
	size_t l = 0;

	for (size_t i = 0; i < LANGUAGES; i++)
		if (strcmp(lang[i], language) == 0)
			l = i;
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if (strcmp(audit_act_name(acts[i].act), act) == 0)
			return acts[i].said[l];
	return act;
}
