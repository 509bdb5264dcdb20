//! What kind of personal data a finding is.

use std::borrow::Cow;
use std::fmt;

/// A kind of personal data, such as `PERSON` or `UK_NHS`.
///
/// An entity is its identifier: upper-case words joined by `_`, the country first where the kind belongs to one. The
/// identifiers are Presidio's wherever it has the kind, so that results of the two can be compared.
/// The set is open: a recognizer brings its own entity, so a new kind needs no change here. The constants below exist for
/// entities that other parts of the program have to name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Entity(Cow<'static, str>);

impl Entity {
    /// An entity known when the program is built.
    pub const fn new(id: &'static str) -> Self {
        Self(Cow::Borrowed(id))
    }

    /// An entity named by a user.
    ///
    /// # Errors
    /// [`InvalidEntity`] unless `id` starts with a letter and holds only `A-Z`, `0-9` and `_`.
    pub fn parse(id: &str) -> Result<Self, InvalidEntity> {
        let starts_well = id.bytes().next().is_some_and(|first| first.is_ascii_uppercase());
        if starts_well && id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_') {
            Ok(Self(Cow::Owned(id.to_owned())))
        } else {
            Err(InvalidEntity)
        }
    }

    /// The identifier, for example `UK_NHS`.
    pub fn id(&self) -> &str {
        &self.0
    }
}

/// The text is no entity identifier (upper-case letters, digits and `_`, a letter first).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an entity identifier has only A-Z, 0-9 and _, and starts with a letter")]
pub struct InvalidEntity;

impl fmt::Display for Entity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! entities {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        impl Entity {
            $($(#[$doc])* pub const $name: Self = Self::new(stringify!($name));)*
        }
    };
}

entities! {
    /// A person's name, with its titles.
    PERSON;
    /// A town, region, country or other named place.
    LOCATION;
    /// House number and street, with the town and postal code when they follow.
    STREET_ADDRESS;
    /// A company, authority, school, hospital or other named body.
    ORGANIZATION;
    /// A date, a time, or a phrase that stands for one.
    DATE_TIME;
    /// The day a person was born.
    DATE_OF_BIRTH;
    /// A person's age.
    AGE;
    /// A postal code of the United States.
    ZIP_CODE;
    /// A telephone number.
    PHONE_NUMBER;
    /// A telephone number that a fax machine answers.
    FAX_NUMBER;
    /// A mail address.
    EMAIL_ADDRESS;
    /// A term that the user said must go.
    DENIED_TERM;
}
