//! Made-up names: common given names, and family names put together from stems and endings of our own.
//!
//! A combination may happen to exist somewhere; none was taken from a person.

use crate::dice::Dice;
use crate::story::Sex;

/// The given names, family stems and endings of one language area.
pub(crate) struct Culture {
    female: &'static [&'static str],
    male: &'static [&'static str],
    stems: &'static [&'static str],
    endings_female: &'static [&'static str],
    endings_male: &'static [&'static str],
}

/// A given and a family name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    pub given: String,
    pub family: String,
}

impl Culture {
    /// Draws a name for somebody of this sex.
    pub(crate) fn name(&self, dice: &mut Dice, sex: Sex) -> Name {
        let female = match sex {
            Sex::F => true,
            Sex::M => false,
            Sex::X => dice.chance(500),
        };
        let (given, endings) = if female {
            (self.female, self.endings_female)
        } else {
            (self.male, self.endings_male)
        };
        Name {
            given: (*dice.pick(given)).to_owned(),
            family: format!("{}{}", dice.pick(self.stems), dice.pick(endings)),
        }
    }
}

/// The language area of a country of origin.
pub(crate) fn culture(origin: &str) -> &'static Culture {
    match origin {
        "PL" | "LT" => &POLISH,
        "RO" => &ROMANIAN,
        "BG" => &BULGARIAN,
        "HU" => &HUNGARIAN,
        "NG" | "GM" | "SL" => &NIGERIAN,
        "UG" => &UGANDAN,
        "VN" => &VIETNAMESE,
        "MA" => &MOROCCAN,
        "CN" => &CHINESE,
        "IN" | "ID" => &INDIAN,
        "UA" => &UKRAINIAN,
        "SY" => &SYRIAN,
        "ER" => &ERITREAN,
        "CO" | "VE" | "DO" | "BR" | "PH" => &IBERIAN,
        "AL" => &ALBANIAN,
        _ => &DUTCH,
    }
}

/// Working names and nicknames.
pub(crate) const NICKNAMES: [&str; 32] = [
    "Luna", "Bella", "Kiki", "Roxy", "Mila", "Candy", "Sunny", "Lexi", "Gigi", "Nikki", "Jade",
    "Ruby", "Coco", "Angel", "Lola", "Maya", "Rico", "Smiley", "Kleine", "Flaco", "Bobby", "Zizou",
    "Tico", "Lange", "Kid", "Momo", "Junior", "Blacka", "Speedy", "Nino", "Ghost", "Prins",
];

pub(crate) const DUTCH: Culture = Culture {
    female: &[
        "Sanne", "Lotte", "Femke", "Anouk", "Iris", "Marit", "Jasmijn", "Roos", "Lieke", "Esther",
        "Chantal", "Naomi", "Wendy", "Tessa", "Fleur", "Maaike", "Kim", "Romy", "Shanaya", "Yara",
    ],
    male: &[
        "Bram", "Joris", "Thijs", "Ruben", "Stijn", "Koen", "Sander", "Milan", "Jeroen", "Luuk",
        "Daan", "Niels", "Gijs", "Rick", "Jurre", "Dylan", "Jayden", "Marnix", "Wouter", "Tygo",
    ],
    stems: &[
        "Wilgen", "Zomer", "Klaver", "Heide", "Duin", "Meer", "Ooster", "Hazel", "Linde", "Veen",
        "Kromme", "Zand", "Molen", "Riet", "Berken", "Vonder", "Noorder", "Elzen", "Koren", "Brem",
    ],
    endings_female: &[
        "steeg", "kade", "hof", "laar", "brink", "horst", "waard", "dam", "sluis", "wold", "beek",
        "gaard",
    ],
    endings_male: &[
        "steeg", "kade", "hof", "laar", "brink", "horst", "waard", "dam", "sluis", "wold", "beek",
        "gaard",
    ],
};

const POLISH: Culture = Culture {
    female: &[
        "Agnieszka",
        "Katarzyna",
        "Magdalena",
        "Ewa",
        "Dorota",
        "Zuzanna",
        "Kinga",
        "Beata",
        "Alicja",
        "Weronika",
        "Iwona",
        "Justyna",
    ],
    male: &[
        "Tomasz",
        "Piotr",
        "Krzysztof",
        "Marcin",
        "Paweł",
        "Łukasz",
        "Grzegorz",
        "Mateusz",
        "Adam",
        "Dawid",
        "Kamil",
        "Rafał",
    ],
    stems: &[
        "Brzoz", "Jawor", "Lipn", "Sosn", "Kalin", "Grab", "Dębn", "Wierzb", "Jarzęb", "Malin",
        "Zielon", "Stawn", "Wrzos", "Olszan", "Borow",
    ],
    endings_female: &["owska", "icka", "ewska", "ińska", "anka"],
    endings_male: &["owski", "icki", "ewski", "iński", "anek"],
};

