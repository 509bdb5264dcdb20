//! Who of several files is one person.
//!
//! Certain: those of the case sheet. Taken for one: parts with the same full name, and parts that share somebody's number, mail
//! address or telephone and have names that can be one; neither when a number or birth date speaks against it. Never merged
//! over files: short names. What is left in doubt is said ([`Alike`]) and not decided.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use subrosa_core::apply::people::may_mean;
use subrosa_core::entity::Entity;
use subrosa_core::policy::safe_harbor::letter;

use super::facts::{How, Part, is_full};
use super::kinds::{is_exclusive, is_strong};

/// Most people of one name that are compared with another.
const MOST_COMPARED: usize = 100;

/// A person and the parts of files that are about them.
pub struct Person {
    /// By file, in order.
    pub parts: Vec<(usize, Part)>,
    /// The longest name, as names are compared; empty when nobody wrote one.
    pub name: String,
    /// Which of the case sheet's people it is.
    pub known: Option<usize>,
    exclusive: Exclusive,
}

/// People who may be the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alike {
    /// Their numbers among the people.
    pub people: Vec<usize>,
    /// Why it may be so.
    pub why: String,
}

/// People and doubts.
pub struct Resolved {
    /// In the order of first mention.
    pub people: Vec<Person>,
    /// Sorted.
    pub alike: Vec<Alike>,
}

/// Parts that are one person so far.
#[derive(Default)]
struct Group {
    name: String,
    known: Option<usize>,
    /// Numbers and birth dates that only one person has.
    exclusive: Exclusive,
    members: Vec<usize>,
}

impl Group {
    /// Whether something says that the two are different people.
    fn contradicts(&self, other: &Self) -> bool {
        let known = self.known.is_some() && other.known.is_some() && self.known != other.known;
        known || differ(&self.exclusive, &other.exclusive, |_| true)
    }

    fn name_fits(&self, other: &Self) -> bool {
        self.name.is_empty() || other.name.is_empty() || may_mean(&self.name, &other.name) || may_mean(&other.name, &self.name)
    }
}

/// Numbers and birth dates that only one person has.
type Exclusive = Vec<(Entity, Box<str>)>;

/// Whether two people have other values of a kind that only one value of a person is there of.
fn differ(one: &Exclusive, other: &Exclusive, counts: impl Fn(&Entity) -> bool) -> bool {
    one.iter().filter(|(entity, _)| counts(entity)).any(|(entity, value)| {
        let of_other = || other.iter().filter(|(same, _)| same == entity).map(|(_, value)| value);
        // Birth dates in another order of day and month, or in words, may be the same.
        let comparable = |theirs: &Box<str>| *entity != Entity::DATE_OF_BIRTH || layout(theirs) == layout(value);
        of_other().any(|theirs| comparable(theirs)) && !of_other().any(|theirs| theirs == value)
    })
}

/// Whether two people are two for certain: born on other days, or with other national numbers. Record numbers do not say that,
/// for every hospital gives its own.
fn are_two(one: &Person, other: &Person) -> bool {
    differ(&one.exclusive, &other.exclusive, |entity| letter(entity) != Some('H'))
}

/// Digits and letters without what they are.
fn layout(value: &str) -> String {
    value.chars().map(|sign| if sign.is_ascii_digit() { '9' } else { 'a' }).collect()
}

struct Groups {
    groups: Vec<Group>,
    /// To whom a group was added.
    parent: Vec<usize>,
}

impl Groups {
    fn root(&mut self, mut at: usize) -> usize {
        while let Some(parent) = self.parent.get(at).copied().filter(|parent| *parent != at) {
            let above = self.parent.get(parent).copied().unwrap_or(parent);
            if let Some(slot) = self.parent.get_mut(at) {
                *slot = above;
            }
            at = above;
        }
        at
    }

    fn get(&self, at: usize) -> &Group {
        let Some(group) = self.groups.get(at) else { unreachable!("a group's number") };
        group
    }

