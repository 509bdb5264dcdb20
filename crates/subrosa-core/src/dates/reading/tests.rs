//! A table of forms, and that intervals are kept in all of them.

use super::super::languages::{self, DE, EN};
use super::{Civil, Order, Reading};

#[track_caller]
fn shifted(text: &str, days: i64) -> Option<String> {
    let reading = Reading::new(text, Order::MonthDay)?;
    let new: Option<Vec<Civil>> = reading.days().iter().map(|day| day.plus(days)).collect();
    reading.with(&new?)
}

#[test]
fn every_form_is_written_as_it_was() {
    let table = [
        // English
        ("3/4/1980", 10, "3/14/1980"),
        ("03/04/1980", 3, "03/07/1980"),
        ("12/25/1980", 10, "01/04/1981"),
        ("25/12/1980", 10, "04/01/1981"),
        ("3-4-80", 30, "4-3-80"),
        ("1980-03-04", -4, "1980-02-29"),
        ("1980/3/4", 1, "1980/3/5"),
        ("3 / 4 / 1980", 1, "3 / 5 / 1980"),
        ("March 3rd, 1980", 1, "March 4th, 1980"),
        ("March 3, 1980", 365, "March 3, 1981"),
        ("Mar. 3, 1980", 120, "Jul. 1, 1980"),
        ("MARCH 3, 1980", 60, "MAY 2, 1980"),
        ("3 March 1980", 1, "4 March 1980"),
        ("03 March 1980", 1, "04 March 1980"),
        ("3rd of March, 1980", 28, "31st of March, 1980"),
        ("the 3rd of March, 1980", 1, ""),
        ("Monday, 3 March 1980", 1, "Tuesday, 4 March 1980"),
        ("Mon 3/3/1980", 2, "Wed 3/5/1980"),
        ("Tuesday the 4th of March 1980", 2, "Thursday the 6th of March 1980"),
        ("17-Feb-2023", -10, "07-Feb-2023"),
        ("17-FEB-23", 100, "28-MAY-23"),
        ("7-May-2023", 30, "6-Jun-2023"),
        ("17Feb2023", 20, "09Mar2023"),
        ("2023-Feb-17", 1, "2023-Feb-18"),
        ("Mar 3 '98", 1, "Mar 4 '98"),
        ("3-5 March 1980", 10, "13-15 March 1980"),
        ("March 3-5, 2019", 1, "March 4-6, 2019"),
        ("12, 13 and 14 March 2019", 1, "13, 14 and 15 March 2019"),
        // times
        ("2024-03-04T10:20:30.123+01:00", 1, "2024-03-05T10:20:30.123+01:00"),
        ("2018-02-24 12:45:18", 5, "2018-03-01 12:45:18"),
        ("3 March 1980, 10:30 am", 1, "4 March 1980, 10:30 am"),
        ("3/4/1980 at 14:05", 1, "3/5/1980 at 14:05"),
        // machines
        ("19800304", 30, "19800403"),
        ("198003041020", -64, "197912311020"),
        ("19800304102030", 1, "19800305102030"),
        ("19800304102030.1234-0500", 1, "19800305102030.1234-0500"),
        // other languages
        ("12. März 2019", 20, "1. April 2019"),
        ("04.03.1980", 1, "05.03.1980"),
        ("3.4.1980", 1, "4.4.1980"),
        ("12. 3. 1980", 1, "13. 3. 1980"),
        ("Montag, den 3. März 1980", 1, "Dienstag, den 4. März 1980"),
        ("3. Mai 1980", 30, "2. Juni 1980"),
        ("12 de marzo de 2019", 31, "12 de abril de 2019"),
        ("martes, 12 de marzo de 2019", 1, "miércoles, 13 de marzo de 2019"),
        ("12 de abril de 2019", 30, "12 de mayo de 2019"),
        ("7 de março de 2011", -31, "4 de fevereiro de 2011"),
        ("segunda-feira, 7 de março de 2011", 5, "sábado, 12 de março de 2011"),
        ("3 mars 1980", 31, "3 avril 1980"),
        ("1er mars 1980", 1, "2 mars 1980"),
        ("lundi 3 mars 1980", 1, "mardi 4 mars 1980"),
        ("3 mai 1980", 31, "3 juin 1980"),
        ("2 d'août 2004", 31, "2 d'septembre 2004"),
        ("12 dicembre 2001", 20, "1 gennaio 2002"),
        ("5 mei 2012", 31, "5 juni 2012"),
        ("5 april 2012", 31, "6 mei 2012"),
        ("maandag 5 maart 2012", 1, "dinsdag 6 maart 2012"),
    ];
    let mut wrong = Vec::new();
    for (text, days, expected) in table {
        let made = shifted(text, days).unwrap_or_default();
        if made != expected {
            wrong.push(format!("{text} {days:+}: {made:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_order_decides_only_what_is_open() {
    let day = |text, order| Reading::new(text, order).map(|reading| reading.days()[0]);
    assert_eq!(day("3/4/1980", Order::MonthDay), Civil::new(1980, 3, 4));
    assert_eq!(day("3/4/1980", Order::DayMonth), Civil::new(1980, 4, 3));
    assert_eq!(day("3.4.1980", Order::MonthDay), Civil::new(1980, 4, 3));
    assert_eq!(day("13/4/1980", Order::MonthDay), Civil::new(1980, 4, 13));
    assert_eq!(day("4/13/1980", Order::DayMonth), Civil::new(1980, 4, 13));
}

#[test]
fn what_is_not_wholly_understood_is_not_read() {
    for text in [
        "",
        "March 2019",
        "12/2019",
        "3 March",
        "4/12",
        "2019",
        "1980s",
        "1999-2004",
        "Tuesday",
        "last Tuesday",
        "Christmas 2019",
        "third of March, 1998",
        "30/02/1980",
        "29 February 2019",
        "3 March 1980 or so",
        "3 March 19800",
        "10:30 am",
        "spring 1998",
        "19801304",
        "198003042520",
        "1980030410203",
        "3/4-1980",
        "3//1980",
        "３ March 1980",
        "32 March 1980",
        "March 3.5.1980 at",
    ] {
        assert!(shifted(text, 1).is_none(), "{text}: {:?}", shifted(text, 1));
    }
}

#[test]
fn days_that_part_company_are_not_written() {
    assert_eq!(shifted("30-31 March 1980", 1), None);
    assert_eq!(shifted("31 December 9999", 1), None);
    assert_eq!(shifted("1 January 1000", -1), None);
}

proptest::proptest! {
    #[test]
    fn any_text_can_be_read(text in "[0-9/., -]{0,20}|[0-9a-zA-Zéº'./, -]{0,30}", days in -4000_i64..4000) {
        let _ = shifted(&text, days);
    }

    #[test]
    fn intervals_are_kept(first in 0_i64..80_000, gap in 0_i64..4000, days in -3650_i64..3650, form in 0_usize..7) {
        let base = Civil::new(1850, 1, 1).unwrap();
        let write = |day: Civil| match form {
            0 => format!("{}/{}/{}", day.month, day.day, day.year),
            1 => format!("{:04}-{:02}-{:02}", day.year, day.month, day.day),
            2 => format!("{}. {} {}", day.day, languages::like("X", languages::month_name(day.month as usize - 1, DE, true)), day.year),
            3 => format!("{} {}, {}", languages::like("X", languages::month_name(day.month as usize - 1, EN, false)), day.day, day.year),
            4 => format!("{:04}{:02}{:02}1020", day.year, day.month, day.day),
            5 => format!("{} de {} de {}", day.day, languages::month_name(day.month as usize - 1, languages::PT, true), day.year),
            _ => format!("{:02}.{:02}.{}", day.day, day.month, day.year),
        };
        let one = base.plus(first).unwrap();
        let other = one.plus(gap).unwrap();
        let moved = |day: Civil| {
            let text = shifted(&write(day), days).unwrap();
            Reading::new(&text, Order::MonthDay).unwrap().days()[0]
        };
        proptest::prop_assert_eq!(one.until(moved(one)), days);
        proptest::prop_assert_eq!(moved(one).until(moved(other)), gap);
    }
}
