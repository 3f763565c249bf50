//! English, Spanish, French and Arabic sentence parts. To be read by native speakers before they are shown outside a demonstration.

use super::Parts;

pub(super) const ENGLISH: Parts = Parts {
    own: [
        &[
            "I came to {place} because somebody promised me work in a shop.",
            "When I arrived they said I owe a lot of money for the journey.",
            "They put my pictures online and I cannot say no to appointments.",
            "I give almost everything I earn to them.",
            "They keep my passport and move me to another city every few weeks.",
            "They know where my family lives.",
        ],
        &[
            "I work in {work} near {place}.",
            "We work {hours} hours a day and get a few euros per hour.",
            "We sleep with {people} people in one room.",
            "The boss keeps our passports in his office.",
            "Every month there are new costs taken from my pay.",
            "He says the police will send us back if we talk.",
        ],
        &[
            "They paid my debt and now I have to do things for them in {place}.",
            "I open bank accounts in my name and give them the cards.",
            "I carry packages and I am not allowed to look.",
            "They wait for me outside the place where I sleep.",
        ],
        &[
            "I live with a family in {place} and I am not allowed to go out alone.",
            "I cook and clean all day and I have never been paid.",
            "They have my passport and say I have no rights here.",
            "I do not know my own address.",
        ],
    ],
    bystander: [
        &[
            "A woman in {place} told me that she cannot keep her own money.",
            "Someone else answers her phone and speaks for her.",
            "Different men come to the flat at fixed hours.",
            "She was moved from another city and does not know the street name.",
        ],
        &[
            "People work {hours} hours a day in {work} near {place}.",
            "They live with {people} in a shed on the grounds.",
            "The employer holds their documents.",
            "They are paid a few euros per hour in cash.",
        ],
        &[
            "A boy in {place} is picked up by older men and comes back tired.",
            "He says he owes them money and cannot stop.",
            "His bank card is with somebody else.",
        ],
        &[
            "Someone in {place} works in a household and never goes out alone.",
            "The family keeps the passport.",
            "She was told that she has to pay back the ticket first.",
        ],
    ],
    professional: &[],
    own_end: &[
        "Please do not call me, I will look here again.",
        "I want to know what I can do.",
        "I am afraid they will find out.",
    ],
    bystander_end: &[
        "I do not want them to know that I wrote this.",
        "Maybe somebody can have a look.",
    ],
    professional_end: &["An interpreter will be needed."],
    work: |sector| match sector {
        "AU-AGRI" => "a greenhouse",
        "AU-HORECA" => "a restaurant kitchen",
        "AU-BOUW" => "construction",
        "AU-INDUSTRIE" => "a meat factory",
        "AU-VERVOER" => "a warehouse",
        "AU-SCHOONMAAK" => "cleaning",
        "AU-HUIS" => "a private house",
        "AU-BEAUTY" => "a nail salon",
        "AU-AUTOWAS" => "a car wash",
        _ => "a company",
    },
};

pub(super) const SPANISH: Parts = Parts {
    own: [
        &[
            "Llegué a {place} porque me prometieron un trabajo de limpieza.",
            "El trabajo era otro y no puedo negarme.",
            "Me quitaron el pasaporte y debo mucho dinero por el viaje.",
            "Otra persona maneja mi anuncio y mi teléfono.",
            "Cada dos semanas me llevan a otra ciudad.",
        ],
        &[
            "Trabajo en {work} cerca de {place}.",
            "Trabajamos {hours} horas al día.",
            "Dormimos {people} personas en un cuarto.",
            "El jefe tiene nuestros pasaportes.",
            "Casi no nos pagan.",
        ],
        &[
            "Me pidieron abrir una cuenta de banco en {place} y ahora la usan ellos.",
            "Tengo que llevar paquetes y no sé qué hay dentro.",
            "Dicen que todavía debo dinero.",
        ],
        &[
            "Vivo en una casa en {place} y trabajo todo el día sin sueldo.",
            "No me dejan salir.",
            "Ellos guardan mis documentos.",
        ],
    ],
    bystander: [
        &[
            "Mi amiga está en {place} y no puede quedarse con su dinero.",
            "Otra persona contesta su teléfono.",
            "La cambian de ciudad y tiene miedo.",
        ],
        &[
            "Mi hermano trabaja {hours} horas al día en {work} cerca de {place}.",
            "Viven {people} en una habitación.",
            "El jefe tiene los pasaportes.",
        ],
        &[
            "A mi amigo en {place} le quitaron la tarjeta del banco.",
            "Tiene que hacer cosas para ellos por una deuda.",
        ],
        &[
            "Una mujer trabaja en una casa en {place} y no le pagan.",
            "No tiene sus papeles.",
        ],
    ],
    professional: &[],
    own_end: &[
        "Por favor no me llamen.",
        "Quiero saber qué puedo hacer.",
        "Tengo miedo de que se enteren.",
    ],
    bystander_end: &[
        "No quiero que sepan que escribí esto.",
        "Por favor, ayúdenla.",
    ],
    professional_end: &[],
    work: |sector| match sector {
        "AU-AGRI" => "un invernadero",
        "AU-HORECA" => "un restaurante",
        "AU-BOUW" => "la construcción",
        "AU-SCHOONMAAK" => "limpieza",
        _ => "una empresa",
    },
};