    /// Makes two groups one.
    fn join(&mut self, one: usize, other: usize) -> usize {
        let (one, other) = (self.root(one), self.root(other));
        if one == other {
            return one;
        }
        let (kept, gone) = if self.get(one).members.len() >= self.get(other).members.len() { (one, other) } else { (other, one) };
        let taken = self.groups.get_mut(gone).map(std::mem::take).unwrap_or_default();
        if let Some(slot) = self.parent.get_mut(gone) {
            *slot = kept;
        }
        if let Some(group) = self.groups.get_mut(kept) {
            if taken.name.len() > group.name.len() {
                group.name = taken.name;
            }
            group.known = group.known.or(taken.known);
            for value in taken.exclusive {
                if !group.exclusive.contains(&value) {
                    group.exclusive.push(value);
                }
            }
            group.members.extend(taken.members);
        }
        kept
    }
}

/// Puts the parts of all files together.
pub fn resolve(parts: Vec<(usize, Part)>) -> Resolved {
    let mut groups = Groups { groups: Vec::with_capacity(parts.len()), parent: (0..parts.len()).collect() };
    for (index, (_, part)) in parts.iter().enumerate() {
        let own = part.held.iter().filter(|held| held.how != How::Near && is_exclusive(&held.entity));
        groups.groups.push(Group {
            name: part.name.clone(),
            known: part.known,
            exclusive: own.map(|held| (held.entity.clone(), held.identity.clone())).collect(),
            members: vec![index],
        });
    }
    // Those of whom most is known first, so that it makes no difference in which order files come.
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|index| {
        let group = groups.get(*index);
        let rank = if group.known.is_some() { 0 } else { 1 + u8::from(!is_full(&group.name)) };
        (rank, group.exclusive.is_empty())
    });
    let mut doubts = join_all(&parts, &order, &mut groups);
    let mut roots: Vec<usize> = (0..parts.len()).map(|index| groups.root(index)).collect();
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    let mut people: Vec<Person> = Vec::new();
    for ((file, part), root) in parts.into_iter().zip(&roots) {
        let number = *numbers.entry(*root).or_insert_with(|| {
            let group = groups.groups.get_mut(*root).map(std::mem::take).unwrap_or_default();
            let Group { name, known, exclusive, .. } = group;
            people.push(Person { parts: Vec::new(), name, known, exclusive });
            people.len() - 1
        });
        if let Some(person) = people.get_mut(number) {
            person.parts.push((file, part));
        }
    }
    for root in &mut roots {
        *root = numbers.get(root).copied().unwrap_or_default();
    }
    doubts.iter_mut().for_each(|(pair, _)| *pair = pair.map(|index| roots.get(index).copied().unwrap_or_default()));
    let alike = doubts_of(&people, doubts);
    Resolved { people, alike }
}

/// A pair of parts of which it is not known whether they are of one person, and why they may be.
type Doubt = ([usize; 2], String);

/// Joins what belongs together; gives the pairs that share a number and have other names.
fn join_all(parts: &[(usize, Part)], order: &[usize], groups: &mut Groups) -> Vec<Doubt> {
    let mut by_known: HashMap<usize, usize> = HashMap::new();
    let mut by_number: HashMap<(&Entity, &str), usize> = HashMap::new();
    let mut by_name: HashMap<(Option<usize>, &str), Vec<usize>> = HashMap::new();
    let mut doubts = Vec::new();
    for index in order.iter().copied() {
        let Some((file, part)) = parts.get(index) else { continue };
        if let Some(known) = part.known {
            let first = *by_known.entry(known).or_insert(index);
            groups.join(first, index);
        }
        for held in part.held.iter().filter(|held| held.how != How::Near && is_strong(&held.entity)) {
            let first = *by_number.entry((&held.entity, &*held.identity)).or_insert(index);
            let (theirs, own) = (groups.root(first), groups.root(index));
            if theirs == own {
                continue;
            }
            let (a, b) = (groups.get(theirs), groups.get(own));
            let fits = a.name_fits(b);
            if fits && !a.contradicts(b) {
                groups.join(theirs, own);
            } else if !matches!(letter(&held.entity), Some('D' | 'F')) {
                let but = if fits { "other numbers or birth dates" } else { "other names" };
                doubts.push(([first, index], format!("the same {}, but {but}", held.entity)));
            }
        }
        if part.name.is_empty() {
            continue;
        }
        let key = (Some(*file).filter(|_| !is_full(&part.name) && part.known.is_none()), part.name.as_str());
        let namesakes = by_name.entry(key).or_default();
        namesakes.iter_mut().for_each(|namesake| *namesake = groups.root(*namesake));
        namesakes.sort_unstable();
        namesakes.dedup();
        let mut own = groups.root(index);
        if let [only] = namesakes.as_slice()
            && *only != own
            && !groups.get(*only).contradicts(groups.get(own))
        {
            own = groups.join(*only, own);
        }
        if !namesakes.contains(&own) {
            namesakes.push(own);
        }
    }
    doubts
}

