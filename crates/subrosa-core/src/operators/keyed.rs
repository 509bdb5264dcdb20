//! What operators that work with a key have in common.

use super::{Context, Outcome};
use crate::entity::Entity;
use crate::key::{Key, LENGTH};

/// The key of one operator, which tells nothing of those of others.
///
/// # Errors
/// The refusal of a run without a key; a policy is asked for what it [lacks](crate::policy::Policy::lacking) before it comes
/// to that.
pub(super) fn key(context: &Context<'_>, operator: &str) -> Result<Key, Outcome> {
    let key = context.secrets.key.ok_or_else(|| Outcome::Refuse("there is no key".to_owned()))?;
    Ok(derived(key, operator))
}

/// The key that `operator` uses where `key` is the run's.
pub(super) fn derived(key: &Key, operator: &str) -> Key {
    key.derive(&format!("operator {operator}"))
}

/// What is the same for entities whose values can be the same: a number is one number, whether a telephone or a fax machine
/// answers, and a date one date, whether anybody was born on it.
pub(super) fn class(entity: &Entity) -> &str {
    match entity.id() {
        "FAX_NUMBER" => "PHONE_NUMBER",
        "DATE_OF_BIRTH" => "DATE_TIME",
        id => id,
    }
}

/// Numbers by key and place, for whoever has to choose: the same for the same parts.
pub(super) struct Draws {
    key: Key,
    block: [u8; LENGTH],
    used: usize,
    count: u32,
}

impl Draws {
    /// Draws that belong to the parts.
    pub(super) fn new(key: &Key, parts: &[&[u8]]) -> Self {
        Self { key: Key::new(key.mac(parts)), block: [0; LENGTH], used: LENGTH, count: 0 }
    }

    /// A number below `bound`, every one as likely as every other but for one part in 2^32; 0 where there is none.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        let high = u64::from(self.word());
        let wide = (high << 32 | u64::from(self.word())) % u64::from(bound.max(1));
        wide as u32
    }

    /// One of them; the default where there are none.
    pub(super) fn one<T: Copy + Default>(&mut self, of: &[T]) -> T {
        of.get(self.below(of.len() as u32) as usize).copied().unwrap_or_default()
    }

    fn word(&mut self) -> u32 {
        if self.used + 4 > LENGTH {
            self.block = self.key.mac(&[&self.count.to_be_bytes()]);
            self.count = self.count.wrapping_add(1);
            self.used = 0;
        }
        let bytes = self.block.iter().skip(self.used).take(4);
        self.used += 4;
        bytes.fold(0, |word, byte| word << 8 | u32::from(*byte))
    }
}
