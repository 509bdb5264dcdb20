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

macro_rules! presets {
    ($($name:literal)*) => {
        &[$(Preset { name: $name, source: include_str!(concat!("../policies/", $name, ".toml")) },)*]
    };
}

/// Every preset, sorted by name.
pub static PRESETS: &[Preset] = presets! {
    "ccpa"
    "court-filing"
    "ferpa"
    "foi-release"
    "gdpr-pseudonymise"
    "gdpr-special-categories"
    "glba"
    "limited-data-set"
    "mask"
    "paranoid"
    "pci-display"
    "pipeda"
    "redact"
    "safe-harbor"
    "secrets"
    "share-with-provider"
    "therapy-notes"
};
