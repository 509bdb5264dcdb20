//! What goes to a terminal: messages on stderr, colours, and texts made safe to print.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{IsTerminal as _, Write as _};

use clap::ValueEnum;

/// When to colour. The variants have no doc comments: they would make the help of every command longer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

impl Color {
    /// Whether to colour what goes to stdout.
    pub fn on_stdout(self) -> bool {
        #[allow(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
        let refused = || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => std::io::stdout().is_terminal() && !refused(),
        }
    }
}

/// One line on stderr. A closed stderr is nobody's problem.
pub fn say(line: impl Display) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// A message of the program on stderr.
pub fn warn(message: impl Display) {
    say(format_args!("subrosa: {message}"));
}

/// The text with control characters and direction overrides escaped, so that a hostile file name cannot steer a terminal.
pub fn visible(text: &str) -> Cow<'_, str> {
    let harmful = |sign: char| {
        sign.is_control() || matches!(sign, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for sign in text.chars() {
        if harmful(sign) { safe.extend(sign.escape_default()) } else { safe.push(sign) }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(visible("a\u{1b}[31m\nb\u{202e}c"), "a\\u{1b}[31m\\nb\\u{202e}c");
        assert!(matches!(visible("Zoë"), Cow::Borrowed("Zoë")));
    }
}