/// All doubts: shared numbers, namesakes, names that may be short forms of others.
fn doubts_of(people: &[Person], shared: Vec<Doubt>) -> Vec<Alike> {
    let mut alike: BTreeSet<Alike> = BTreeSet::new();
    for (mut pair, why) in shared {
        pair.sort_unstable();
        if pair[0] != pair[1] {
            alike.insert(Alike { people: pair.to_vec(), why });
        }
    }
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, person) in people.iter().enumerate().filter(|(_, person)| !person.name.is_empty()) {
        by_name.entry(&person.name).or_default().push(number);
    }
    for (name, numbers) in &by_name {
        for word in name.split(' ').collect::<BTreeSet<_>>() {
            by_word.entry(word).or_default().extend(numbers.first());
        }
        let two = |one: &usize, other: &usize| match (people.get(*one), people.get(*other)) {
            (Some(a), Some(b)) => one == other || are_two(a, b),
            _ => true,
        };
        let doubtful = |one: &&usize| numbers.iter().take(MOST_COMPARED).any(|other| !two(one, other));
        let in_doubt: Vec<usize> = numbers.iter().filter(doubtful).copied().collect();
        if in_doubt.len() > 1 {
            let why = if is_full(name) { "the same name" } else { "the same short name" };
            alike.insert(Alike { people: in_doubt, why: why.to_owned() });
        }
    }
    for (name, numbers) in &by_name {
        let Some(number) = numbers.first() else { continue };
        // The rarest word of the name that is more than an initial.
        let words = name.split(' ').filter(|word| word.chars().nth(1).is_some());
        let candidates = words.filter_map(|word| by_word.get(word)).min_by_key(|people| people.len());
        let longer = candidates.into_iter().flatten().take(MOST_COMPARED).filter(|other| {
            let (Some(own), Some(other)) = (people.get(*number), people.get(**other)) else { return false };
            other.name.len() > name.len() && may_mean(name, &other.name) && !are_two(own, other)
        });
        let mut all: Vec<usize> = longer.copied().collect();
        if !all.is_empty() {
            all.sort_unstable();
            all.insert(0, *number);
            alike.insert(Alike { people: all, why: "one name may be short for the other".to_owned() });
        }
    }
    alike.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(file: usize, name: &str, values: &[(&str, &str)]) -> (usize, Part) {
        let mut part = Part { name: name.to_owned(), ..Part::default() };
        for (entity, value) in values {
            part.give(&Entity::parse(entity).unwrap(), value, None, How::Record);
        }
        (file, part)
    }

    /// Which person each part became, and the doubts.
    fn resolved(parts: Vec<(usize, Part)>) -> (Vec<usize>, Vec<(Vec<usize>, String)>) {
        let tagged = parts.into_iter().enumerate().map(|(index, (file, mut part))| {
            part.give(&Entity::DENIED_TERM, &index.to_string(), None, How::Record);
            (file, part)
        });
        let Resolved { people, alike } = resolve(tagged.collect());
        let mut of: Vec<(usize, usize)> = Vec::new();
        for (number, person) in people.iter().enumerate() {
            for (_, part) in &person.parts {
                let tag = part.held.iter().find(|held| held.entity == Entity::DENIED_TERM).unwrap();
                of.push((tag.identity.parse().unwrap(), number));
            }
        }
        of.sort_unstable();
        (of.into_iter().map(|(_, number)| number).collect(), alike.into_iter().map(|alike| (alike.people, alike.why)).collect())
    }

    #[test]
    fn full_names_join_over_files_and_short_ones_do_not() {
        let (of, alike) = resolved(vec![
            part(0, "jane roe", &[]),
            part(1, "jane roe", &[]),
            part(1, "roe", &[]),
            part(2, "roe", &[]),
            part(2, "roe", &[]),
        ]);
        assert_eq!(of, [0, 0, 1, 2, 2]);
        let short = "one name may be short for the other".to_owned();
        assert_eq!(alike, [(vec![1, 0], short), (vec![1, 2], "the same short name".to_owned())]);
    }

    #[test]
    fn other_numbers_are_other_people() {
        let two = [part(0, "john smith", &[("US_SSN", "1")]), part(0, "john smith", &[("US_SSN", "2")])];
        assert_eq!(resolved(Vec::from(two)).1, []);
        let two = [("1", 0), ("2", 1)].map(|(mrn, file)| part(file, "john smith", &[("MEDICAL_RECORD_NUMBER", mrn)]));
        assert_eq!(resolved(Vec::from(two)), (vec![0, 1], vec![(vec![0, 1], "the same name".to_owned())]));
        let (of, alike) = resolved(vec![
            part(0, "john smith", &[("US_SSN", "1")]),
            part(0, "john smith", &[("US_SSN", "2")]),
            part(1, "john smith", &[]),
            part(1, "john smith", &[("US_SSN", "2")]),
        ]);
        assert_eq!(of, [0, 1, 2, 1]);
        assert_eq!(alike, [(vec![0, 1, 2], "the same name".to_owned())]);
    }

    #[test]
    fn a_shared_number_joins_names_that_fit() {
        let (of, alike) = resolved(vec![
            part(0, "j smith", &[("MEDICAL_RECORD_NUMBER", "7")]),
            part(1, "john smith", &[("MEDICAL_RECORD_NUMBER", "7")]),
            part(2, "", &[("MEDICAL_RECORD_NUMBER", "7")]),
            part(3, "ada poe", &[("MEDICAL_RECORD_NUMBER", "7"), ("EMAIL_ADDRESS", "x@example.com")]),
            part(4, "max poe", &[("EMAIL_ADDRESS", "x@example.com")]),
        ]);
        assert_eq!(of[..3], [0, 0, 0]);
        assert_eq!(of[3..], [1, 2], "a household's mail address is no person");
        assert_eq!(alike, [(vec![0, 1], "the same MEDICAL_RECORD_NUMBER, but other names".to_owned())]);
    }

    #[test]
    fn birth_dates_in_another_layout_do_not_contradict() {
        let one = |value| part(0, "jane roe", &[("DATE_OF_BIRTH", value)]);
        assert_eq!(resolved(vec![one("19800502"), one("19810502")]).0, [0, 1]);
        assert_eq!(resolved(vec![one("19800502"), one("2may1980")]).0, [0, 0]);
    }

    #[test]
    fn the_order_of_files_makes_no_difference() {
        let parts = || [("john smith", Some("1"), 0), ("john smith", None, 1), ("john smith", Some("2"), 2), ("", Some("1"), 3)];
        let count = |turned: bool| {
            let mut all: Vec<_> = parts().to_vec();
            if turned {
                all.reverse();
            }
            let made = all
                .iter()
                .map(|(name, ssn, file)| part(*file, name, &ssn.map(|ssn| ("US_SSN", ssn)).into_iter().collect::<Vec<_>>()));
            resolve(made.collect()).people.len()
        };
        assert_eq!((count(false), count(true)), (3, 3));
    }
}