pub(super) const FRENCH: Parts = Parts {
    own: [
        &[
            "On m'avait promis un travail à {place}.",
            "Ce n'était pas ce travail et je ne peux pas refuser.",
            "Ils gardent mon passeport et presque tout l'argent.",
            "On me change souvent de ville.",
        ],
        &[
            "Je travaille dans {work} près de {place}.",
            "Nous travaillons {hours} heures par jour.",
            "Nous dormons à {people} dans une pièce.",
            "Le patron garde nos passeports.",
        ],
        &[
            "À {place} on m'a demandé d'ouvrir un compte et ils ont la carte.",
            "Je dois porter des paquets à cause d'une dette.",
            "Ils m'attendent dehors.",
        ],
        &[
            "Je vis dans une famille à {place} et je travaille sans salaire.",
            "Je n'ai pas le droit de sortir.",
            "Ils gardent mes papiers.",
        ],
    ],
    bystander: [
        &[
            "Une amie à {place} ne peut pas garder son argent.",
            "Quelqu'un répond à sa place au téléphone.",
        ],
        &[
            "Mon cousin travaille {hours} heures par jour dans {work} près de {place}.",
            "Ils vivent à {people} dans une pièce.",
        ],
        &[
            "Un jeune à {place} doit faire des choses pour rembourser une dette.",
            "Sa carte bancaire est chez quelqu'un d'autre.",
        ],
        &[
            "Une femme à {place} travaille dans une maison sans être payée.",
            "Elle n'a pas ses papiers.",
        ],
    ],
    professional: &[],
    own_end: &[
        "Ne m'appelez pas, je regarderai ici.",
        "Je voudrais savoir ce que je peux faire.",
    ],
    bystander_end: &["Je ne veux pas qu'ils sachent que j'ai écrit."],
    professional_end: &[],
    work: |sector| match sector {
        "AU-AGRI" => "une serre",
        "AU-HORECA" => "un restaurant",
        "AU-BOUW" => "le bâtiment",
        _ => "une entreprise",
    },
};

pub(super) const ARABIC: Parts = Parts {
    own: [
        &[
            "وعدوني بعمل في {place}.",
            "العمل كان شيئا آخر ولا أستطيع الرفض.",
            "أخذوا جواز سفري وأغلب المال.",
            "ينقلونني من مدينة إلى أخرى.",
        ],
        &[
            "أعمل في {work} قرب {place}.",
            "نعمل {hours} ساعة في اليوم.",
            "ننام {people} أشخاص في غرفة واحدة.",
            "صاحب العمل يحتفظ بجوازات السفر.",
        ],
        &[
            "طلبوا مني في {place} فتح حساب بنكي وأخذوا البطاقة.",
            "يقولون إن علي دينا ولا أستطيع التوقف.",
            "ينتظرونني في الشارع.",
        ],
        &[
            "أعيش مع عائلة في {place} وأعمل بدون أجر.",
            "لا أخرج وحدي أبدا.",
            "أوراقي عندهم.",
        ],
    ],
    bystander: [
        &[
            "صديقتي في {place} لا تستطيع أن تحتفظ بمالها.",
            "شخص آخر يرد على هاتفها.",
        ],
        &[
            "أخي يعمل {hours} ساعة في اليوم في {work} قرب {place}.",
            "يسكن {people} أشخاص في غرفة واحدة.",
        ],
        &["شاب في {place} يعمل لهم بسبب دين.", "بطاقة البنك ليست معه."],
        &[
            "امرأة في {place} تعمل في بيت بدون أجر.",
            "أوراقها ليست معها.",
        ],
    ],
    professional: &[],
    own_end: &["من فضلكم لا تتصلوا بي.", "أريد أن أعرف ماذا أستطيع أن أفعل."],
    bystander_end: &["لا أريد أن يعرفوا أنني كتبت هذا."],
    professional_end: &[],
    work: |sector| match sector {
        "AU-AGRI" => "بيت زجاجي",
        "AU-HORECA" => "مطعم",
        "AU-BOUW" => "البناء",
        _ => "شركة",
    },
};
