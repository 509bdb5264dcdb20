//! Cuts a text into tags, comments and text by the states of the HTML Standard's tokenizer (section 13.2.5), as byte ranges.
//! Nothing is decoded, nothing is dropped: every byte is in some token, and what a browser drops (a tag that the file cuts)
//! is text.

use std::ops::Range;

/// An attribute of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    /// Its name.
    pub(crate) name: Range<usize>,
    /// Its value, without quotes; empty when there is none.
    pub(crate) value: Range<usize>,
    /// Whether the value stands in quotes.
    pub(crate) quoted: bool,
}

/// A piece of mark-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// Characters, references not resolved.
    Text(Range<usize>),
    /// A start tag.
    Start(Tag),
    /// An end tag.
    End(Tag),
    /// The inside of a comment.
    Comment(Range<usize>),
    /// The inside of something that is read as a comment: `<?…>`, `<!…>`, `</ …>`.
    Bogus(Range<usize>),
    /// The inside of a document type declaration, behind the word.
    Doctype(Range<usize>),
    /// The inside of a CDATA section.
    Cdata(Range<usize>),
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    /// The element's name.
    pub(crate) name: Range<usize>,
    /// All its attributes, also those given twice.
    pub(crate) attributes: Vec<Attribute>,
    /// Whether it ends with `/>`.
    pub(crate) closed: bool,
}

/// Walks a stretch of a text.
pub(crate) struct Tokens<'t> {
    bytes: &'t [u8],
    at: usize,
    /// Whether a processing instruction ends with `?>` and a declaration may hold others.
    xml: bool,
}

fn space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

impl<'t> Tokens<'t> {
    /// The tokens of `text[range]`.
    pub(crate) fn new(text: &'t str, range: Range<usize>, xml: bool) -> Self {
        Self { bytes: text.as_bytes().get(..range.end).unwrap_or_default(), at: range.start, xml }
    }

