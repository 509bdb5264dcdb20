//! Which tokens the tagger looks at.

use crate::block::Block;
use crate::dictionary::{self, ClassInfo};
use crate::lexicon::Lexeme;
use crate::machine::{self, CodeLines};
use crate::recognizers::cue::Words;
use crate::token::{Gap, Kind, Token};

/// A token that can begin or continue a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its index in the block.
    pub token: usize,
    /// It can only continue a name: `of`, `-`, `&`, a number.
    pub connector: bool,
    /// It stands right behind the site before, so that a name can go on over both.
    pub joined: bool,
}

/// Languages, formats, protocols and programs that are no names of people, places or bodies.
static TECHNIQUES: Words = Words::new(&[
    "abi",
    "aes",
    "ansi",
    "api",
    "apis",
    "applewebkit",
    "appstream",
    "arm",
    "ascii",
    "asn",
    "aslr",
    "bios",
    "blas",
    "bmp",
    "bsd",
    "bsds",
    "cbor",
    "cdata",
    "cgi",
    "cjk",
    "cli",
    "cmake",
    "cmyk",
    "cpu",
    "cpus",
    "crc",
    "crlf",
    "css",
    "csv",
    "cuda",
    "dbus",
    "ddl",
    "debug",
    "der",
    "dhcp",
    "dhcprequest",
    "dll",
    "dns",
    "dom",
    "dsa",
    "dtd",
    "dtls",
    "dwarf",
    "ecdh",
    "ecdsa",
    "elf",
    "eof",
    "eot",
    "err",
    "fatal",
    "fft",
    "fifo",
    "fixme",
    "ftp",
    "gcc",
    "gdb",
    "gid",
    "gids",
    "gif",
    "glibc",
    "gnu",
    "gpg",
    "gpl",
    "gpu",
    "gpus",
    "googlebot",
    "gui",
    "guid",
    "gzip",
    "hmac",
    "hsv",
    "html",
    "http",
    "https",
    "icu",
    "ide",
    "imap",
    "inflate",
    "ioctl",
    "ipc",
    "info",
    "iso",
    "java",
    "javadoc",
    "javascript",
    "jit",
    "jpeg",
    "jpg",
    "json",
    "jsx",
    "jtag",
    "jvm",
    "jwt",
    "kerberos",
    "khtml",
    "kotlin",
    "lapack",
    "latex",
    "ldap",
    "lf",
    "lgpl",
    "linux",
    "llvm",
    "lru",
    "lsb",
    "lto",
    "makefile",
    "lz4",
    "markdown",
    "md5",
    "mime",
    "mips",
    "msb",
    "msvc",
    "mysql",
    "nan",
    "nat",
    "nfs",
    "nodejs",
    "npm",
    "nul",
    "null",
    "numpy",
    "oauth",
    "ocsp",
    "oid",
    "oids",
    "opengl",
    "openssl",
    "openssh",
    "openmp",
    "pdf",
    "pem",
    "perl",
    "php",
    "png",
    "posix",
    "postgres",
    "postgresql",
    "postscript",
    "pypi",
    "python",
    "qt",
    "ram",
    "regex",
    "regexp",
    "rfc",
    "rgb",
    "rgba",
    "riff",
    "risc",
    "rlib",
    "rom",
    "rpc",
    "rpm",
    "rsa",
    "rtf",
    "rust",
    "sasl",
    "scsi",
    "serde",
    "sdk",
    "sha",
    "simd",
    "smtp",
    "snmp",
    "soap",
    "spdx",
    "sql",
    "sqlite",
    "sse",
    "ssh",
    "ssl",
    "stdin",
    "stdout",
    "stderr",
    "svg",
    "syslog",
    "systemd",
    "tar",
    "tcl",
    "tcp",
    "tiff",
    "tls",
    "todo",
    "toml",
    "tsx",
    "tpu",
    "tty",
    "typescript",
    "ubsan",
    "ucs",
    "uefi",
    "udp",
    "uid",
    "uids",
    "unicode",
    "unix",
    "uri",
    "uris",
    "url",
    "urls",
    "usb",
    "utc",
    "utf",
    "uuid",
    "uuids",
    "valgrind",
    "vcs",
    "vhdl",
    "vlan",
    "vpc",
    "vpn",
    "vt",
    "warn",
    "wasm",
    "webassembly",
    "webgl",
    "webkit",
    "webp",
    "webrtc",
    "websocket",
    "wikitext",
    "x11",
    "xhtml",
    "xml",
    "xor",
    "xpath",
    "xsd",
    "xslt",
    "yaml",
    "zip",
    "zlib",
    "zstd",
]);

/// Most connectors between two words of a name: `of the`, `- '`.
const MOST_CONNECTORS: usize = 3;

