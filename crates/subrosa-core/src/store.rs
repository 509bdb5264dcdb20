//! The joint between operators and a vault: which code stands for which value.
//!
//! Core has neither disk nor randomness, so codes that are not made from the value come from a [`Store`] that the caller
//! brings, for example `subrosa-vault`.

use crate::entity::Entity;

/// Keeps which code stands for which value. Asked from many threads at once.
pub trait Store: Sync {
    /// The code of a value: the one it was given before, else a new one that no other value has.
    ///
    /// # Errors
    /// [`StoreError`]; the document that asked is then refused.
    fn code(&self, ask: &Ask<'_>) -> Result<String, StoreError>;
}

/// What a store is asked.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    /// What the value is.
    pub entity: &'a Entity,
    /// What all mentions of the same value share, see [`identity`](crate::identity).
    pub identity: &'a str,
    /// The value as it stands in the text.
    pub value: &'a str,
    /// The word before the code: `PERSON`, `CLIENT`.
    pub word: &'a str,
    /// How the code is to look.
    pub form: CodeForm,
}

/// How a code looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeForm {
    /// Letters and digits by chance.
    Random,
    /// 1, 2, 3 in the order of asking, for each word.
    Counted,
}

/// Why a store gave no code. The message holds no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct StoreError(pub String);
