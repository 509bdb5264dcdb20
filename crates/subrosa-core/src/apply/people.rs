//! Which mentions of names are one person.
//!
//! Names are compared without case, accents, titles and the comma form ("Smith, John"). A shorter name joins a longer one
//! when it fits exactly one: the same first name and, in order, the same others, where an initial stands for any name that
//! begins with it; or a single name that is any part of the longer one; or its initials. What fits several persons is a
//! person of its own, for a wrong number misleads a reader more than an additional one. Nicknames and spelling mistakes are
//! joined only where a case sheet says whose they are.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::case::{CaseSheet, is_slip};
use crate::titles::{SUFFIXES, TITLES};

/// Most persons of one word whom a mailbox is compared with.
const MOST_ALIKE: usize = 64;

/// A name as a list of lower-case words without accents.
type Name = Vec<String>;

/// The persons of one document.
#[derive(Default)]
pub struct People {
    /// Those of the case sheet come first, in its order.
    /// The longest name of each person.
    persons: Vec<Person>,
    /// Every name seen, as it is compared, with its person.
    known: BTreeMap<Name, usize>,
    /// Persons by each word of their names.
    by_word: BTreeMap<String, Vec<usize>>,
    /// Persons by the initials of their names, for names of nothing else.
    by_initials: BTreeMap<String, Vec<usize>>,
    /// The last number given, or found in the text.
    last: u32,
}

/// A person as somebody who asks has to know them.
pub struct Mentioned {
    /// Counted from 1 in the order of first mention; of the case sheet's people as the sheet counts them.
    pub number: Option<u32>,
    /// The longest name known so far, as names are compared.
    pub identity: String,
    /// Which of the case sheet's people it is.
    pub known: Option<usize>,
}

struct Person {
    /// The longest name.
    name: Name,
    /// Other names, of people of the case sheet.
    others: Vec<Name>,
    /// Given when the person is first asked for, so that numbers follow the text.
    number: Option<u32>,
    /// Which of the case sheet's people it is.
    known: Option<usize>,
}

impl People {
    /// The persons of a case sheet, who are known before any text is read.
    pub fn of_case(sheet: &CaseSheet) -> Self {
        let mut people = Self::default();
        for (index, known) in sheet.people().iter().enumerate() {
            let mut names: Vec<Name> = known.names.iter().map(|name| comparable(&name.whole())).collect();
            // Somebody of whom there are only nicknames is compared by the first of them.
            names.extend(known.aliases.iter().filter(|_| known.names.is_empty()).take(1).map(|alias| comparable(alias)));
            let mut names = names.into_iter();
            let person = people.persons.len();
            people.persons.push(Person {
                name: names.next().unwrap_or_default(),
                others: names.collect(),
                number: known.number,
                known: Some(index),
            });
            let all: Vec<Name> = people.names(person).cloned().collect();
            for name in all {
                people.index(person, &name);
                if sheet.owner(&name.join(" ")) == Some(index) {
                    people.known.insert(name, person);
                }
            }
            for alias in &known.aliases {
                if sheet.owner(alias) == Some(index) {
                    people.known.insert(comparable(alias), person);
                }
            }
        }
        people
    }

    /// Numbers in labels that the text already holds are taken: they stand for somebody else.
    pub(super) fn reserve_labels(&mut self, text: &str) {
        for (at, start) in text.match_indices("[PERSON-") {
            let rest = text.get(at + start.len()..).unwrap_or_default();
            let digits = rest.split_once(']').map_or("", |(digits, _)| digits);
            if digits.len() <= 9
                && let Ok(number) = digits.parse::<u32>()
            {
                self.last = self.last.max(number);
            }
        }
    }