/// Appends the sites of a block, in order.
pub fn find(block: &Block<'_>, sites: &mut Vec<Site>) {
    let tokens = block.tokens;
    let mut next_free = 0;
    let mut code = CodeLines::default();
    for (index, token) in tokens.iter().enumerate() {
        if index < next_free
            || token.kind != Kind::Word
            || !can_begin(block, index, token)
            || is_technical(block, index)
            || code.has(block, index)
        {
            continue;
        }
        let joined = sites.last().is_some_and(|site| site.token + 1 == index) && token.gap <= Gap::Line;
        sites.push(Site { token: index, connector: false, joined });
        next_free = index + 1;
        // What may tie this word to the next.
        let mut reach = 0;
        for offset in 1..=MOST_CONNECTORS {
            match tokens.get(index + offset) {
                Some(after) if after.kind == Kind::Word && can_begin(block, index + offset, after) => {
                    reach = offset - 1;
                    break;
                }
                Some(_) if offset == 1 && is_small_surname(block, index + 1) => {
                    reach = 1;
                    break;
                }
                Some(after) if is_connector(block, index + offset, after) => {
                    let number = after.kind == Kind::Number && (offset == 1 || tokens[index + offset - 1].is_byte(b'.'));
                    let stop = offset == 1 && after.is_byte(b'.') && after.gap == Gap::None;
                    if number || stop || is_second_half(block, index + offset) {
                        reach = offset;
                    }
                }
                _ => break,
            }
        }
        for offset in 1..=reach {
            sites.push(Site { token: index + offset, connector: true, joined: true });
        }
        next_free += reach;
    }
}

/// Whether a name can begin with this word.
fn can_begin(block: &Block<'_>, index: usize, token: &Token) -> bool {
    if !token.is_capitalised() {
        return token.len() > 2 && block.is_without_capitals() && is_listed(token);
    }
    let capital_after = block.token(index + 1).is_some_and(|next| next.is_capitalised() && next.gap <= Gap::Blank);
    capital_after
        || token.shape.is_upper() && token.len() > 1
        || !is_plain(&block.lexemes()[index])
        || !block.begins_sentence(index)
}

/// Part of an identifier, path or address, or the name of a technique that stands alone: no name, or another recognizer's.
fn is_technical(block: &Block<'_>, index: usize) -> bool {
    is_key(block, index)
        || is_repeated(block, index)
        || is_of_character(block, index)
        || machine::is_identifier(block, index)
        || machine::is_path(block, index)
        || TECHNIQUES.at(block, index) && stands_alone(block, index)
        || is_licence(block, index)
}

/// A word in small letters that signs touch: `[lints.rust]`, `lints=`.
fn is_key(block: &Block<'_>, index: usize) -> bool {
    let Some(word) = block.token(index).filter(|word| !word.is_capitalised()) else { return false };
    let touching = |index: usize| block.token(index).filter(|token| token.gap == Gap::None);
    let before = word.gap == Gap::None
        && block.before(index).is_some_and(|sign| {
            matches!(sign.kind, Kind::Punctuation(b'[' | b'.' | b'=' | b'_' | b'/' | b'-' | b'$' | b'<' | b'>' | b':'))
        });
    before
        || touching(index + 1).is_some_and(|sign| match sign.kind {
            Kind::Punctuation(b'=' | b'_' | b'[' | b'(' | b'<') => true,
            Kind::Punctuation(b'.' | b'-' | b':' | b'/') => {
                touching(index + 2).is_some_and(|next| matches!(next.kind, Kind::Word | Kind::Number))
            }
            _ => false,
        })
}

/// Capitals that stand again behind a comma: `OTH, OTH`.
fn is_repeated(block: &Block<'_>, index: usize) -> bool {
    let Some(word) = block.token(index).filter(|word| word.shape.is_upper()) else { return false };
    let same = |other: Option<usize>, comma: Option<usize>| {
        comma.and_then(|comma| block.token(comma)).is_some_and(|comma| comma.is_byte(b','))
            && other.and_then(|other| block.token(other)).is_some_and(|other| other.hash == word.hash && other.kind == Kind::Word)
    };
    same(Some(index + 2), Some(index + 1)) || same(index.checked_sub(2), index.checked_sub(1))
}

/// Part of the name of a character: `LATIN CAPITAL LETTER U WITH DIAERESIS`.
fn is_of_character(block: &Block<'_>, index: usize) -> bool {
    let upper = |index: usize| block.token(index).is_some_and(|token| token.kind == Kind::Word && token.shape.is_upper());
    upper(index) && (index.saturating_sub(4)..index + 4).any(|at| at != index && upper(at) && CHARACTER.at(block, at))
}

static CHARACTER: Words = Words::new(&["letter", "ligature", "character", "digit"]);

/// Whether the word is the name of a technique, which is not looked for elsewhere.
pub fn is_technique(word: u64) -> bool {
    TECHNIQUES.has_hash(word)
}

