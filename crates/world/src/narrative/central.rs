//! Polish, Romanian, Bulgarian and Hungarian sentence parts. To be read by native speakers before they are shown outside a demonstration.

use super::Parts;

pub(super) const POLISH: Parts = Parts {
    own: [
        &[
            "Jestem w {place}, bo obiecano mi pracę w sklepie.",
            "Praca okazała się inna i nie mogę odmówić.",
            "Zabrali mi paszport i prawie wszystkie pieniądze.",
            "Co kilka tygodni wożą mnie do innego miasta.",
        ],
        &[
            "Pracuję w {work} koło {place}.",
            "Pracujemy {hours} godzin dziennie, także w niedzielę.",
            "Śpimy w {people} osób w jednym pokoju.",
            "Szef trzyma nasze paszporty.",
            "Z wypłaty prawie nic nie zostaje.",
            "Kto się skarży, ten traci mieszkanie.",
        ],
        &[
            "W {place} kazali mi założyć konto i oddać kartę.",
            "Muszę wozić paczki, bo mam u nich dług.",
            "Czekają na mnie pod domem.",
        ],
        &[
            "Mieszkam u rodziny w {place} i pracuję bez pensji.",
            "Nie wychodzę sama z domu.",
            "Moje dokumenty są u nich.",
        ],
    ],
    bystander: [
        &[
            "Koleżanka w {place} nie może zatrzymać swoich pieniędzy.",
            "Ktoś inny odbiera jej telefon.",
            "Przenoszą ją z miasta do miasta.",
        ],
        &[
            "Ludzie w {work} koło {place} pracują {hours} godzin dziennie.",
            "Mieszka ich {people} w jednej szopie.",
            "Szef zabrał im paszporty.",
            "Dostają kilka euro za godzinę.",
        ],
        &[
            "Chłopak z {place} musi coś robić dla starszych, bo ma dług.",
            "Jego karta jest u kogoś innego.",
        ],
        &[
            "Kobieta w {place} pracuje w domu i nie dostaje pieniędzy.",
            "Nie ma swoich dokumentów.",
        ],
    ],
    professional: &[],
    own_end: &[
        "Proszę do mnie nie dzwonić.",
        "Chcę wiedzieć, co mogę zrobić.",
        "Boję się, że się dowiedzą.",
    ],
    bystander_end: &[
        "Nie chcę, żeby wiedzieli, że to ja piszę.",
        "Proszę to sprawdzić.",
    ],
    professional_end: &[],
    work: |sector| match sector {
        "AU-AGRI" => "szklarni",
        "AU-HORECA" => "restauracji",
        "AU-BOUW" => "firmie budowlanej",
        "AU-INDUSTRIE" => "zakładach mięsnych",
        "AU-VERVOER" => "magazynie",
        "AU-SCHOONMAAK" => "firmie sprzątającej",
        _ => "firmie",
    },
};

pub(super) const ROMANIAN: Parts = Parts {
    own: [
        &[
            "Am venit la {place} pentru că mi-au promis de lucru.",
            "Munca era alta și nu pot să refuz.",
            "Mi-au luat pașaportul și aproape toți banii.",
            "El spune că mă iubește, dar nu am voie să văd pe nimeni.",
        ],
        &[
            "Lucrez la {work} lângă {place}.",
            "Lucrăm {hours} ore pe zi.",
            "Dormim {people} oameni într-o cameră.",
            "Șeful ține pașapoartele noastre.",
            "Primim câțiva euro pe oră, restul îl oprește.",
            "Dacă ne plângem, ne dă afară din casă.",
        ],
        &[
            "La {place} m-au pus să fur din magazine ca să plătesc o datorie.",
            "Cardul meu este la altcineva.",
            "Mă așteaptă în mașină.",
        ],
        &[
            "Stau la o familie în {place} și muncesc fără salariu.",
            "Mă trimit să cer bani și îi iau seara.",
            "Actele mele sunt la ei.",
        ],
    ],
    bystander: [
        &[
            "O prietenă din {place} nu are voie să păstreze banii.",
            "Altcineva răspunde la telefonul ei.",
            "O mută dintr-un oraș în altul.",
        ],
        &[
            "La {work} lângă {place} oamenii lucrează {hours} ore pe zi.",
            "Locuiesc {people} într-o magazie.",
            "Patronul le-a luat pașapoartele.",
            "Sunt plătiți cu câțiva euro pe oră.",
        ],
        &[
            "Un băiat din {place} trebuie să facă lucruri pentru cei mai mari.",
            "Zice că are o datorie.",
        ],
        &[
            "O femeie din {place} muncește într-o casă și nu este plătită.",
            "Nu are actele la ea.",
        ],
    ],
    professional: &[],
    own_end: &[
        "Vă rog să nu mă sunați.",
        "Vreau să știu ce pot face.",
        "Mi-e frică să nu afle.",
    ],
    bystander_end: &["Nu vreau să afle că am scris eu.", "Vă rog să verificați."],
    professional_end: &[],
    work: |sector| match sector {
        "AU-AGRI" => "o seră",
        "AU-HORECA" => "un restaurant",
        "AU-BOUW" => "o firmă de construcții",
        "AU-INDUSTRIE" => "o fabrică de carne",
        "AU-VERVOER" => "un depozit",
        _ => "o firmă",
    },
};

