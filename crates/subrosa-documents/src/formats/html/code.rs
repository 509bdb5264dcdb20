//! How the places of an HTML file write their text.

use std::fmt::Write as _;

use crate::mapped;
use crate::refusal::Refusal;

/// A kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// Between tags, in a title, in an attribute's value, in whatever quotes.
    Text,
    /// An attribute's value that stands without quotes; written as a whole it gets them.
    Unquoted,
    /// A place without references: a style sheet, a comment, a declaration. What could end it is written as `_`.
    Raw,
    /// A CDATA section.
    Cdata,
    /// In a script, also one that is an attribute's value.
    Script,
    /// In an address, percent-encoded.
    Address,
    /// In an address that stands without quotes.
    BareAddress,
    /// The name of an element or attribute.
    Name,
    /// A document inside, percent-encoded in a `data:` address.
    Percent,
    /// A document inside, in base64 in a `data:` address.
    Base64,
    /// A document inside that is the content of an element without mark-up.
    Content,
}

impl mapped::Code for Code {
    fn encode(self, text: &str) -> String {
        match self {
            Self::Text | Self::Unquoted => escape(text),
            Self::Raw | Self::Content => {
                text.replace("--", "__").replace("]]", "__").replace("?>", "__").replace(['<', '>', '"', '\'', '\\', '&'], "_")
            }
            Self::Cdata => text.replace("]]>", "__>"),
            Self::Script => script(text),
            Self::BareAddress if text.is_empty() => "_".to_owned(),
            Self::Address | Self::BareAddress | Self::Percent | Self::Base64 => percent(text.as_bytes()),
            Self::Name => {
                let name = |char: char| if char.is_ascii_alphanumeric() || char == '-' { char.to_ascii_lowercase() } else { '-' };
                let name: String = text.trim_matches(|char: char| !char.is_ascii_alphanumeric()).chars().map(name).collect();
                if name.starts_with(|char: char| char.is_ascii_alphabetic()) { name } else { format!("x{name}") }
            }
        }
    }

    fn whole(self, text: &str) -> String {
        format!("\"{}\"", self.encode(text))
    }

    fn document(self, bytes: &[u8]) -> Result<String, Refusal> {
        let text = || std::str::from_utf8(bytes).map_err(|_| Refusal::Internal("a written document is no text".to_owned()));
        Ok(match self {
            Self::Base64 => super::base64::encode(bytes),
            Self::Percent => percent(bytes),
            Self::Content => {
                let text = text()?;
                if text.to_ascii_lowercase().contains("</script") {
                    return Err(Refusal::uninspectable("script", "an edited script would hold mark-up"));
                }
                text.to_owned()
            }
            Self::Unquoted => format!("\"{}\"", escape(text()?)),
            _ => escape(text()?),
        })
    }
}

/// Text as content of an element or of a value in quotes; two hyphens would end a comment around it.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '-' if out.ends_with('-') => out.push_str("&#45;"),
            _ => out.push(char),
        }
    }
    out
}

fn script(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        match char {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\\' | '\'' | '"' | '`' | '$' | '<' | '>' | '*' | '/' | '&' => {
                let _ = write!(out, "\\x{:02x}", u32::from(char));
            }
            '-' if out.ends_with('-') => out.push_str("\\x2d"),
            _ => out.push(char),
        }
    }
    out
}

/// Bytes as they may stand anywhere in an address.
fn percent(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
