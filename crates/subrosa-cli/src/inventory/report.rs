//! What the inventory says, as `docs/schemas/inventory.v1.json` has it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use subrosa_core::case::CaseSheet;
use subrosa_core::entity::Entity;
use subrosa_core::key::Key;
use subrosa_core::role::Role;

use super::breach::Breach;
use super::columns::Quasi;
use super::facts::{Count, How, Part, is_full};
use super::kinds::{OTHER, TYPES, breach_type, is_direct};
use super::people::{Alike, Person as Found, Resolved};
use super::risk::{self, Risk};
use super::tables::Anonymity;

/// Said in every report.
pub const LIMITS: &str = "Nobody can promise that this is complete: people whose names were not recognised, and files and parts that were not looked \
     into, are not counted. Values marked as near are guesses.";

/// Most people that are named as perhaps the same.
const MOST_ALIKE: usize = 10;

/// All of it.
#[derive(Serialize)]
pub struct Report {
    schema: u32,
    tool: Tool,
    /// What the reader has to know.
    pub limits: &'static str,
    pub totals: Totals,
    /// Comes first: it may hold anything.
    pub not_looked_into: Vec<NotLooked>,
    pub kinds: Vec<Kind>,
    pub people: Vec<Person>,
    pub may_be_the_same: Vec<Same>,
    pub files: Vec<File>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breach: Option<Breach>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// Sums.
#[derive(Serialize)]
pub struct Totals {
    pub files: u64,
    pub with_findings: u64,
    pub not_looked_into: u64,
    pub partly_looked_into: u64,
    pub people: u64,
    pub findings: u64,
    pub unassigned: u64,
}

/// A file or part that holds nobody knows what.
#[derive(Clone, Serialize)]
pub struct NotLooked {
    pub path: String,
    /// Nothing for the whole file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    pub reason: String,
}

/// A kind of value over all files.
#[derive(Serialize)]
pub struct Kind {
    pub entity: String,
    pub mentions: u64,
    /// People who have one.
    pub people: u64,
    pub files: u64,
}

/// A person.
#[derive(Serialize)]
pub struct Person {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the case sheet says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'static str>,
    /// Whether anybody wrote the name, and all of it.
    pub named: Named,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<&'static str>,
    /// In the words of 45 CFR 164.404(c)(1)(B).
    pub types: Vec<&'static str>,
    pub kinds: Vec<OfPerson>,
    /// Fields that tell people apart together.
    pub quasi_identifiers: Vec<&'static str>,
    pub files: Vec<String>,
}

/// How much of a name there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Named {
    Full,
    Partly,
    Unnamed,
}

/// A kind of value of a person.
#[derive(Serialize)]
pub struct OfPerson {
    pub entity: String,
    /// Distinct ones.
    pub values: u64,
    pub mentions: u64,
    /// How the least sure of them is known to be theirs.
    pub how: &'static str,
    /// Those of them that are guesses.
    pub guessed: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shown: Vec<String>,
}

/// People who may be the same.
#[derive(Serialize)]
pub struct Same {
    pub people: Vec<String>,
    pub more: u64,
    pub why: String,
}

/// A file that was looked into, at least partly.
#[derive(Serialize)]
pub struct File {
    pub path: String,
    pub risk: Risk,
    pub reasons: Vec<String>,
    pub people: u64,
    pub counts: Vec<OfFile>,
    pub combinations: Vec<Combination>,
    pub tables: Vec<Anonymity>,
    pub unread_parts: u64,
}

/// A kind of value in a file.
#[derive(Serialize)]
pub struct OfFile {
    pub entity: String,
    /// Whether a value of this kind identifies by itself.
    pub direct_identifier: bool,
    pub values: u64,
    pub mentions: u64,
    /// Mentions that belong to nobody in particular.
    pub unassigned: u64,
}

/// Fields that tell people apart together, and how many people of the file have all of them.
#[derive(Serialize)]
pub struct Combination {
    pub of: Vec<&'static str>,
    pub people: u64,
}

/// What is known of a file beside its people.
pub struct Looked {
    pub path: String,
    pub counts: BTreeMap<Entity, Count>,
    pub unassigned: BTreeMap<Entity, u64>,
    pub tables: Vec<Anonymity>,
    pub unread_parts: u64,
}

/// Makes the report.
pub struct Maker<'a> {
    pub key: Option<&'a Key>,
    pub case: Option<&'a CaseSheet>,
    pub show_values: bool,
}