const ROMANIAN: Culture = Culture {
    female: &[
        "Andreea",
        "Elena",
        "Ioana",
        "Mihaela",
        "Cristina",
        "Alina",
        "Raluca",
        "Ștefania",
        "Gabriela",
        "Denisa",
        "Larisa",
        "Simona",
    ],
    male: &[
        "Andrei",
        "Ionuț",
        "Marian",
        "Florin",
        "Cătălin",
        "Vasile",
        "Bogdan",
        "Răzvan",
        "Sorin",
        "Dănuț",
        "Costel",
        "Nicolae",
    ],
    stems: &[
        "Brăd", "Stejăr", "Ulm", "Tei", "Corn", "Cireș", "Prun", "Nuc", "Fag", "Mestec", "Zăvoi",
        "Luncă", "Poieni", "Vâlc", "Măgur",
    ],
    endings_female: &["escu", "eanu", "aru", "iu", "oiu"],
    endings_male: &["escu", "eanu", "aru", "iu", "oiu"],
};

const BULGARIAN: Culture = Culture {
    female: &[
        "Desislava",
        "Petya",
        "Gergana",
        "Ivanka",
        "Stefka",
        "Zlatka",
        "Milena",
        "Rositsa",
        "Tanya",
        "Yana",
        "Violeta",
        "Kalina",
    ],
    male: &[
        "Georgi", "Dimitar", "Hristo", "Plamen", "Stoyan", "Angel", "Krasimir", "Veselin", "Asen",
        "Boyan", "Mitko", "Rumen",
    ],
    stems: &[
        "Yavor", "Topol", "Dryan", "Kalin", "Borov", "Slivn", "Orehov", "Lipn", "Gabar", "Zdravk",
        "Rosen", "Smil", "Trend", "Byal", "Gorsk",
    ],
    endings_female: &["ova", "eva", "ska", "inova"],
    endings_male: &["ov", "ev", "ski", "inov"],
};

const HUNGARIAN: Culture = Culture {
    female: &[
        "Zsófia",
        "Katalin",
        "Eszter",
        "Réka",
        "Ildikó",
        "Boglárka",
        "Tímea",
        "Nikolett",
        "Anikó",
        "Dóra",
        "Vivien",
        "Orsolya",
    ],
    male: &[
        "Gábor", "Zoltán", "László", "Attila", "Bence", "Tamás", "Csaba", "Dániel", "Ferenc",
        "Norbert", "Ádám", "Sándor",
    ],
    stems: &[
        "Füz", "Tölgy", "Nyír", "Hárs", "Rét", "Kőris", "Vadas", "Somfa", "Bodza", "Szil", "Berek",
        "Liget", "Forrás", "Mezős", "Patak",
    ],
    endings_female: &["esi", "falvi", "laki", "vári", "hegyi"],
    endings_male: &["esi", "falvi", "laki", "vári", "hegyi"],
};

const NIGERIAN: Culture = Culture {
    female: &[
        "Blessing", "Joy", "Faith", "Gift", "Precious", "Mercy", "Osas", "Ivie", "Patience",
        "Success", "Isoken", "Efe",
    ],
    male: &[
        "Osaze", "Efosa", "Emeka", "Tunde", "Festus", "Lucky", "Sunday", "Kelvin", "Idris", "Uche",
        "Monday", "Friday",
    ],
    stems: &[
        "Osa", "Ehi", "Igho", "Ogie", "Uwa", "Ade", "Olu", "Chuk", "Nna", "Oke", "Eke", "Ayo",
        "Ufu", "Omo", "Iro",
    ],
    endings_female: &[
        "renwa", "zemwin", "bayo", "damola", "emeka", "nosa", "gbowa", "sogie", "yinka", "dolor",
    ],
    endings_male: &[
        "renwa", "zemwin", "bayo", "damola", "emeka", "nosa", "gbowa", "sogie", "yinka", "dolor",
    ],
};

