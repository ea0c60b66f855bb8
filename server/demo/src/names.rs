//! Invented names, by where families came from. None is meant to be anybody.

use crate::random::Random;

/// A stock of names that go together.
#[derive(Debug)]
pub(crate) struct Stock {
    pub(crate) girls: &'static [&'static str],
    pub(crate) boys: &'static [&'static str],
    pub(crate) women: &'static [&'static str],
    pub(crate) men: &'static [&'static str],
    /// Particle and name.
    pub(crate) families: &'static [(&'static str, &'static str)],
}

pub(crate) static DUTCH: Stock = Stock {
    girls: &[
        "Emma", "Julia", "Mila", "Zoë", "Tess", "Evi", "Lotte", "Fleur", "Noor", "Liv", "Saar", "Roos", "Isa", "Lieke",
        "Anouk", "Loïs", "Maud", "Vera", "Sofie", "Jasmijn", "Bo", "Chloë", "Puck", "Suze", "Elin", "Nora",
    ],
    boys: &[
        "Noah", "Daan", "Levi", "Sem", "Finn", "Lucas", "Bram", "Milan", "Mees", "Luuk", "Thijs", "Teun", "Gijs",
        "Daniël", "Jurre", "Guus", "Hugo", "Boaz", "Ruben", "Stijn", "Job", "Pim", "Noël", "Sam", "Floris", "Koen",
    ],
    women: &[
        "Marieke",
        "Linda",
        "Esther",
        "Saskia",
        "Ilse",
        "Petra",
        "Judith",
        "Renée",
        "Annemarie",
        "Miranda",
        "Femke",
        "Sandra",
        "Karin",
        "Manon",
        "Willemijn",
        "Ellen",
        "Iris",
        "Yvonne",
        "Daniëlle",
        "Roos",
        "Inge",
        "Simone",
    ],
    men: &[
        "Peter", "Mark", "Jeroen", "Dennis", "Martijn", "René", "Erik", "Bas", "Rob", "Stefan", "Niels", "Jasper",
        "Maarten", "Gerben", "Vincent", "Sander", "Tom", "Bart", "Michiel", "Wouter", "Arjan", "Frank",
    ],
    families: &[
        ("de", "Vries"),
        ("van der", "Meer"),
        ("'t", "Hart"),
        ("van den", "Heuvel"),
        ("", "Bakker"),
        ("", "Smit"),
        ("de", "Groot"),
        ("van", "Dijk"),
        ("", "Mulder"),
        ("", "Kok"),
        ("in 't", "Veld"),
        ("van der", "Linden"),
        ("", "Meijer"),
        ("", "Vermeulen"),
        ("ter", "Horst"),
        ("", "Schouten"),
        ("van", "Leeuwen"),
        ("op den", "Akker"),
        ("", "Prins"),
        ("", "Kuijpers"),
        ("de", "Bruijn"),
        ("van 't", "Hoff"),
        ("", "Blom"),
        ("d'", "Hondt"),
        ("", "Timmer"),
        ("van der", "Plas"),
        ("", "Willemsen"),
        ("te", "Velde"),
        ("", "Roelofs"),
        ("den", "Hartog"),
        ("", "Zandstra"),
        ("", "Koster"),
    ],
};

pub(crate) static FRISIAN: Stock = Stock {
    girls: &[
        "Nynke", "Jildou", "Rixt", "Fardau", "Wytske", "Elske", "Hinke", "Silke", "Anniek", "Jeltje", "Marrit",
        "Sietske", "Doutzen", "Ytsje", "Femke", "Baukje", "Lysbeth", "Reinou", "Aukje", "Maaike", "Tsjikke", "Froukje",
        "Hiske", "Ymkje",
    ],
    boys: &[
        "Jelle", "Sjoerd", "Hidde", "Jorrit", "Fedde", "Durk", "Ids", "Bauke", "Hylke", "Siebe", "Redmer", "Jouke",
        "Tjeerd", "Wybren", "Menno", "Rinse", "Douwe", "Gerrit", "Hessel", "Eelke", "Foppe", "Abe", "Sybren", "Jurjen",
    ],
    women: &[
        "Anneke", "Tjitske", "Geertje", "Jantsje", "Hiltsje", "Marijke", "Sjoukje", "Boukje", "Grietje", "Akke",
        "Ymkje", "Trynke", "Klaske", "Minke", "Aafke", "Rinske", "Wietske", "Lolkje",
    ],
    men: &[
        "Wiebe", "Klaas", "Jan", "Hendrik", "Sietse", "Harmen", "Anne", "Gosse", "Oene", "Lieuwe", "Bouwe", "Feike",
        "Pieter", "Rients", "Taeke", "Watse", "Germ", "Sipke",
    ],
    families: &[
        ("", "Hoekstra"),
        ("", "Dijkstra"),
        ("", "Postma"),
        ("", "Terpstra"),
        ("", "Wiersma"),
        ("", "Zijlstra"),
        ("", "Hofstra"),
        ("", "Sikkema"),
        ("", "Bouma"),
        ("", "Boersma"),
        ("van der", "Wal"),
        ("van der", "Veen"),
        ("", "Kooistra"),
        ("", "Veenstra"),
        ("", "Hiemstra"),
        ("", "Reitsma"),
        ("", "Feenstra"),
        ("", "Jellema"),
        ("", "Haitsma"),
        ("", "Tjalsma"),
        ("", "Ypma"),
        ("", "Elzinga"),
        ("", "Sinnema"),
        ("", "Aukema"),
        ("", "Bylsma"),
        ("van der", "Ploeg"),
    ],
};

