//! How a day is commonly written.

use super::Date;

/// Names of months: English, Spanish, German, French, Italian, Dutch, Portuguese.
#[rustfmt::skip]
const MONTHS: &[[&str; 12]] = &[
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
    ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
    ["gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"],
    ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
    ["janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"],
];

/// The writings of a day, in small and capital letters as they come; blanks and hyphens do not count where they are compared.
pub(super) fn writings(date: Date) -> Vec<String> {
    let Date { year, month, day } = date;
    let short = year % 100;
    let mut all = vec![format!("{year:04}-{month:02}-{day:02}")];
    for separator in ["/", ".", ""] {
        // Without a separator two-digit forms would be any six digits.
        let years =
            if separator.is_empty() { vec![format!("{year:04}")] } else { vec![format!("{year:04}"), format!("{short:02}")] };
        for (first, second) in [(month, day), (day, month)] {
            for year in &years {
                all.push(format!("{first:02}{separator}{second:02}{separator}{year}"));
                if !separator.is_empty() {
                    all.push(format!("{first}{separator}{second}{separator}{year}"));
                }
            }
        }
        all.push(format!("{year:04}{separator}{month:02}{separator}{day:02}"));
    }
    let index = usize::from(month).saturating_sub(1);
    for (language, months) in MONTHS.iter().enumerate() {
        let Some(name) = months.get(index) else { continue };
        all.push(format!("{day} {name} {year}"));
        all.push(format!("{day:02} {name} {year}"));
        all.push(format!("{day}. {name} {year}"));
        all.push(format!("{day} de {name} de {year}"));
        if language == 0 {
            let brief: String = name.chars().take(3).collect();
            let ending = match day {
                1 | 21 | 31 => "st",
                2 | 22 => "nd",
                3 | 23 => "rd",
                _ => "th",
            };
            for name in [*name, brief.as_str()] {
                for full_stop in ["", "."] {
                    all.push(format!("{name}{full_stop} {day}, {year}"));
                    all.push(format!("{name}{full_stop} {day} {year}"));
                    all.push(format!("{name}{full_stop} {day}{ending}, {year}"));
                    all.push(format!("{day}{ending} {name}{full_stop} {year}"));
                    all.push(format!("{day}{ending} of {name}{full_stop} {year}"));
                    all.push(format!("{day:02} {name}{full_stop} {year}"));
                }
            }
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_writings() {
        let all = writings(Date { year: 1980, month: 5, day: 2 });
        for expected in [
            "1980-05-02",
            "5/2/1980",
            "02/05/1980",
            "2.5.80",
            "19800502",
            "May 2, 1980",
            "May 2nd, 1980",
            "2 mayo 1980",
            "2 de mayo de 1980",
            "2. Mai 1980",
            "02 May 1980",
        ] {
            assert!(all.iter().any(|writing| writing == expected), "{expected}");
        }
        assert!(!all.iter().any(|writing| writing == "050280"));
    }
}