    fn rest(&self, at: usize) -> &'t [u8] {
        self.bytes.get(at..).unwrap_or_default()
    }

    fn begins(&self, at: usize, word: &[u8]) -> bool {
        self.rest(at).get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
    }

    fn find(&self, from: usize, byte: u8) -> Option<usize> {
        memchr::memchr(byte, self.rest(from)).map(|found| from + found)
    }

    /// The next token; `foreign` says whether the open element is of SVG or MathML (or the file is XML), where `<![CDATA[`
    /// means something.
    pub(crate) fn next(&mut self, foreign: bool) -> Option<Token> {
        let start = self.at;
        if start >= self.bytes.len() {
            return None;
        }
        let mut from = start;
        while let Some(open) = self.find(from, b'<') {
            let markup = match self.bytes.get(open + 1) {
                Some(b'!' | b'?') => true,
                Some(b'/') => self.bytes.get(open + 2).is_some(),
                Some(byte) => byte.is_ascii_alphabetic(),
                None => false,
            };
            if !markup {
                from = open + 1;
                continue;
            }
            if open > start {
                self.at = open;
                return Some(Token::Text(start..open));
            }
            return Some(self.markup(open, foreign));
        }
        self.at = self.bytes.len();
        Some(Token::Text(start..self.bytes.len()))
    }

    fn markup(&mut self, open: usize, foreign: bool) -> Token {
        match self.bytes.get(open + 1) {
            Some(b'!') if self.begins(open, b"<!--") => self.comment(open + 4),
            Some(b'!') if self.begins(open, b"<!doctype") => self.doctype(open + 9),
            Some(b'!') if foreign && self.rest(open).starts_with(b"<![CDATA[") => {
                let from = open + 9;
                let end = memchr::memmem::find(self.rest(from), b"]]>").map(|found| from + found);
                self.at = end.map_or(self.bytes.len(), |end| end + 3);
                Token::Cdata(from..end.unwrap_or(self.bytes.len()))
            }
            Some(b'?') if self.xml => {
                let end = memchr::memmem::find(self.rest(open + 2), b"?>").map(|found| open + 2 + found);
                self.at = end.map_or(self.bytes.len(), |end| end + 2);
                Token::Bogus(open + 2..end.unwrap_or(self.bytes.len()))
            }
            Some(b'!' | b'?') => self.bogus(open + 2),
            Some(b'/') if self.bytes.get(open + 2).is_some_and(u8::is_ascii_alphabetic) => self.tag(open, open + 2, true),
            Some(b'/') => self.bogus(open + 2),
            _ => self.tag(open, open + 1, false),
        }
    }

    fn bogus(&mut self, from: usize) -> Token {
        let end = self.find(from, b'>');
        self.at = end.map_or(self.bytes.len(), |end| end + 1);
        Token::Bogus(from..end.unwrap_or(self.bytes.len()))
    }

    fn comment(&mut self, from: usize) -> Token {
        for abrupt in [&b">"[..], b"->"] {
            if self.rest(from).starts_with(abrupt) {
                self.at = from + abrupt.len();
                return Token::Comment(from..from);
            }
        }
        let mut at = from;
        while let Some(dashes) = memchr::memmem::find(self.rest(at), b"--") {
            let end = at + dashes;
            // `--->` ends a comment too, with one more dash in it.
            let more = self.rest(end).iter().take_while(|&&byte| byte == b'-').count();
            let tail = self.rest(end + more);
            let close = if tail.starts_with(b">") { 1 } else { usize::from(tail.starts_with(b"!>")) * 2 };
            at = end + more;
            if close > 0 {
                self.at = at + close;
                return Token::Comment(from..at - 2);
            }
        }
        self.at = self.bytes.len();
        Token::Comment(from..self.bytes.len())
    }

    fn doctype(&mut self, from: usize) -> Token {
        let end = self.find(from, b'>');
        let mut end = end.unwrap_or(self.bytes.len());
        // In XML, a subset in brackets may hold declarations of its own.
        if self.xml
            && memchr::memchr(b'[', self.bytes.get(from..end).unwrap_or_default()).is_some()
            && let Some(close) = memchr::memchr(b']', self.rest(from))
        {
            let mut close = from + close;
            while let Some(next) = memchr::memmem::find(self.rest(close), b"]")
                && !self.rest(close + next + 1).iter().find(|&&byte| !space(byte)).is_none_or(|&byte| byte == b'>')
            {
                close += next + 1;
            }
            end = self.find(close, b'>').unwrap_or(self.bytes.len());
        }
        self.at = (end + 1).min(self.bytes.len());
        Token::Doctype(from..end)
    }

    fn tag(&mut self, open: usize, name: usize, end: bool) -> Token {
        match self.attributes(name) {
            Some((tag, at)) => {
                self.at = at;
                if end { Token::End(tag) } else { Token::Start(tag) }
            }
            None => {
                self.at = self.bytes.len();
                Token::Text(open..self.bytes.len())
            }
        }
    }

    fn skip(&self, mut at: usize, skipped: impl Fn(u8) -> bool) -> usize {
        while self.bytes.get(at).is_some_and(|&byte| skipped(byte)) {
            at += 1;
        }
        at
    }

    /// The tag whose name begins at `name`, and the byte behind it; nothing when the text ends inside it.
    fn attributes(&self, name: usize) -> Option<(Tag, usize)> {
        let end = self.skip(name, |byte| !space(byte) && byte != b'/' && byte != b'>');
        let mut tag = Tag { name: name..end, attributes: Vec::new(), closed: false };
        let mut at = end;
        loop {
            let before = at;
            at = self.skip(at, |byte| space(byte) || byte == b'/');
            if *self.bytes.get(at)? == b'>' {
                tag.closed = at > before && self.bytes.get(at - 1) == Some(&b'/');
                return Some((tag, at + 1));
            }
            let name = at;
            at = self.skip(at + 1, |byte| !space(byte) && !matches!(byte, b'/' | b'>' | b'='));
            let name = name..at;
            let equals = self.skip(at, space);
            if self.bytes.get(equals) != Some(&b'=') {
                at = equals;
                tag.attributes.push(Attribute { name, value: at..at, quoted: true });
                continue;
            }
            let value = self.skip(equals + 1, space);
            match *self.bytes.get(value)? {
                quote @ (b'"' | b'\'') => {
                    let end = self.find(value + 1, quote)?;
                    tag.attributes.push(Attribute { name, value: value + 1..end, quoted: true });
                    at = end + 1;
                }
                b'>' => {
                    tag.attributes.push(Attribute { name, value: value..value, quoted: true });
                    at = value;
                }
                _ => {
                    at = self.skip(value, |byte| !space(byte) && byte != b'>');
                    tag.attributes.push(Attribute { name, value: value..at, quoted: false });
                }
            }
        }
    }

    /// Everything up to the end tag of `name`, without mark-up: the content of a script, a style sheet, a text area.
    pub(crate) fn raw(&mut self, name: &[u8]) -> Range<usize> {
        let start = self.at;
        let script = name.eq_ignore_ascii_case(b"script");
        // A script that opens a comment and a script inside it hides the first end tag.
        let (mut commented, mut hidden) = (false, false);
        let mut from = start;
        while let Some(found) = memchr::memchr2(b'<', b'-', self.rest(from)) {
            let at = from + found;
            from = at + 1;
            if self.bytes.get(at) == Some(&b'-') {
                if commented && self.rest(at).starts_with(b"-->") {
                    (commented, hidden) = (false, false);
                }
                continue;
            }
            let ends = |at: usize| self.bytes.get(at).is_some_and(|&byte| space(byte) || byte == b'/' || byte == b'>');
            if self.begins(at + 1, b"/") && self.begins(at + 2, name) && ends(at + 2 + name.len()) {
                if !hidden {
                    self.at = at;
                    return start..at;
                }
                hidden = false;
            } else if script && !commented && self.rest(at).starts_with(b"<!--") {
                commented = true;
                from = at + 2;
            } else if script && commented && self.begins(at + 1, b"script") && ends(at + 7) {
                hidden = true;
            }
        }
        self.at = self.bytes.len();
        start..self.bytes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, xml: bool) -> Vec<Token> {
        let mut tokens = Tokens::new(text, 0..text.len(), xml);
        std::iter::from_fn(|| tokens.next(xml)).collect()
    }

    #[test]
    fn tags_and_their_attributes() {
        let text = "a<b c='1' d=2/ e = \"3\" f/></b x=1>";
        let tokens = all(text, false);
        let Token::Start(tag) = &tokens[1] else { panic!() };
        let pairs: Vec<(&str, &str)> =
            tag.attributes.iter().map(|attribute| (&text[attribute.name.clone()], &text[attribute.value.clone()])).collect();
        assert_eq!(pairs, [("c", "1"), ("d", "2/"), ("e", "3"), ("f", "")]);
        assert!(tag.closed);
        assert!(matches!(&tokens[2], Token::End(tag) if tag.attributes.len() == 1));
    }

    #[test]
    fn what_is_no_mark_up_is_text() {
        for text in ["a < b", "<3", "x <", "</", "<a href=\"Jane", "<a b", "1 <2 <"] {
            let tokens = all(text, false);
            assert!(tokens.iter().all(|token| matches!(token, Token::Text(_))), "{text}");
        }
    }

    #[test]
    fn comments_end_as_in_browsers() {
        for (text, inside) in [
            ("<!---->", ""),
            ("<!-->", ""),
            ("<!--->", ""),
            ("<!--a--b-->", "a--b"),
            ("<!--a--->", "a-"),
            ("<!--a--!>", "a"),
            ("<!--a", "a"),
        ] {
            let Some(Token::Comment(range)) = all(text, false).into_iter().next() else { panic!("{text}") };
            assert_eq!(&text[range], inside, "{text}");
        }
    }

    #[test]
    fn scripts_end_where_browsers_say() {
        let text = "<!-- <script> </script> --> x</script>y";
        let mut tokens = Tokens::new(text, 0..text.len(), false);
        assert_eq!(&text[tokens.raw(b"script")], "<!-- <script> </script> --> x");
        let mut tokens = Tokens::new(text, 0..text.len(), false);
        assert_eq!(&text[tokens.raw(b"style")], text);
    }
}
