//! Stand-ins for street addresses: invented streets and towns, in the language of the street's word.

use std::fmt::Write as _;

use super::super::keyed::Draws;
use crate::dates::plain;

/// How addresses of one language are made.
struct Style {
    /// Words or endings of words that streets have, in small letters without accents.
    words: &'static [&'static str],
    endings: &'static [&'static str],
    streets: &'static [&'static str],
    towns: &'static [&'static str],
    /// Whether the house number stands before the street.
    number_first: bool,
    after_street: &'static str,
}

/// The most specific first: `avenue` is English as well as French.
#[rustfmt::skip] // many a line
static STYLES: [Style; 7] = [
    Style {
        words: &["calle", "avda", "avenida", "paseo", "plaza", "c", "carrer", "ronda", "camino"],
        endings: &[],
        streets: &["Calle de los Almendros", "Calle del Molino Viejo", "Calle Fuente Clara", "Calle de la Encina", "Calle Huerta Nueva", "Calle del Roble"],
        towns: &["Villaclara del Monte", "Fuentelara", "Robledal de Arriba", "Puente Sereno", "Valdeluna"],
        number_first: false,
        after_street: "",
    },
    Style {
        words: &["rua", "travessa", "largo", "estrada", "alameda", "praca"],
        endings: &[],
        streets: &["Rua das Amendoeiras", "Rua do Moinho Velho", "Rua da Fonte Clara", "Rua dos Carvalhos", "Rua da Horta Nova", "Rua do Sobreiro"],
        towns: &["Vila Clara do Monte", "Fontelara", "Carvalhal de Cima", "Ponte Serena", "Vale da Lua"],
        number_first: false,
        after_street: ",",
    },
    Style {
        words: &["via", "viale", "piazza", "corso", "vicolo", "largo"],
        endings: &[],
        streets: &["Via dei Mandorli", "Via del Mulino Vecchio", "Via Fonte Chiara", "Via delle Querce", "Via Orto Nuovo", "Via dei Castagni"],
        towns: &["Villachiara del Monte", "Fontelara", "Querceto di Sopra", "Ponte Sereno", "Valdiluna"],
        number_first: false,
        after_street: "",
    },
    Style {
        words: &["straße", "strasse", "str", "allee", "gasse", "platz"],
        endings: &["straße", "strasse", "str", "weg", "allee", "gasse", "platz", "damm", "ufer"],
        streets: &["Mandelweg", "Altmühlenstraße", "Klarbrunnenweg", "Eichenhainstraße", "Neugartenweg", "Kastanienallee"],
        towns: &["Klarenberg", "Brunnlar", "Obereichen", "Stillbrück", "Mondtal"],
        number_first: false,
        after_street: "",
    },
    Style {
        words: &["straat", "laan", "plein", "gracht", "kade"],
        endings: &["straat", "laan", "plein", "gracht", "kade", "dijk", "singel", "hof"],
        streets: &["Amandellaan", "Oude Molenstraat", "Helderbronweg", "Eikenlaan", "Nieuwe Tuinstraat", "Kastanjelaan"],
        towns: &["Klaarberg", "Bronlaar", "Opper-Eiken", "Stillebrug", "Maandal"],
        number_first: false,
        after_street: "",
    },
    Style {
        words: &["rue", "chemin", "impasse", "quai", "allee", "boulevard", "bd", "place"],
        endings: &[],
        streets: &["rue des Amandiers", "rue du Vieux-Moulin", "rue de la Fontaine-Claire", "rue des Chênes", "rue du Jardin-Neuf", "rue des Châtaigniers"],
        towns: &["Villeclaire-sur-Mont", "Fontelare", "Chênaie-le-Haut", "Pont-Serein", "Val-de-Lune"],
        number_first: true,
        after_street: "",
    },
    Style {
        words: &["street", "st", "avenue", "ave", "road", "rd", "lane", "ln", "drive", "dr", "court", "ct", "boulevard", "blvd", "way", "terrace", "place", "pl", "circle", "row", "square", "highway", "hwy", "parkway", "pkwy", "close", "crescent", "gardens", "trail", "box"],
        endings: &[],
        streets: &["Almond Tree Lane", "Old Windmill Road", "Clearspring Avenue", "Acorn Hill Drive", "Newgarden Street", "Chestnut Row", "Heron Court", "Larkspur Way", "Quarry Bank Road", "Thistledown Lane"],
        towns: &["Ashbrook Falls", "Clearmont", "Upper Oaksley", "Stillbridge", "Moondale", "Larkhaven", "Fernbury", "Kestrel Point"],
        number_first: true,
        after_street: "",
    },
];