    /// Assigns every name to a person. Longer names come first, so that the order of mentions makes no difference.
    pub fn learn<'a>(&mut self, names: impl Iterator<Item = &'a str>) {
        let mut new: Vec<Name> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for name in names.map(comparable) {
            if !self.known.contains_key(&name) && seen.insert(name.clone()) {
                new.push(name);
            }
        }
        new.sort_by_key(|name| std::cmp::Reverse((name.len(), name.iter().filter(|word| !is_initial(word)).count())));
        for name in new {
            let known = self.only_match(&name).or_else(|| self.lengthened(&name)).or_else(|| self.misspelt(&name));
            let person = known.unwrap_or_else(|| self.add(name.clone()));
            self.known.insert(name, person);
        }
    }

    /// Who a name stands for; the number is given at the first call. Nothing for a name that was never learnt.
    pub fn find(&mut self, name: &str) -> Option<Mentioned> {
        let person = *self.known.get(&comparable(name))?;
        Some(self.mention(person))
    }

    /// Somebody of the case sheet, by index there.
    pub fn known(&mut self, index: usize) -> Option<Mentioned> {
        // They come first, in the sheet's order.
        (self.persons.get(index)?.known == Some(index)).then(|| self.mention(index))
    }

    /// The only person whom the part of a mail address before the `@` names: `john.smith`, `jsmith`, `smith_j`.
    pub fn of_mailbox(&mut self, mailbox: &str) -> Option<Mentioned> {
        let parts = words(&mailbox.replace(['.', '_', '+', '-'], " "));
        let parts: Name = parts.iter().map(|part| part.trim_end_matches(|sign: char| sign.is_ascii_digit()).to_owned()).collect();
        let mut candidates: Vec<usize> = match parts.as_slice() {
            [one] => {
                let cuts = one.char_indices().skip(1).filter_map(|(at, _)| one.split_at_checked(at));
                let words = cuts.flat_map(|(start, end)| [start, end]).filter_map(|word| self.by_word.get(word));
                let persons = words.flat_map(|persons| persons.iter().copied().take(MOST_ALIKE));
                persons.filter(|person| self.names(*person).any(|name| runs_together(one, name))).collect()
            }
            [first, second] => {
                let turned = [second.clone(), first.clone()];
                let fits = |name: &Name| name.len() > 1 && (abbreviates(&parts, name) || abbreviates(&turned, name));
                let persons = self.sharing_a_word(&parts).take(MOST_ALIKE);
                persons.filter(|person| self.names(*person).any(fits)).collect()
            }
            _ => return None,
        };
        candidates.sort_unstable();
        candidates.dedup();
        let [only] = candidates.as_slice() else { return None };
        Some(self.mention(*only))
    }

    fn mention(&mut self, index: usize) -> Mentioned {
        let Some(person) = self.persons.get_mut(index) else { unreachable!("an index of a person") };
        if person.known.is_none() && person.number.is_none() {
            self.last = self.last.saturating_add(1);
            person.number = Some(self.last);
        }
        Mentioned { number: person.number, identity: person.name.join(" "), known: person.known }
    }

    fn names(&self, person: usize) -> impl Iterator<Item = &Name> {
        self.persons.get(person).into_iter().flat_map(|person| [&person.name].into_iter().chain(&person.others))
    }

    fn add(&mut self, name: Name) -> usize {
        let person = self.persons.len();
        self.index(person, &name);
        self.persons.push(Person { name, others: Vec::new(), number: None, known: None });
        person
    }

    fn index(&mut self, person: usize, name: &[String]) {
        if name.len() > 1 {
            let persons = self.by_initials.entry(initials(name)).or_default();
            if persons.last() != Some(&person) {
                persons.push(person);
            }
        }
        for word in name.iter().filter(|word| !is_initial(word)) {
            let persons = self.by_word.entry(word.clone()).or_default();
            if persons.last() != Some(&person) {
                persons.push(person);
            }
        }
    }

    /// The only person whose longest name this one abbreviates.
    fn only_match(&self, name: &[String]) -> Option<usize> {
        if name.len() > 1 && name.iter().all(|word| is_initial(word)) {
            let [only] = self.by_initials.get(&name.concat())?.as_slice() else { return None };
            return Some(*only);
        }
        let mut found =
            self.sharing_a_word(name).filter(|person| self.names(*person).any(|long| long.len() > 1 && abbreviates(name, long)));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// The only person of an earlier piece of the document whose longest name abbreviates this one, which becomes the longest.
    fn lengthened(&mut self, name: &[String]) -> Option<usize> {
        let mut candidates: Vec<usize> =
            name.iter().filter_map(|word| self.by_word.get(word)).flat_map(|persons| persons.iter().copied().take(64)).collect();
        candidates.sort_unstable();
        candidates.dedup();
        let mut found = candidates.into_iter().filter(|index| {
            self.persons.get(*index).is_some_and(|person| match person.known {
                // A middle name that the sheet does not have makes nobody else; a family name alone is not enough.
                Some(_) => self.names(*index).any(|known| (2..name.len()).contains(&known.len()) && abbreviates(known, name)),
                // Only whom the text has already shown: within one piece a shorter name comes later and finds this one.
                None => person.number.is_some() && person.name.len() < name.len() && abbreviates(&person.name, name),
            })
        });
        let only = found.next().filter(|_| found.next().is_none())?;
        if self.persons.get(only).is_some_and(|person| person.known.is_some()) {
            return Some(only);
        }
        self.index(only, name);
        if let Some(person) = self.persons.get_mut(only) {
            person.name = name.to_vec();
        }
        Some(only)
    }

    /// The only person of the case sheet whose name this is, with a typing error in a word.
    fn misspelt(&self, name: &[String]) -> Option<usize> {
        let of_case = self.persons.iter().take_while(|person| person.known.is_some()).count();
        let mut found = (0..of_case).filter(|person| {
            self.names(*person).filter(|long| name.len() > 1 && long.len() > 1).any(|long| {
                let mend = |word: &String| long.iter().find(|known| is_slip(word, known)).unwrap_or(word).clone();
                let mended: Name = name.iter().map(mend).collect();
                mended != name && abbreviates(&mended, long)
            })
        });
        found.next().filter(|_| found.next().is_none())
    }

    /// The persons that share the rarest word of a name.
    fn sharing_a_word(&self, name: &[String]) -> impl Iterator<Item = usize> {
        let words = name.iter().filter(|word| !is_initial(word));
        let rarest =
            words.map(|word| self.by_word.get(word).map(Vec::as_slice).unwrap_or_default()).min_by_key(|persons| persons.len());
        rarest.unwrap_or_default().iter().copied()
    }
}