impl Maker<'_> {
    /// The report of these files and people.
    pub fn report(&self, files: Vec<Looked>, not_looked_into: Vec<NotLooked>, all: u64, resolved: Resolved) -> Report {
        let Resolved { people, alike } = resolved;
        let ids = self.ids(&people);
        let mut in_files: Vec<InFile> = files.iter().map(|_| InFile::default()).collect();
        let mut kinds: BTreeMap<Entity, [u64; 3]> = BTreeMap::new();
        for person in &people {
            let entities: BTreeSet<&Entity> =
                person.parts.iter().flat_map(|(_, part)| &part.held).map(|held| &held.entity).collect();
            for entity in entities {
                kinds.entry(entity.clone()).or_default()[1] += 1;
            }
            for parts in person.parts.chunk_by(|a, b| a.0 == b.0) {
                if let Some(file) = parts.first().and_then(|(file, _)| in_files.get_mut(*file)) {
                    file.add(parts);
                }
            }
        }
        for (entity, count) in files.iter().flat_map(|file| &file.counts) {
            let [mentions, _, with] = kinds.entry(entity.clone()).or_default();
            *mentions += count.mentions;
            *with += 1;
        }
        let unassigned = files.iter().flat_map(|file| file.unassigned.values()).sum();
        let paths: Vec<String> = files.iter().map(|file| file.path.clone()).collect();
        let whole = not_looked_into.iter().filter(|not| not.part.is_none()).count() as u64;
        let files: Vec<File> = files.into_iter().zip(in_files).map(|(file, people)| people.file(file)).collect();
        let people: Vec<Person> = people.iter().zip(&ids).map(|(person, id)| self.person(person, id, &paths)).collect();
        let of_kind = |(entity, [mentions, people, files]): (Entity, [u64; 3])| Kind {
            entity: entity.id().to_owned(),
            mentions,
            people,
            files,
        };
        Report {
            schema: 1,
            tool: Tool { name: "subrosa", version: env!("CARGO_PKG_VERSION") },
            limits: LIMITS,
            totals: Totals {
                files: all,
                with_findings: files.iter().filter(|file| !file.counts.is_empty()).count() as u64,
                not_looked_into: whole,
                partly_looked_into: files.iter().filter(|file| file.unread_parts > 0).count() as u64,
                people: people.len() as u64,
                findings: kinds.values().map(|[mentions, ..]| mentions).sum(),
                unassigned,
            },
            not_looked_into,
            kinds: kinds.into_iter().map(of_kind).collect(),
            people,
            may_be_the_same: alike.into_iter().map(|alike| same(alike, &ids)).collect(),
            files,
            breach: None,
        }
    }

    /// What people are called: by their number, or by a code that is the same wherever the key is.
    fn ids(&self, people: &[Found]) -> Vec<String> {
        let key = self.key.map(|key| key.derive("inventory-person"));
        let mut given: BTreeMap<String, u64> = BTreeMap::new();
        let id = |(number, person): (usize, &Found)| {
            let Some(key) = &key else { return format!("PERSON-{}", number + 1) };
            // Somebody without a name is known by a number.
            let held = || person.parts.iter().flat_map(|(_, part)| &part.held).map(|held| &*held.identity).min();
            let parts = if person.name.is_empty() { ["number", held().unwrap_or_default()] } else { ["name", &person.name] };
            let code = format!("PERSON-{}", code(&key.mac(&parts.map(str::as_bytes))));
            let times = given.entry(code.clone()).or_default();
            *times += 1;
            // Namesakes.
            if *times == 1 { code } else { format!("{code}-{times}") }
        };
        people.iter().enumerate().map(id).collect()
    }

    fn person(&self, person: &Found, id: &str, paths: &[String]) -> Person {
        let mut kinds: BTreeMap<&Entity, Kinds<'_>> = BTreeMap::new();
        for held in person.parts.iter().flat_map(|(_, part)| &part.held) {
            let kind = kinds.entry(&held.entity).or_default();
            kind.mentions += held.mentions;
            let how = kind.values.entry(&held.identity).or_insert((held.how, held.shown.as_deref()));
            how.0 = how.0.min(held.how);
        }
        let named = match person.name.as_str() {
            "" => Named::Unnamed,
            name if is_full(name) => Named::Full,
            _ => Named::Partly,
        };
        let of: BTreeSet<&str> = kinds.keys().map(|entity| breach_type(entity, named == Named::Full)).collect();
        let quasi: BTreeSet<Quasi> = person.parts.iter().flat_map(|(_, part)| part.quasi.iter().copied()).collect();
        let files: BTreeSet<usize> = person.parts.iter().map(|(file, _)| *file).collect();
        let role = person.known.and_then(|known| self.case?.people().get(known));
        let shown = person.parts.iter().filter_map(|(_, part)| part.shown.as_deref());
        Person {
            id: id.to_owned(),
            name: shown.max_by_key(|name| name.len()).map(str::to_owned).filter(|_| self.show_values),
            role: role.map(|person| person.role.name()),
            named,
            state: person.parts.iter().find_map(|(_, part)| part.state),
            types: TYPES.iter().copied().chain([OTHER]).filter(|kind| of.contains(kind)).collect(),
            kinds: kinds.into_iter().map(|(entity, kind)| kind.of_person(entity)).collect(),
            quasi_identifiers: quasi.into_iter().map(Quasi::name).collect(),
            files: files.into_iter().filter_map(|file| paths.get(file).cloned()).collect(),
        }
    }
}

