//! The policies that come with the program.

/// A policy that comes with the program.
pub struct Preset {
    /// Its name, as in the file.
    pub name: &'static str,
    /// The file.
    pub source: &'static str,
}

/// Name of the preset used when nobody names one.
pub const DEFAULT: &str = "redact";

/// Every preset, sorted by name.
pub static PRESETS: &[Preset] = &[
    Preset { name: "mask", source: include_str!("../policies/mask.toml") },
    Preset { name: "redact", source: include_str!("../policies/redact.toml") },
    Preset { name: "safe-harbor", source: include_str!("../policies/safe-harbor.toml") },
];