/// Whether somebody called `short` may be the one called `long`: the same name, or one that abbreviates it.
pub fn may_mean(short: &str, long: &str) -> bool {
    let (short, long) = (comparable(short), comparable(long));
    short == long || long.len() > 1 && abbreviates(&short, &long)
}

/// Whether `short` can stand for `long`.
fn abbreviates(short: &[String], long: &[String]) -> bool {
    let stands_for = |short: &String, long: &String| short == long || (is_initial(short) && long.starts_with(short.as_str()));
    if let ([only], false) = (short, short.iter().any(|word| is_initial(word))) {
        return long.contains(only);
    }
    let (Some(first), Some(first_of_long)) = (short.first(), long.first()) else { return false };
    let initial_in_long = is_initial(first_of_long) && first.starts_with(first_of_long.as_str());
    if !stands_for(first, first_of_long) && !initial_in_long {
        return false;
    }
    let mut rest = long.iter();
    short.iter().skip(1).all(|word| rest.any(|candidate| stands_for(word, candidate)))
}

fn initials(name: &[String]) -> String {
    name.iter().filter_map(|word| word.chars().next()).collect()
}

/// Whether a mailbox of one word is made of a name: `johnsmith`, `jsmith`, `smithj`.
fn runs_together(mailbox: &str, name: &[String]) -> bool {
    let (Some(given), Some(family)) = (name.first(), name.last().filter(|_| name.len() > 1)) else { return false };
    let initial: String = given.chars().take(1).collect();
    mailbox.chars().count() > 3
        && [given.clone() + family, initial.clone() + family, family.clone() + given, family.clone() + &initial]
            .iter()
            .any(|form| form == mailbox)
}

fn is_initial(word: &str) -> bool {
    word.chars().nth(1).is_none()
}