impl Person {
    /// Whether anything but a name was found.
    pub fn has_more_than_a_name(&self) -> bool {
        self.kinds.iter().any(|kind| kind.entity != Entity::PERSON.id())
    }

    /// Whether the case sheet says that they are there by their trade.
    pub fn is_there_by_trade(&self) -> bool {
        [Role::Clinician, Role::Official].iter().any(|role| self.role == Some(role.name()))
    }
}

#[derive(Default)]
struct Kinds<'p> {
    mentions: u64,
    values: BTreeMap<&'p str, (How, Option<&'p str>)>,
}

impl Kinds<'_> {
    fn of_person(self, entity: &Entity) -> OfPerson {
        let how = self.values.values().map(|(how, _)| *how).max().unwrap_or(How::Near);
        OfPerson {
            entity: entity.id().to_owned(),
            values: self.values.len() as u64,
            mentions: self.mentions,
            how: how.name(),
            guessed: self.values.values().filter(|(how, _)| *how == How::Near).count() as u64,
            shown: self.values.into_values().filter_map(|(_, shown)| shown.map(str::to_owned)).collect(),
        }
    }
}

/// The people of one file.
#[derive(Default)]
pub struct InFile {
    people: u64,
    with_health: u64,
    combinations: BTreeMap<BTreeSet<Quasi>, u64>,
}

impl InFile {
    /// Adds a person by their parts.
    fn add(&mut self, parts: &[(usize, Part)]) {
        self.people += 1;
        let held = || parts.iter().flat_map(|(_, part)| &part.held);
        let is_identified = held().any(|held| is_direct(&held.entity));
        self.with_health += u64::from(is_identified && held().any(|held| super::kinds::is_health(&held.entity)));
        let quasi: BTreeSet<Quasi> = parts.iter().flat_map(|(_, part)| part.quasi.iter().copied()).collect();
        if quasi.len() > 1 {
            *self.combinations.entry(quasi).or_default() += 1;
        }
    }

    fn file(self, file: Looked) -> File {
        let judged = risk::of(&file, self.people, self.with_health, &self.combinations);
        let Looked { path, counts, mut unassigned, tables, unread_parts } = file;
        let of_file = |(entity, count): (Entity, Count)| OfFile {
            entity: entity.id().to_owned(),
            direct_identifier: is_direct(&entity),
            values: count.values.len() as u64,
            mentions: count.mentions,
            unassigned: unassigned.remove(&entity).unwrap_or_default(),
        };
        let combination =
            |(of, people): (BTreeSet<Quasi>, u64)| Combination { of: of.into_iter().map(Quasi::name).collect(), people };
        File {
            path,
            risk: judged.0,
            reasons: judged.1,
            people: self.people,
            counts: counts.into_iter().map(of_file).collect(),
            combinations: self.combinations.into_iter().map(combination).collect(),
            tables,
            unread_parts,
        }
    }
}

fn same(alike: Alike, ids: &[String]) -> Same {
    let people = alike.people.iter().take(MOST_ALIKE).filter_map(|person| ids.get(*person).cloned()).collect();
    Same { people, more: alike.people.len().saturating_sub(MOST_ALIKE) as u64, why: alike.why }
}

/// Eight signs of Crockford's base 32: 40 bits.
fn code(mac: &[u8]) -> String {
    const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let bits = mac.iter().take(5).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    (0..8).rev().map(|place| char::from(SIGNS[(bits >> (5 * place)) as usize & 31])).collect()
}
