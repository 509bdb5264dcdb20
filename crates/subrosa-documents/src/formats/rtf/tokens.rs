//! RTF cut into tokens, each with its bytes.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// A control word with its parameter; a space that ends it belongs to it.
    Word(&'a str, Option<i32>),
    /// A control symbol: `\~`, `\*`, `\{`.
    Symbol(u8),
    /// `\'hh`
    Hex(u8),
    /// Characters as they stand, without line ends.
    Text(&'a [u8]),
    /// The bytes behind `\bin`.
    Binary(&'a [u8]),
}

/// Longest control word.
const LONGEST_WORD: usize = 64;

/// Walks the tokens. Ends with `None` at the end of the bytes; an error says what breaks off.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next token and its bytes.
    pub(super) fn next(&mut self) -> Result<Option<(Token<'a>, Range<usize>)>, &'static str> {
        while matches!(self.bytes.get(self.at), Some(b'\r' | b'\n' | 0)) {
            self.at += 1;
        }
        let start = self.at;
        let Some(&first) = self.bytes.get(start) else { return Ok(None) };
        let token = match first {
            b'{' | b'}' => {
                self.at += 1;
                if first == b'{' { Token::Open } else { Token::Close }
            }
            b'\\' => self.control()?,
            _ => {
                let rest = self.bytes.get(start..).unwrap_or_default();
                let length = rest.iter().position(|byte| matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0));
                self.at = start + length.unwrap_or(rest.len());
                Token::Text(self.bytes.get(start..self.at).unwrap_or_default())
            }
        };
        Ok(Some((token, start..self.at)))
    }

    fn control(&mut self) -> Result<Token<'a>, &'static str> {
        let start = self.at + 1;
        let Some(&first) = self.bytes.get(start) else { return Err("a control word breaks off") };
        if first == b'\'' {
            let digit = |at: usize| self.bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
            let (Some(high), Some(low)) = (digit(start + 1), digit(start + 2)) else {
                // As programs read it: a quote that says nothing.
                self.at = start + 1;
                return Ok(Token::Symbol(b'\''));
            };
            self.at = start + 3;
            return Ok(Token::Hex((high * 16 + low) as u8));
        }
        if !first.is_ascii_alphabetic() {
            self.at = start + 1;
            return Ok(Token::Symbol(first));
        }
        let rest = self.bytes.get(start..).unwrap_or_default();
        let letters = rest.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len());
        if letters > LONGEST_WORD {
            return Err("a control word is too long");
        }
        let name = rest.get(..letters).and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default();
        let after = rest.get(letters..).unwrap_or_default();
        let sign = usize::from(after.first() == Some(&b'-') && after.get(1).is_some_and(u8::is_ascii_digit));
        let digits = after.get(sign..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count();
        let parameter = after.get(..sign + digits).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or_default();
        let parameter = (digits > 0).then(|| parameter.parse::<i32>().unwrap_or(0));
        self.at = start + letters + if digits > 0 { sign + digits } else { 0 };
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        if name == "bin" {
            let length = usize::try_from(parameter.unwrap_or(0)).map_err(|_| "binary data of negative length")?;
            let from = self.at;
            self.at = from.checked_add(length).filter(|end| *end <= self.bytes.len()).ok_or("binary data breaks off")?;
            return Ok(Token::Binary(self.bytes.get(from..self.at).unwrap_or_default()));
        }
        Ok(Token::Word(name, parameter))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_symbols_and_binary() {
        let mut tokens = Tokens::new(b"{\\b0 a\\u-3?\\'e9\\*\\bin3 {}}\r\n\\par}");
        let mut all = Vec::new();
        while let Some((token, _)) = tokens.next().unwrap() {
            all.push(token);
        }
        assert_eq!(
            all,
            [
                Token::Open,
                Token::Word("b", Some(0)),
                Token::Text(b"a"),
                Token::Word("u", Some(-3)),
                Token::Text(b"?"),
                Token::Hex(0xE9),
                Token::Symbol(b'*'),
                Token::Binary(b"{}}"),
                Token::Word("par", None),
                Token::Close,
            ]
        );
        assert!(Tokens::new(b"\\bin99 x").next().is_err());
    }
}