/// Part of the name of a licence, or of who publishes it: `GNU General Public License`, `Free Software Foundation`, `Apache-2.0`.
fn is_licence(block: &Block<'_>, index: usize) -> bool {
    if block.str(index) == "Foundation" {
        return (index.saturating_sub(3)..index).any(|at| block.str(at) == "Software");
    }
    if !LICENCES.at(block, index) {
        return false;
    }
    let joint = |at: usize| {
        block.token(at).is_some_and(|token| matches!(token.kind, Kind::Punctuation(b'-' | b'+')) && token.gap == Gap::None)
    };
    let known = |at: usize| {
        LICENCES.at(block, at)
            || block.str(at) == "C"
            || block.token(at).is_some_and(|token| token.is_digits() && token.len() == 1)
    };
    let after = known(index + 1) || joint(index + 1) && known(index + 2);
    let before = index.checked_sub(1).is_some_and(|at| {
        LICENCES.at(block, at) || joint(at) && at > 0 && (LICENCES.at(block, at - 1) || block.tokens[at].is_byte(b'+'))
    });
    // Comments break lines: `// Free Software`, `// Foundation`.
    let wrapped = block.tokens[index].gap <= Gap::Blank
        && block.before(index).is_some_and(|sign| matches!(sign.kind, Kind::Punctuation(b'/' | b'*' | b'#')))
        && (index.saturating_sub(4)..index).any(|at| LICENCES.at(block, at));
    after || before || wrapped
}

static LICENCES: Words = Words::new(&[
    "affero",
    "apache",
    "bsd",
    "exception",
    "free",
    "gcc",
    "general",
    "gnu",
    "gpl",
    "isc",
    "iso",
    "lesser",
    "lgpl",
    "library",
    "licence",
    "license",
    "licenses",
    "mit",
    "mpl",
    "public",
    "runtime",
    "software",
    "standard",
    "unlicense",
    "zlib",
]);

/// Whether no word with a capital stands beside, but for other techniques.
fn stands_alone(block: &Block<'_>, index: usize) -> bool {
    let named = |at: Option<usize>, gap: Gap| {
        gap <= Gap::Blank && at.is_some_and(|at| block.token(at).is_some_and(Token::is_capitalised) && !TECHNIQUES.at(block, at))
    };
    let gap = |index: usize| block.token(index).map_or(Gap::Paragraph, |token| token.gap);
    !named(index.checked_sub(1), gap(index)) && !named(Some(index + 1), gap(index + 1))
}

/// A lower-case word that is in the lists of names or big places and no everyday word.
fn is_listed(token: &Token) -> bool {
    dictionary::common_words().get(token.hash).is_none_or(|word| !word.mostly_lower_case && word.frequency < 5)
        && (dictionary::names().get(token.hash).is_some_and(|name| name.given.max(name.surname) >= 2 && (!name.common_word || name.given > 2))
            || dictionary::places().get(token.hash).is_some_and(|place| {
                place.kind.is_some() && place.population >= 2 && !place.ambiguous
            }))
}

/// An everyday word that is in no other list: as first word of a sentence it has its capital from there.
fn is_plain(lexeme: &Lexeme) -> bool {
    lexeme.word.is_some_and(|word| word.mostly_lower_case && word.frequency >= 2)
        && lexeme.name.given.max(lexeme.name.surname) == 0
        && lexeme.place.is_none_or(|place| place.kind.is_none())
}

fn is_connector(block: &Block<'_>, index: usize, token: &Token) -> bool {
    if token.gap > Gap::Line {
        return false;
    }
    match token.kind {
        Kind::Punctuation(byte) => matches!(byte, b'-' | b'\'' | b'.' | b'&' | b'/'),
        Kind::Number => token.gap <= Gap::Blank,
        Kind::Word if is_second_half(block, index) => true,
        Kind::Word => token.len() <= 3 || block.str(index).len() <= 5 && block.word(index).class != ClassInfo::default(),
    }
}

/// A surname in small letters behind a given name with a capital: `Donald trump`.
pub(super) fn is_small_surname(block: &Block<'_>, index: usize) -> bool {
    let Some(token) = block.token(index).filter(|token| token.kind == Kind::Word && token.gap == Gap::Blank) else { return false };
    let given = index.checked_sub(1).is_some_and(|before| {
        let lexeme = &block.lexemes()[before];
        lexeme.name.given >= 2 && !lexeme.is_everyday()
    });
    given
        && !token.is_capitalised()
        && token.len() > 3
        && dictionary::common_words().get(token.hash).is_none_or(|word| word.frequency < 3)
        && dictionary::names().get(token.hash).is_some_and(|name| name.surname >= 1 || name.given >= 1)
}

/// The small second half of a hyphenated word: `Min-jun`.
pub(super) fn is_second_half(block: &Block<'_>, index: usize) -> bool {
    block.token(index).is_some_and(|token| token.kind == Kind::Word && token.gap == Gap::None)
        && block.before(index).is_some_and(|before| before.is_byte(b'-') && before.gap == Gap::None)
}
