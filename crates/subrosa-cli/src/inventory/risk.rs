//! How much harm a file could do in wrong hands: low, medium or high, with the reasons.
//!
//! No number: what is known does not carry one. High, when one of these holds: numbers that open accounts or identities (social
//! security and national numbers, cards and bank accounts, passports and licences, passwords and keys, biometrics); health data
//! of people who can be told; 500 people or more; rows of a table that nobody else equals in birth date and postal code.
//! Medium: another direct identifier beside names (address, telephone, mail, record numbers); combinations that tell people
//! apart; small classes in a table; parts that were not looked into. Low: anything else that was found.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use subrosa_core::entity::Entity;

use super::columns::Quasi;
use super::kinds::{is_direct, is_grave};
use super::report::Looked;

/// How much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Risk {
    /// Nothing was found.
    None,
    /// Names, dates, places.
    Low,
    /// People can be reached or told apart.
    Medium,
    /// People can be harmed.
    High,
}

impl Risk {
    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// As many people as make a breach one that is told to the authority at once.
const MANY: u64 = 500;

/// The risk of a file and why.
pub fn of(file: &Looked, people: u64, with_health: u64, combinations: &BTreeMap<BTreeSet<Quasi>, u64>) -> (Risk, Vec<String>) {
    let mut reasons: Vec<(Risk, String)> = Vec::new();
    for (entity, count) in file.counts.iter().filter(|(entity, _)| is_grave(entity)) {
        reasons.push((Risk::High, format!("{entity}: {}", count.mentions)));
    }
    if with_health > 0 {
        reasons.push((Risk::High, format!("health data of people who can be identified: {with_health}")));
    }
    if people >= MANY {
        reasons.push((Risk::High, format!("people: {people}")));
    }
    for table in &file.tables {
        let columns: BTreeSet<&str> = table.columns.iter().map(|column| column.is).collect();
        let telling = [Quasi::BirthDate, Quasi::PostalCode].iter().all(|quasi| columns.contains(quasi.name()));
        let named = columns.iter().copied().collect::<Vec<_>>().join(", ");
        if table.unique_rows > 0 && columns.len() > 1 {
            let risk = if telling { Risk::High } else { Risk::Medium };
            reasons.push((risk, format!("rows that are unique by {}: {}", named, table.unique_rows)));
        } else if table.rows_in_small_classes > 0 && columns.len() > 1 {
            reasons.push((Risk::Medium, format!("rows that few others equal by {}: {}", named, table.rows_in_small_classes)));
        }
    }
    let others = |entity: &Entity| is_direct(entity) && !is_grave(entity) && *entity != Entity::PERSON;
    for (entity, count) in file.counts.iter().filter(|(entity, _)| others(entity)) {
        reasons.push((Risk::Medium, format!("{entity}: {}", count.mentions)));
    }
    for (of, people) in combinations {
        let names: Vec<&str> = of.iter().map(|quasi| quasi.name()).collect();
        reasons.push((Risk::Medium, format!("people with {}: {people}", names.join(" + "))));
    }
    if file.unread_parts > 0 {
        reasons.push((Risk::Medium, format!("parts that were not looked into: {}", file.unread_parts)));
    }
    let found = if file.counts.is_empty() { Risk::None } else { Risk::Low };
    let risk = reasons.iter().map(|(risk, _)| *risk).max().unwrap_or(found);
    let mut shown: Vec<String> = reasons.into_iter().filter(|(of, _)| *of == risk).map(|(_, reason)| reason).collect();
    if shown.is_empty() && people > 0 {
        shown.push(format!("names of people: {people}"));
    }
    (risk, shown)
}
