//! The statistical tagger: names of people, places and organisations in running text.
//!
//! A linear model over hashed features, read from left to right. Only words that can begin or continue a name are looked at
//! ([`sites`]); what does not depend on the tags before is summed once ([`features`]), so that the second pass, which knows
//! what the whole document says of each word ([`memory`]), costs little. Weights are small integers made by
//! `cargo xtask train`; the model card is `docs/model-card.md`.
//!
//! It decides nothing alone: its spans become proposals with a confidence like those of every recognizer.

mod acronym;
mod boilerplate;
mod decode;
pub mod features;
pub mod memory;
pub mod model;
mod nobody;
pub mod sites;
pub mod technical;
#[cfg(test)]
mod tests;

pub use decode::{Tagged, Tagger};
pub(crate) use nobody::is_nobody;

use crate::entity::Entity;

/// Tags a site can have: begin or inside of the three kinds, or outside.
pub const TAGS: usize = 7;

/// Added to the log odds of each tag. Leans to finding: a doubtful name is proposed, and its confidence says that it is one.
pub const LEANING: [f32; TAGS] = [-2.1, -1.3, -1.3, -0.8, -0.8, -0.3, -0.3];

/// What the tagger tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// People.
    Person,
    /// Countries, towns, streets, buildings.
    Location,
    /// Firms, offices, hospitals, bands, parties.
    Organization,
}

impl NameKind {
    /// In the order of the tags.
    pub const ALL: [Self; 3] = [Self::Person, Self::Location, Self::Organization];

    /// Identifier of the entity it is reported as.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Location => "LOCATION",
            Self::Organization => "ORGANIZATION",
        }
    }

    /// The entity it is reported as.
    pub const fn entity(self) -> Entity {
        Entity::new(self.id())
    }
}

/// A tag of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag(u8);

impl Tag {
    /// Belongs to no name.
    pub const OUTSIDE: Self = Self(0);

    /// The first word of a name.
    pub const fn begin(kind: NameKind) -> Self {
        Self(1 + 2 * kind as u8)
    }

    /// A later word of a name.
    pub const fn inside(kind: NameKind) -> Self {
        Self(2 + 2 * kind as u8)
    }

    /// The tag with this index, below [`TAGS`].
    pub const fn from_index(index: usize) -> Self {
        Self(if index < TAGS { index as u8 } else { 0 })
    }

    /// From 0 to 6.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// Which kind of name, if any.
    pub const fn kind(self) -> Option<NameKind> {
        match self.0 {
            1 | 2 => Some(NameKind::Person),
            3 | 4 => Some(NameKind::Location),
            5 | 6 => Some(NameKind::Organization),
            _ => None,
        }
    }

    /// Whether it continues a name.
    pub const fn is_inside(self) -> bool {
        self.0 > 0 && self.0.is_multiple_of(2)
    }

    /// Whether this tag can stand after `before`: a name goes on only as what it began.
    pub const fn may_follow(self, before: Self) -> bool {
        !self.is_inside() || before.0 == self.0 || before.0 + 1 == self.0
    }
}