const UGANDAN: Culture = Culture {
    female: &[
        "Grace", "Aisha", "Prossy", "Sarah", "Hadijah", "Brenda", "Doreen", "Ritah", "Juliet",
        "Olivia", "Winnie", "Shamim",
    ],
    male: &[
        "Moses", "Ronald", "Isaac", "Hassan", "Denis", "Julius", "Godfrey", "Brian", "Ivan",
        "Ismail", "Robert", "Edgar",
    ],
    stems: &[
        "Naki", "Sse", "Mugi", "Kato", "Tumu", "Nama", "Byaru", "Lubo", "Kiza", "Mpa", "Oke",
        "Acha", "Wasa", "Nalu", "Kyo",
    ],
    endings_female: &[
        "wuka", "birye", "sinde", "hanga", "galla", "lwanga", "tooro", "bende", "zibwe", "kello",
    ],
    endings_male: &[
        "wuka", "birye", "sinde", "hanga", "galla", "lwanga", "tooro", "bende", "zibwe", "kello",
    ],
};

const VIETNAMESE: Culture = Culture {
    female: &[
        "Thị Lan",
        "Thị Hoa",
        "Ngọc Mai",
        "Thu Hà",
        "Thị Hương",
        "Bích Ngọc",
        "Thanh Thảo",
        "Kim Liên",
        "Mỹ Linh",
        "Thị Yến",
    ],
    male: &[
        "Văn Minh",
        "Đức Anh",
        "Quốc Bảo",
        "Văn Hùng",
        "Tuấn Kiệt",
        "Hữu Phước",
        "Văn Long",
        "Đình Nam",
        "Công Thành",
        "Gia Huy",
    ],
    stems: &[
        "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
        "Lý", "Đào", "Đoàn",
    ],
    endings_female: &[""],
    endings_male: &[""],
};

const MOROCCAN: Culture = Culture {
    female: &[
        "Fatiha", "Naima", "Khadija", "Salma", "Hanane", "Samira", "Zineb", "Loubna", "Ikram",
        "Siham", "Amina", "Houda",
    ],
    male: &[
        "Youssef", "Hicham", "Rachid", "Bilal", "Anouar", "Soufiane", "Mounir", "Khalid", "Ilyas",
        "Nabil", "Redouan", "Zakaria",
    ],
    stems: &[
        "Azn", "Tamez", "Benh", "Ouz", "Amr", "Bouk", "Tiz", "Lamr", "Ifr", "Aghb", "Zer", "Mek",
        "Tafr", "Ouar", "Said",
    ],
    endings_female: &[
        "aoui", "ouche", "ane", "ari", "oudi", "ini", "allah", "ouani",
    ],
    endings_male: &[
        "aoui", "ouche", "ane", "ari", "oudi", "ini", "allah", "ouani",
    ],
};

const CHINESE: Culture = Culture {
    female: &[
        "Meiling", "Xiaoyan", "Lihua", "Yuting", "Qing", "Jiayi", "Hong", "Xiulan", "Shufen",
        "Ying",
    ],
    male: &[
        "Jianguo", "Weiming", "Zhiqiang", "Haoran", "Guoliang", "Yong", "Bowen", "Jun", "Dawei",
        "Chao",
    ],
    stems: &[
        "Wang", "Li", "Zhang", "Chen", "Lin", "Huang", "Zhou", "Wu", "Xu", "Zheng", "He", "Guo",
        "Luo", "Xie", "Ye",
    ],
    endings_female: &[""],
    endings_male: &[""],
};

const INDIAN: Culture = Culture {
    female: &[
        "Priya", "Sunita", "Anjali", "Kavita", "Dewi", "Rekha", "Lakshmi", "Sari", "Meena",
        "Pooja", "Putri", "Harpreet",
    ],
    male: &[
        "Rahul", "Sanjay", "Arjun", "Manpreet", "Vikram", "Suresh", "Budi", "Agus", "Deepak",
        "Imran", "Ravi", "Gurdeep",
    ],
    stems: &[
        "Chand", "Raj", "Bhar", "Suj", "Gop", "Kul", "Man", "Vel", "Sur", "Hard", "Kart", "Nir",
        "Put", "Wib", "Sant",
    ],
    endings_female: &[
        "wani", "ani", "eshwar", "anthan", "deep", "ika", "oso", "awan",
    ],
    endings_male: &[
        "wani", "ani", "eshwar", "anthan", "deep", "ika", "oso", "awan",
    ],
};

