//! Words that the tagger leaves alone: those of programs, formats and licences.
//!
//! Source code and its documentation are full of words with capitals that nobody is called. What tells them is mostly how they
//! are written ([`crate::machine`]); the rest is on short lists, and counts only where no other word with a capital stands beside.

use crate::block::Block;
use crate::machine;
use crate::recognizers::cue::Words;
use crate::token::{Gap, Kind, Token};

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
    "firefox",
    "fixme",
    "ftp",
    "gcc",
    "gdb",
    "gecko",
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
    "mbps",
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

/// Part of an identifier, path or address, or the name of a technique that stands alone: no name, or another recognizer's.
pub(super) fn is_technical(block: &Block<'_>, index: usize) -> bool {
    is_key(block, index)
        || is_in_address(block, index)
        || is_repeated(block, index)
        || is_of_character(block, index)
        || machine::is_identifier(block, index)
        || machine::is_path(block, index)
        // `Dom` and `Ram` are people, `DOM` and `RAM` are not.
        || TECHNIQUES.at(block, index)
            && (block.tokens[index].len() > 4 || block.tokens[index].shape.is_upper())
            && stands_alone(block, index)
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

/// Behind `://` without a blank between.
fn is_in_address(block: &Block<'_>, index: usize) -> bool {
    const REACH: usize = 96;
    let touches = |index: usize| block.token(index).is_some_and(|token| token.gap == Gap::None);
    touches(index)
        && block.before(index).is_some_and(|before| matches!(before.kind, Kind::Punctuation(_)))
        && (index.saturating_sub(REACH)..index).rev().take_while(|at| touches(at + 1)).any(|at| {
            block.tokens[at].is_byte(b':') && block.token(at + 1).is_some_and(|next| next.is_byte(b'/')) && touches(at + 1)
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

/// Words of the names of characters.
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

/// Words of the names of licences.
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