static TURKISH: Stock = Stock {
    girls: &["Elif", "Defne", "Zeynep", "Ayşe", "Nisa", "Ecrin", "Azra"],
    boys: &["Emir", "Yusuf", "Kerem", "Çınar", "Ömer", "Mert", "Efe"],
    women: &["Fatma", "Gülay", "Sevgi", "Hatice", "Özlem", "Derya"],
    men: &["Mehmet", "Murat", "Hüseyin", "Ahmet", "Cem", "Serkan"],
    families: &[("", "Yılmaz"), ("", "Öztürk"), ("", "Kaya"), ("", "Şahin"), ("", "Çelik"), ("", "Aydın")],
};

static ARABIC: Stock = Stock {
    girls: &["Amina", "Yasmin", "Noor", "Salma", "Layla", "Hiba", "Maryam"],
    boys: &["Ilyas", "Adam", "Rayan", "Zakaria", "Omar", "Bilal", "Karim"],
    women: &["Fatima", "Samira", "Khadija", "Rania", "Nadia", "Hanan"],
    men: &["Hassan", "Youssef", "Mohamed", "Rachid", "Khaled", "Said"],
    families: &[
        ("", "El Amrani"),
        ("", "Haddad"),
        ("", "Bennani"),
        ("", "Al-Khatib"),
        ("", "Ouali"),
        ("", "Mansour"),
        ("", "Darwish"),
        ("", "El Idrissi"),
    ],
};

static POLISH: Stock = Stock {
    girls: &["Zofia", "Hania", "Maja", "Oliwia", "Łucja", "Kinga"],
    boys: &["Jakub", "Szymon", "Filip", "Kacper", "Michał", "Antoni"],
    women: &["Agnieszka", "Katarzyna", "Małgorzata", "Joanna", "Ewa"],
    men: &["Paweł", "Tomasz", "Marcin", "Łukasz", "Krzysztof"],
    families: &[("", "Nowak"), ("", "Wójcik"), ("", "Mazur"), ("", "Kaczmarek"), ("", "Zając"), ("", "Król")],
};

static UKRAINIAN: Stock = Stock {
    girls: &["Sofiia", "Daryna", "Polina", "Solomiia", "Zlata"],
    boys: &["Maksym", "Danylo", "Bohdan", "Nazar", "Tymofii"],
    women: &["Oksana", "Olena", "Iryna", "Natalia", "Yuliia"],
    men: &["Andrii", "Serhii", "Mykola", "Taras", "Oleh"],
    families: &[
        ("", "Shevchuk"),
        ("", "Kovalenko"),
        ("", "Bondarenko"),
        ("", "Tkachuk"),
        ("", "Lysenko"),
        ("", "Moroz"),
    ],
};

static SURINAMESE: Stock = Stock {
    girls: &["Shanaya", "Anjali", "Djenna", "Naomi", "Ishani", "Jahzara"],
    boys: &["Jayden", "Aryan", "Rivaldo", "Dewi", "Shaquil", "Kenzo"],
    women: &["Chantal", "Radha", "Sharda", "Mavis", "Gladys", "Sherida"],
    men: &["Winston", "Rajesh", "Orlando", "Dennis", "Ramon", "Iwan"],
    families: &[
        ("", "Pinas"),
        ("", "Ramdin"),
        ("", "Kromowidjojo"),
        ("", "Lienga"),
        ("", "Sewnarain"),
        ("", "Tjon-A-Fat"),
        ("", "Burleson"),
    ],
};

/// The stock for the next family: a Frisian village, with newcomers.
pub(crate) fn stock(random: &mut Random) -> &'static Stock {
    match random.below(100) {
        0..=35 => &DUTCH,
        36..=66 => &FRISIAN,
        67..=72 => &TURKISH,
        73..=81 => &ARABIC,
        82..=87 => &POLISH,
        88..=93 => &UKRAINIAN,
        _ => &SURINAMESE,
    }
}

/// What an address keeps of a name: lower case ASCII letters only.
pub(crate) fn for_address(name: &str) -> String {
    let mut address = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            'a'..='z' => address.push(letter),
            'A'..='Z' => address.push(letter.to_ascii_lowercase()),
            'á' | 'à' | 'ä' | 'â' | 'ą' => address.push('a'),
            'ç' | 'Ç' | 'ć' => address.push('c'),
            'é' | 'è' | 'ë' | 'ê' | 'ę' => address.push('e'),
            'ğ' => address.push('g'),
            'í' | 'ï' | 'î' | 'ı' | 'İ' => address.push('i'),
            'ł' | 'Ł' => address.push('l'),
            'ń' | 'ñ' => address.push('n'),
            'ó' | 'ö' | 'ô' | 'Ö' => address.push('o'),
            'ş' | 'Ş' | 'ś' => address.push('s'),
            'ú' | 'ü' | 'û' | 'Ü' => address.push('u'),
            'ż' | 'ź' => address.push('z'),
            _ => {}
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leaves_an_address() {
        for stock in [&DUTCH, &FRISIAN, &TURKISH, &ARABIC, &POLISH, &UKRAINIAN, &SURINAMESE] {
            for name in [stock.girls, stock.boys, stock.women, stock.men].concat() {
                let letters = name.chars().filter(|c| c.is_alphabetic()).count();
                assert_eq!(for_address(name).len(), letters, "{name}");
            }
            for (_, name) in stock.families {
                let letters = name.chars().filter(|c| c.is_alphabetic()).count();
                assert_eq!(for_address(name).len(), letters, "{name}");
            }
        }
    }
}