const UKRAINIAN: Culture = Culture {
    female: &[
        "Oksana", "Natalia", "Iryna", "Olena", "Tetiana", "Svitlana", "Halyna", "Yulia", "Daryna",
        "Solomia",
    ],
    male: &[
        "Oleksandr",
        "Andriy",
        "Mykola",
        "Vasyl",
        "Serhiy",
        "Taras",
        "Bohdan",
        "Ihor",
        "Yuriy",
        "Dmytro",
    ],
    stems: &[
        "Verb", "Kalyn", "Duban", "Yasen", "Hrab", "Sosn", "Lypn", "Topol", "Vyshn", "Berez",
        "Klen", "Hai", "Stepn", "Lisov", "Bor",
    ],
    endings_female: &["enko", "chuk", "ivska", "yshyn", "ko"],
    endings_male: &["enko", "chuk", "ivskyi", "yshyn", "ko"],
};

const SYRIAN: Culture = Culture {
    female: &[
        "Rania", "Layla", "Nour", "Hala", "Yasmin", "Rima", "Dima", "Lama", "Suha", "Maha",
    ],
    male: &[
        "Ahmad", "Omar", "Khaled", "Mahmoud", "Yasser", "Samer", "Bassel", "Firas", "Ziad", "Tarek",
    ],
    stems: &[
        "Al-Zayt", "Al-Ward", "Al-Nakhl", "Al-Sarw", "Al-Rumm", "Al-Yasm", "Al-Sind", "Al-Lawz",
        "Al-Tin", "Al-Khaz", "Al-Bahr", "Al-Nahr",
    ],
    endings_female: &["ouni", "ani", "awi", "eh", "ini", "ari"],
    endings_male: &["ouni", "ani", "awi", "eh", "ini", "ari"],
};

const ERITREAN: Culture = Culture {
    female: &[
        "Selam", "Helen", "Winta", "Rahwa", "Saba", "Feven", "Luwam", "Semhar", "Bisrat",
        "Yordanos",
    ],
    male: &[
        "Filmon", "Yonas", "Tesfay", "Samuel", "Aman", "Merhawi", "Natnael", "Robel", "Kibrom",
        "Hermon",
    ],
    stems: &[
        "Gebre", "Tekle", "Habte", "Wolde", "Kidane", "Zere", "Haile", "Berhe", "Araya", "Tewelde",
        "Mehari", "Okba",
    ],
    endings_female: &[
        "ab", "mariam", "selassie", "yesus", "kristos", "amlak", "", "michael",
    ],
    endings_male: &[
        "ab", "mariam", "selassie", "yesus", "kristos", "amlak", "", "michael",
    ],
};

const IBERIAN: Culture = Culture {
    female: &[
        "Valentina",
        "Camila",
        "Luz",
        "Yesenia",
        "Paola",
        "Daniela",
        "Juliana",
        "Rosa",
        "Beatriz",
        "Sofía",
        "Marisol",
        "Thaís",
    ],
    male: &[
        "Carlos", "Andrés", "Diego", "Wilson", "Thiago", "Rafael", "Luis", "Jhon", "Mateo",
        "Edwin", "Paulo", "Ramón",
    ],
    stems: &[
        "Robled",
        "Encinar",
        "Olmed",
        "Pinar",
        "Ceballar",
        "Laurel",
        "Fresned",
        "Almend",
        "Naranj",
        "Castañar",
        "Viñal",
        "Palmar",
        "Serran",
        "Ribeir",
    ],
    endings_female: &["o", "es", "al", "edo", "ales", "ez"],
    endings_male: &["o", "es", "al", "edo", "ales", "ez"],
};

const ALBANIAN: Culture = Culture {
    female: &[
        "Arta", "Elira", "Drita", "Besa", "Mirela", "Vjosa", "Alba", "Liridona",
    ],
    male: &[
        "Ardit", "Besnik", "Erion", "Gent", "Ilir", "Klajdi", "Luan", "Taulant",
    ],
    stems: &[
        "Lis", "Arr", "Mal", "Gur", "Bredh", "Fush", "Lum", "Kodr", "Dardh", "Shkemb",
    ],
    endings_female: &["aj", "i", "oshi", "aku", "ani"],
    endings_male: &["aj", "i", "oshi", "aku", "ani"],
};
