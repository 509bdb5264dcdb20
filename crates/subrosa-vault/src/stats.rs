//! What can be told of a vault without its values.

use crate::error::Result;
use crate::vault::Vault;

/// Figures of a vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stats {
    /// Which vault: 16 random bytes.
    pub id: [u8; 16],
    /// How often keys were changed, and one.
    pub epoch: u32,
    /// Whether a rotation was begun and not ended.
    pub rotating: bool,
    /// After how many days entries expire, if they do.
    pub keep_days: Option<u32>,
    /// Codes given, by category.
    pub entries: Vec<(String, u64)>,
    /// The days on which the oldest and the newest of them were given, since 1970.
    pub days: Option<(u32, u32)>,
    /// Outputs of which it is kept what was removed.
    pub outputs: u64,
}

impl Vault {
    /// The vault's figures.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn stats(&self) -> Result<Stats> {
        let mut desk = self.desk();
        self.read(&mut desk, |rows, _| {
            let state = self.known().state;
            Ok(Stats {
                id: state.id,
                epoch: state.epoch,
                rotating: state.leaving != 0,
                keep_days: (state.keep_days > 0).then_some(state.keep_days),
                entries: rows.count_entries()?,
                days: rows.entry_days()?,
                outputs: rows.count_outputs()?,
            })
        })
    }
}
