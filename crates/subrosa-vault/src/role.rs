//! Who may do what: abilities, and the categories of values that they reach.

use std::collections::BTreeSet;
use std::fmt;

use crate::error::{Result, VaultError};

/// The role that a vault starts with. It has every ability over every category.
pub const OWNER: &str = "owner";
/// How all categories are written.
pub const ALL_CATEGORIES: &str = "*";

/// One thing a role may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ability {
    /// Have codes made, keep what was removed from a document.
    Write,
    /// Get values back.
    Restore,
    /// Grant, revoke, rotate, forget: all there is. Such a role holds every key.
    Administer,
}

impl Ability {
    /// All, with the names that users write.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("write", Self::Write), ("restore", Self::Restore), ("administer", Self::Administer)];
}

impl fmt::Display for Ability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::ALL.iter().find(|(_, ability)| ability == self).map_or("", |(name, _)| name))
    }
}

/// What a role may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Abilities {
    /// [`Ability::Write`].
    pub write: bool,
    /// [`Ability::Restore`].
    pub restore: bool,
    /// [`Ability::Administer`]; includes the others.
    pub administer: bool,
}

impl Abilities {
    /// Every ability.
    pub const ALL: Self = Self { write: true, restore: true, administer: true };

    /// Those of a list.
    pub fn of(abilities: &[Ability]) -> Self {
        let administer = abilities.contains(&Ability::Administer);
        let has = |ability| administer || abilities.contains(&ability);
        Self { write: has(Ability::Write), restore: has(Ability::Restore), administer }
    }

    /// Whether the ability is among them.
    pub fn has(self, ability: Ability) -> bool {
        match ability {
            Ability::Write => self.write,
            Ability::Restore => self.restore,
            Ability::Administer => self.administer,
        }
    }

    pub(crate) fn bits(self) -> i64 {
        i64::from(self.write) | i64::from(self.restore) << 1 | i64::from(self.administer) << 2
    }

    pub(crate) fn from_bits(bits: i64) -> Self {
        Self { write: bits & 1 != 0, restore: bits & 2 != 0, administer: bits & 4 != 0 }
    }
}

impl fmt::Display for Abilities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = Ability::ALL.iter().filter(|(_, ability)| self.has(*ability)).map(|(name, _)| *name).collect();
        f.write_str(&names.join(", "))
    }
}

/// The categories of a role. A category is an entity: `PERSON`, `ACCOUNT_NUMBER`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Categories {
    /// All there are and will be.
    All,
    /// These.
    Some(BTreeSet<String>),
}

impl Categories {
    /// The categories of a list; `*` means all.
    ///
    /// # Errors
    /// [`VaultError::Invalid`] for an empty list and for what cannot be an entity.
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        let names: BTreeSet<String> = names.into_iter().map(str::to_owned).collect();
        if names.contains(ALL_CATEGORIES) {
            return Ok(Self::All);
        }
        if names.is_empty() {
            return Err(VaultError::Invalid("a role needs categories, or * for all".to_owned()));
        }
        names.iter().try_for_each(|name| category(name))?;
        Ok(Self::Some(names))
    }

    /// Whether the category is among them.
    pub fn include(&self, category: &str) -> bool {
        match self {
            Self::All => true,
            Self::Some(names) => names.contains(category),
        }
    }
}

impl fmt::Display for Categories {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str(ALL_CATEGORIES),
            Self::Some(names) => f.write_str(&names.iter().map(String::as_str).collect::<Vec<_>>().join(",")),
        }
    }
}

/// Checks that a text can be a category.
pub(crate) fn category(name: &str) -> Result<()> {
    match subrosa_core::entity::Entity::parse(name) {
        Ok(_) if name.len() <= 128 => Ok(()),
        _ => Err(VaultError::Invalid("a category is an entity: capitals, digits and _, a letter first".to_owned())),
    }
}

/// Checks that a text can be the name of a role.
pub(crate) fn role_name(name: &str) -> Result<()> {
    let fits = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || matches!(sign, b'-' | b'_' | b'.');
    let starts = name.bytes().next().is_some_and(|sign| sign.is_ascii_lowercase());
    if starts && name.len() <= 64 && name.bytes().all(fits) {
        return Ok(());
    }
    let expected = "the name of a role has small letters, digits, -, _ and ., starts with a letter, and has 64 signs at most";
    Err(VaultError::Invalid(expected.to_owned()))
}

/// A role, for people to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleInfo {
    /// Its name.
    pub name: String,
    /// What it may do.
    pub abilities: Abilities,
    /// With what.
    pub categories: Categories,
    /// Whether it was taken back.
    pub revoked: bool,
    /// When it was granted, in days since 1970.
    pub day: u32,
    /// The public half of the key it signs with (Ed25519).
    pub verifying_key: [u8; 32],
}