/// The words by which a name is compared.
fn comparable(name: &str) -> Name {
    let ordered = match name.split_once(',') {
        Some((family, given)) if !given.contains(',') && !words(given).iter().all(|word| SUFFIXES.contains(&word.as_str())) => {
            format!("{given} {family}")
        }
        _ => name.to_owned(),
    };
    let all = words(&ordered);
    let start = all.iter().take_while(|word| TITLES.contains(&word.as_str())).count();
    let end = all.len() - all.iter().rev().take_while(|word| SUFFIXES.contains(&word.as_str())).count();
    match all.get(start..end) {
        Some(bare) if !bare.is_empty() => bare.to_vec(),
        _ if all.is_empty() => vec![name.trim().to_lowercase()],
        _ => all,
    }
}

/// Lower-case words without accents and apostrophes; a possessive `'s` is dropped.
fn words(name: &str) -> Vec<String> {
    let plain: String = name.nfkd().filter(|sign| !is_combining_mark(*sign)).flat_map(char::to_lowercase).collect();
    plain
        .split(|sign: char| !(sign.is_alphanumeric() || matches!(sign, '\'' | '\u{2019}' | '-' | '\u{2010}')))
        .map(|word| {
            let word = word.trim_end_matches(['\'', '\u{2019}']);
            let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("\u{2019}s")).unwrap_or(word);
            word.chars()
                .filter(|sign| !matches!(sign, '\'' | '\u{2019}'))
                .map(|sign| if sign == '\u{2010}' { '-' } else { sign })
                .collect()
        })
        .filter(|word: &String| word.chars().any(char::is_alphanumeric))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn numbers(names: &[&str], expected: &[u32]) {
        let mut people = People::default();
        people.learn(names.iter().copied());
        let given: Vec<u32> = names.iter().filter_map(|name| people.find(name).expect("learnt").number).collect();
        assert_eq!(given, expected, "{names:?}");
    }

    #[test]
    fn spelling_makes_no_difference() {
        numbers(
            &["Zoë O\u{2019}Hara", "ZOE O'HARA", "Dr. Zoe O'Hara, MD", "O'Hara, Zoë", "Ms O'Hara's", "Zoe\u{301} O'Hara"],
            &[1, 1, 1, 1, 1, 1],
        );
        numbers(&["Ann-Marie Roe", "Ann\u{2010}Marie Roe", "Ann Marie Roe"], &[1, 1, 2]);
    }

    #[test]
    fn initials_and_middle_names() {
        numbers(&["John Smith", "John A. Smith", "J. Smith", "J. A. Smith", "John"], &[1, 1, 1, 1, 1]);
        numbers(&["John A. Smith", "John B. Smith", "John Smith"], &[1, 2, 3]);
        numbers(&["María García López", "García", "Maria Garcia"], &[1, 1, 1]);
        numbers(&["Jane Smith", "K. Smith"], &[1, 2]);
    }

    #[test]
    fn titles_make_no_difference() {
        numbers(&["Mr. Smith", "John Smith", "Mr John Smith", "SMITH, JOHN", "Mr. J. Smith", "John"], &[1, 1, 1, 1, 1, 1]);
        numbers(&["Prof. Dr. Baumann", "Ingrid Baumann", "Frau Baumann"], &[1, 1, 1]);
        numbers(&["Detective Sergeant Paul Reyes", "Paul Reyes"], &[1, 1]);
        // Two who share a surname: a title does not say who of them is meant.
        numbers(&["John Smith", "Mary Smith", "Mrs. Smith"], &[1, 2, 3]);
    }

    #[test]
    fn initials_alone_join_the_only_name_that_has_them() {
        numbers(&["John Smith", "J.S.", "J. S."], &[1, 1, 1]);
        numbers(&["John Smith", "Jane Stone", "J.S."], &[1, 2, 3]);
    }

    #[test]
    fn a_mailbox_names_the_only_person_it_fits() {
        let mut people = People::default();
        people.learn(["John Smith", "Mary Smith", "Zoë O'Hara", "Pat Lee"].into_iter());
        let mut whose = |mailbox: &str| people.of_mailbox(mailbox).map(|person| person.identity);
        for mailbox in ["john.smith", "jsmith", "smith_j", "JohnSmith", "smith.john72", "johnsmith"] {
            assert_eq!(whose(mailbox).as_deref(), Some("john smith"), "{mailbox}");
        }
        assert_eq!(whose("zohara").as_deref(), Some("zoe ohara"));
        for mailbox in ["smith", "info", "x.smith", "", "...", "lee", "john.smith.mary"] {
            assert_eq!(whose(mailbox), None, "{mailbox}");
        }
    }

    #[test]
    fn people_of_a_case_are_known_before() {
        let sheet = CaseSheet::parse(
            "version = 1\n[[people]]\nrole = 'client'\nnames = ['Jane Roe', 'Jane Winslow']\nnicknames = ['Janie']\n\
             [[people]]\nrole = 'relative'\nword = 'mother'\nnames = ['Mary Roe']\n",
        )
        .unwrap();
        let mut people = People::of_case(&sheet);
        let names = ["Mrs. Winslow", "Janie", "Mary", "Ms Roe", "Jane A. Roe", "Ada Poe", "J.R."];
        people.learn(names.into_iter());
        let whose: Vec<_> = names.iter().map(|name| people.find(name).and_then(|person| person.known)).collect();
        // `Ms Roe` is either.
        assert_eq!(whose, [Some(0), Some(0), Some(1), None, Some(0), None, Some(0)]);
        assert_eq!(people.find("Ada Poe").and_then(|person| person.number), Some(2));
    }

    #[test]
    fn a_typing_error_in_a_name_of_the_case_sheet_makes_nobody_else() {
        let sheet = CaseSheet::parse(
            "version = 1\n[[people]]\nrole = 'client'\nnames = ['Jürgen Albert Hartwick']\n\
             [[people]]\nrole = 'relative'\nnames = ['Maria Hartwick']\n",
        )
        .unwrap();
        let mut people = People::of_case(&sheet);
        let names = [
            "Jürgen Hartwik",
            "Hartwcik, Jürgen",
            "Dr. Maria Hartwickk",
            "jhartwick",
            "J. Hratwick",
            "Hartwik",
            "Jürgen Hartmann",
        ];
        people.learn(names.into_iter());
        let whose: Vec<_> = names.iter().map(|name| people.find(name).and_then(|person| person.known)).collect();
        assert_eq!(whose, [Some(0), Some(0), Some(1), None, Some(0), None, None]);
        assert_eq!(sheet.owner("jhartwick"), Some(0), "also a slip of the name that both have");
        assert_eq!(sheet.owner("hartwick_m"), Some(1));
        assert_eq!(sheet.owner("hartwik"), None);
    }

    #[test]
    fn a_suffix_is_no_given_name() {
        numbers(&["Max Roe", "Max Roe, Jr."], &[1, 1]);
    }

    #[test]
    fn relatives_are_different_persons() {
        numbers(&["Max Roe", "Ada Roe", "Roe", "Ms Roe", "Max"], &[1, 2, 3, 3, 1]);
    }

    #[test]
    fn names_without_letters_or_with_only_a_title() {
        numbers(&["Dr.", "...", "", "Dr"], &[1, 2, 3, 1]);
        numbers(&["王小明", "王小明"], &[1, 1]);
    }

    #[test]
    fn labels_in_the_text_are_read_with_care() {
        let mut people = People::default();
        for text in ["[PERSON-7]", "[PERSON-99999999999999]", "[PERSON-", "[PERSON-x]", "[PERSON-1"] {
            people.reserve_labels(text);
        }
        assert_eq!(people.last, 7);
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_equal_names_are_one_person(names in proptest::collection::vec("[A-Ca-c ,.'’éß\u{301}]{0,12}", 0..12)) {
            let mut people = People::default();
            people.learn(names.iter().map(String::as_str));
            for name in &names {
                let first = people.find(name).map(|person| person.number);
                proptest::prop_assert!(first.is_some());
                proptest::prop_assert_eq!(first, people.find(name).map(|person| person.number));
            }
        }
    }
}