pub(super) const BULGARIAN: Parts = Parts {
    own: [
        &[
            "Дойдох в {place}, защото ми обещаха работа.",
            "Работата беше друга и не мога да отказвам.",
            "Взеха ми паспорта и почти всички пари.",
            "Местят ме от град на град.",
        ],
        &[
            "Работя в {work} до {place}.",
            "Работим по {hours} часа на ден.",
            "Спим {people} души в една стая.",
            "Шефът държи паспортите ни.",
            "Почти нищо не ни плащат.",
        ],
        &[
            "В {place} ме карат да крада, за да върна дълг.",
            "Картата ми е у друг човек.",
            "Чакат ме пред къщата.",
        ],
        &[
            "Живея при едно семейство в {place} и работя без пари.",
            "Карат ме да прося и вечер вземат парите.",
            "Документите ми са у тях.",
        ],
    ],
    bystander: [
        &[
            "Моя приятелка в {place} не може да задържи парите си.",
            "Друг човек вдига телефона ѝ.",
        ],
        &[
            "Хората в {work} до {place} работят по {hours} часа.",
            "Живеят {people} души в една барака.",
            "Шефът взе паспортите им.",
        ],
        &["Едно момче от {place} прави неща за по-големите заради дълг."],
        &["Една жена в {place} работи в къща и не ѝ плащат."],
    ],
    professional: &[],
    own_end: &[
        "Моля, не ми се обаждайте.",
        "Искам да знам какво мога да направя.",
    ],
    bystander_end: &["Не искам да разберат, че аз пиша."],
    professional_end: &[],
    work: |sector| match sector {
        "AU-AGRI" => "оранжерия",
        "AU-HORECA" => "ресторант",
        "AU-BOUW" => "строителна фирма",
        _ => "фирма",
    },
};

pub(super) const HUNGARIAN: Parts = Parts {
    own: [
        &[
            "Munkát ígértek nekem, ezért jöttem ide: {place}.",
            "A munka egészen más volt, és nem mondhatok nemet.",
            "Elvették az útlevelemet és szinte minden pénzemet.",
            "Néhány hetente másik városba visznek.",
        ],
        &[
            "Itt dolgozom: {work}, {place} mellett.",
            "Napi {hours} órát dolgozunk.",
            "Egy szobában {people} ember alszik.",
            "A főnök tartja az útleveleinket.",
            "Alig fizetnek valamit.",
        ],
        &[
            "Bankszámlát kellett nyitnom itt: {place}, és elvették a kártyát.",
            "Azt mondják, tartozom nekik.",
            "A ház előtt várnak rám.",
        ],
        &[
            "Egy családnál élek, {place}, és fizetés nélkül dolgozom.",
            "Egyedül nem mehetek ki.",
            "Az irataim náluk vannak.",
        ],
    ],
    bystander: [
        &[
            "Egy barátnőm ({place}) nem tarthatja meg a pénzét.",
            "Más veszi fel a telefonját.",
        ],
        &[
            "Az emberek napi {hours} órát dolgoznak: {work}, {place} mellett.",
            "{people} ember lakik egy fészerben.",
            "A főnök elvette az útleveleket.",
        ],
        &["Egy fiú ({place}) adósság miatt dolgozik idősebbeknek."],
        &["Egy nő ({place}) egy házban dolgozik, és nem fizetik."],
    ],
    professional: &[],
    own_end: &["Kérem, ne hívjanak fel.", "Szeretném tudni, mit tehetek."],
    bystander_end: &["Nem akarom, hogy megtudják, hogy én írtam."],
    professional_end: &[],
    work: |sector| match sector {
        "AU-AGRI" => "üvegház",
        "AU-HORECA" => "étterem",
        "AU-BOUW" => "építkezés",
        _ => "cég",
    },
};