/// States, for an address that has one.
#[rustfmt::skip]
const STATES: &[&str] = &["AL", "AZ", "CO", "GA", "IA", "ID", "IL", "IN", "KS", "KY", "MI", "MN", "MO", "NC", "NE", "NM", "NV", "OH", "OK", "OR", "PA", "SC", "TN", "TX", "UT", "VA", "WI"];

/// An invented address; nothing where no word tells the language.
pub(super) fn stand_in(value: &str, draws: &mut Draws) -> Option<String> {
    let words: Vec<String> = value.split(|sign: char| !sign.is_alphabetic()).filter(|word| !word.is_empty()).map(plain).collect();
    let is = |style: &&Style| {
        let named = |word: &String| style.words.contains(&word.as_str()) && (word.len() > 1 || value.contains('/'));
        let ends = |word: &String| style.endings.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending));
        words.iter().any(|word| named(word) || ends(word))
    };
    let style = STYLES.iter().find(is)?;
    let fresh = |list: &'static [&'static str]| -> Vec<&'static str> {
        list.iter().copied().filter(|name| !value.contains(name)).collect()
    };
    let street = draws.one(&fresh(style.streets));
    let number = 2 + draws.below(197);
    let mut text =
        if style.number_first { format!("{number} {street}") } else { format!("{street}{} {number}", style.after_street) };
    if let Some(at) = value.find([',', '\n']) {
        let separator = if value.get(at..).is_some_and(|rest| rest.starts_with('\n')) { "\n" } else { ", " };
        text.push_str(separator);
        text.push_str(draws.one(&fresh(style.towns)));
        if style.words.contains(&"street") && ends_with_zip(value) {
            // Writing to a string cannot fail.
            let _ = write!(text, ", {} 000{:02}", draws.one(STATES), draws.below(100));
        }
    }
    Some(text)
}

fn ends_with_zip(value: &str) -> bool {
    let tail = value.rsplit(|sign: char| sign.is_whitespace() || sign == ',').next().unwrap_or_default();
    let digits = tail.chars().filter(char::is_ascii_digit).count();
    matches!(digits, 5 | 9) && tail.chars().all(|sign| sign.is_ascii_digit() || sign == '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::testing::key;

    fn made(value: &str) -> Option<String> {
        stand_in(value, &mut Draws::new(&key(), &[value.as_bytes()]))
    }

    #[test]
    fn addresses_stay_in_their_language() {
        for (value, style) in [
            ("742 Evergreen Terrace, Springfield, IL 62701", 6),
            ("Calle Mayor 12", 0),
            ("C/ Sauceda nº 3 - 1º Izq. 41001 Sevilla", 0),
            ("Rua Augusta, 15, 1100-048 Lisboa", 1),
            ("Via Roma 3, 00184 Roma", 2),
            ("Hauptstra\u{df}e 5, 10115 Berlin", 3),
            ("Kerkstraat 12, 1017 GP Amsterdam", 4),
            ("12 bis, rue de la Paix, 75002 Paris", 5),
        ] {
            let text = made(value).unwrap_or_default();
            assert!(STYLES[style].streets.iter().any(|street| text.contains(street)), "{value}: {text}");
            assert_eq!(value.contains(','), text.contains(", "), "{value}: {text}");
        }
        let american = made("742 Evergreen Terrace, Springfield, IL 62701").unwrap();
        assert!(american.get(american.len() - 5..).is_some_and(|zip| zip.starts_with("000")), "{american}");
        assert_eq!(made("Olivos 97, 3 B"), None);
        assert_eq!(made(""), None);
    }
}
