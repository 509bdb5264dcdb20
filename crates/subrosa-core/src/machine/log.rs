//! Lines of logs.
//!
//! The time of a line identifies nobody, unless the line tells of somebody: then it is the day of what happened to them. So a
//! line with an address, a telephone's sign or a word such as `patient` or `user` keeps its time.
//!
//! *References*: RFC 5424 and RFC 3164 (syslog); the combined log format of web servers.

use crate::block::Block;
use crate::health::Origin;
use crate::recognizers::cue::Words;
use crate::span::Span;
use crate::token::{Gap, Kind, Shape, Token};

/// Most tokens that are looked at behind the time.
const AFTER: usize = 64;
/// Most tokens that stand before the time of a line: `[`, `{"ts":"`, a host's name.
const BEFORE: usize = 8;

/// How grave a line is.
static LEVELS: Words = Words::new(&[
    "info", "warn", "warning", "error", "err", "debug", "trace", "fatal", "notice", "critical", "crit", "severe", "verbose",
    "emerg", "alert", "panic",
]);
/// Fields of a record that hold its time.
static TIMES: Words = Words::new(&["ts", "time", "timestamp", "t", "datetime", "date", "asctime", "eventtime", "at"]);
/// What tells that a line is about people.
static PEOPLE: Words = Words::new(&[
    "patient",
    "patients",
    "pt",
    "mrn",
    "dob",
    "name",
    "email",
    "mail",
    "customer",
    "user",
    "username",
    "login",
    "logged",
    "doctor",
    "dr",
    "mr",
    "mrs",
    "nurse",
    "physician",
    "visit",
    "admitted",
    "admission",
    "discharged",
    "appointment",
    "consent",
    "prescription",
    "caller",
    "phone",
    "employee",
    "student",
    "subscriber",
    "said",
    "bp",
    "hr",
    "pulse",
    "spo2",
    "dose",
    "mg",
    "ml",
    "specimen",
    "mother",
    "father",
    "she",
    "he",
    "mrs",
    "paciente",
    "patientin",
]);
/// Accounts that are nobody's.
static NOBODY: Words =
    Words::new(&["root", "system", "nobody", "agent", "daemon", "www", "admin", "postgres", "service", "unknown"]);

/// Whether the date at `span` is nobody's: the time of a line of a log, the date of a release, one of a series of measurements.
pub fn is_nobodys_date(block: &Block<'_>, span: Span) -> bool {
    is_log_time(block, span) || is_release(block, span) || is_of_series(block, span)
}

/// What is measured of markets, machines and experiments; and what else stands at the head of such a table.
static MEASURES: Words = Words::new(&[
    "accuracy",
    "adj",
    "adjusted",
    "amount",
    "average",
    "avg",
    "balance",
    "bandwidth",
    "bytes",
    "cache",
    "change",
    "clicks",
    "close",
    "count",
    "cpu",
    "cumulative",
    "date",
    "datetime",
    "day",
    "delta",
    "disk",
    "downloads",
    "duration",
    "elapsed",
    "epoch",
    "errors",
    "flag",
    "high",
    "hits",
    "hour",
    "humidity",
    "impressions",
    "index",
    "item",
    "latency",
    "loss",
    "low",
    "max",
    "mean",
    "median",
    "memory",
    "min",
    "misses",
    "month",
    "ms",
    "net",
    "open",
    "p50",
    "p90",
    "p95",
    "p99",
    "percent",
    "price",
    "quantity",
    "qty",
    "rain",
    "rainfall",
    "requests",
    "return",
    "revenue",
    "run",
    "sales",
    "sensor",
    "sessions",
    "signal",
    "size",
    "speed",
    "status",
    "std",
    "step",
    "stock",
    "sum",
    "throughput",
    "time",
    "timestamp",
    "total",
    "traffic",
    "unit",
    "units",
    "usage",
    "value",
    "views",
    "visits",
    "voltage",
    "volume",
    "wind",
    "year",
]);

/// Whether the date stands in a row of numbers under a head that names nothing but measures: `date;open;high;low;close`.
fn is_of_series(block: &Block<'_>, span: Span) -> bool {
    let first = block.token_at(span.start);
    let after = block.token_at(span.end);
    let start = block.line_start(first);
    let head = || {
        block.tokens.iter().take_while({
            let mut begun = false;
            move |token| !(std::mem::replace(&mut begun, true) && token.gap >= Gap::Line)
        })
    };
    let words = head().filter(|token| token.kind == Kind::Word).count();
    if start == 0 || words < 3 || head().take(AFTER).any(|token| token.kind == Kind::Word && !MEASURES.has(token)) {
        return false;
    }
    let rest = (after..block.tokens.len()).take(AFTER).take_while(|index| block.tokens[*index].gap < Gap::Line);
    (start.max(first.saturating_sub(AFTER))..first).chain(rest).all(|index| block.tokens[index].kind != Kind::Word)
}

/// Whether the date at `span` is the time of a line that a program wrote about itself.
fn is_log_time(block: &Block<'_>, span: Span) -> bool {
    let span = Span::new(span.start, span.end + clock(&block.text.as_bytes()[span.end..]));
    let text = span.of(block.text);
    // To the second.
    if text.bytes().filter(|byte| *byte == b':').count() < 2 {
        return false;
    }
    let first = block.token_at(span.start);
    let start = block.line_start(first);
    if first - start > BEFORE && !is_field(block, first) {
        return false;
    }
    let after = block.token_at(span.end);
    let rest = || (after..block.tokens.len()).take(AFTER).take_while(|index| block.tokens[*index].gap < Gap::Line);
    for index in (start..first).chain(rest()) {
        let token = &block.tokens[index];
        match token.kind {
            Kind::Punctuation(b'@') if is_address(block, index) => return false,
            Kind::Word if PEOPLE.has(token) && !(index + 1..index + 5).any(|next| NOBODY.at(block, next)) => return false,
            _ => {}
        }
    }
    if is_of_health(block, start, after) {
        return false;
    }
    if is_field(block, first) {
        return true;
    }
    let signs = signs(block, after);
    if signs >= 3 || beside_log_line(block, start, after) {
        return true;
    }
    // The zone and a fraction are a machine's, but a note of a ward may have them too.
    let machine = text.contains('T') && (text.ends_with('Z') || text.contains('+')) || text.contains('.') || text.contains(',');
    let begins = (start..first).all(|index| matches!(block.tokens[index].kind, Kind::Punctuation(_)));
    machine && begins && signs >= 1 || is_process(block, after) || is_request(block, after)
}

/// Whether the line around tokens `start..after` names a disease, drug or test; a record of a ward is no log.
fn is_of_health(block: &Block<'_>, start: usize, after: usize) -> bool {
    let end =
        (after..block.tokens.len()).take(AFTER).find(|index| block.tokens[*index].gap >= Gap::Line).unwrap_or(after + AFTER);
    let terms = block.health_terms();
    let from = terms.partition_point(|term| term.last < start);
    terms[from..].iter().take_while(|term| term.first < end).any(|term| !term.ambiguous && term.origin != Origin::Formed)
}

/// How much a line looks like a program's, from its token `after` on; three is enough.
fn signs(block: &Block<'_>, after: usize) -> u32 {
    let (mut signs, mut equals) = (0, 0);
    for index in
        (after..block.tokens.len()).take(AFTER).take_while(|index| *index == after || block.tokens[*index].gap < Gap::Line)
    {
        let token = &block.tokens[index];
        let near = index < after + 14;
        signs += match token.kind {
            Kind::Word if near && LEVELS.has(token) => 3,
            Kind::Word | Kind::Number if joins(block, index) => 2,
            Kind::Number if token.shape.has(Shape::LETTER) && token.len() >= 5 => 1,
            // Measurements are written so too: `Na=140 K=4.2`.
            Kind::Punctuation(b'=') => {
                equals += 1;
                u32::from(equals <= 2)
            }
            Kind::Punctuation(b'[' | b'{') => 1,
            Kind::Punctuation(b'/' | b'_') if token.gap == Gap::None => 1,
            Kind::Punctuation(b':') if is_colon_pair(block, index) => 2,
            Kind::Punctuation(b'-' | b':') if is_joint(block, index) => 1,
            _ => 0,
        };
        if signs >= 3 {
            break;
        }
    }
    signs
}

/// Whether the line before, or the line after, begins with a year as well and is a program's.
fn beside_log_line(block: &Block<'_>, start: usize, after: usize) -> bool {
    let is_year = |index: usize| block.token(index).is_some_and(|token| token.is_digits() && token.len() == 4);
    if !is_year(start) {
        return false;
    }
    let next = (after..block.tokens.len()).take(AFTER).find(|index| block.tokens[*index].gap >= Gap::Line);
    let before = start.checked_sub(1).map(|index| block.line_start(index)).filter(|line| start - line < AFTER);
    // Behind `2026-11-21 10:00:00`.
    [before, next].into_iter().flatten().any(|line| {
        is_year(line) && block.token(line + 10).is_some_and(|token| token.gap < Gap::Line) && signs(block, line + 10) >= 3
    })
}

/// Bytes of a clock time that belongs to the date before: `21/Nov/2026:10:00:00`, `2026-11-21  10:00:00`.
fn clock(rest: &[u8]) -> usize {
    let blanks = rest.iter().take(3).take_while(|byte| matches!(byte, b' ' | b':')).count();
    match rest.get(blanks..) {
        Some([h, hh, b':', m, mm, b':', s, ss, ..])
            if blanks > 0 && [h, hh, m, mm, s, ss].iter().all(|byte| byte.is_ascii_digit()) =>
        {
            blanks + 8
        }
        _ => 0,
    }
}

/// `a.b`, `a-b` and the like with figures or small letters on both sides.
fn joins(block: &Block<'_>, index: usize) -> bool {
    let touching = |index: usize| block.token(index).filter(|token| token.gap == Gap::None);
    let sign = |index: usize| touching(index).is_some_and(|sign| matches!(sign.kind, Kind::Punctuation(b'.' | b'_')));
    let small = |token: Option<&Token>| token.is_some_and(is_small);
    // `4.2` is a number, `1.22.4` a version.
    let word = |token: Option<&Token>| token.is_some_and(|token| !token.is_digits());
    sign(index + 1)
        && small(block.token(index))
        && small(touching(index + 2))
        && (word(block.token(index)) || word(block.token(index + 2)) || sign(index + 3) && small(touching(index + 4)))
}

fn is_small(token: &Token) -> bool {
    matches!(token.kind, Kind::Word | Kind::Number) && !token.shape.has(Shape::UPPER)
}

/// A hyphen or colon between two words in small letters, as in the names of programs.
fn is_joint(block: &Block<'_>, index: usize) -> bool {
    let small = |token: Option<&Token>| token.is_some_and(|token| is_small(token) && !token.is_digits());
    let after = block.token(index + 1).filter(|token| token.gap == Gap::None);
    block.tokens[index].gap == Gap::None && small(block.before(index)) && small(after)
}

/// `jane@example.com`, its sign at token `at`.
fn is_address(block: &Block<'_>, at: usize) -> bool {
    let touching = |index: usize| block.token(index).filter(|token| token.gap == Gap::None);
    touching(at).is_some()
        && block.before(at).is_some_and(|before| matches!(before.kind, Kind::Word | Kind::Number))
        && touching(at + 1).is_some_and(|next| next.kind == Kind::Word)
}

fn is_colon_pair(block: &Block<'_>, index: usize) -> bool {
    block.token(index + 1).is_some_and(|next| next.gap == Gap::None && next.is_byte(b':'))
}

/// `host sshd[4411]:` or `host kernel:` behind the time of a line of syslog.
fn is_process(block: &Block<'_>, after: usize) -> bool {
    let word = |index: usize| {
        block.token(index).is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Number) && token.gap <= Gap::Blank)
    };
    let small = block.token(after).is_some_and(|token| !token.shape.has(Shape::UPPER));
    small
        && word(after)
        && word(after + 1)
        && block.token(after + 2).is_some_and(|token| token.gap == Gap::None && (token.is_byte(b':') || token.is_byte(b'[')))
}

/// `+0000] "GET /` behind the time of a line of a web server.
fn is_request(block: &Block<'_>, after: usize) -> bool {
    (after..after + 8)
        .any(|index| matches!(block.str(index), "GET" | "POST" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "PATCH" | "CONNECT"))
}

/// The date of a release, or of the making of a program: `## [0.4.0] - 2025-10-23`, `(59807616e 2026-04-14)`, `Copyright 2001-2022`.
fn is_release(block: &Block<'_>, span: Span) -> bool {
    let first = block.token_at(span.start);
    let start = block.line_start(first);
    if (first.saturating_sub(5)..first).any(|index| COPYRIGHT.at(block, index)) {
        return true;
    }
    let commit = first.checked_sub(1).and_then(|index| block.token(index)).is_some_and(|token| {
        let text = token.span().of(block.text);
        token.kind == Kind::Number
            && (7..=12).contains(&token.len())
            && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    });
    if commit && first >= 2 && block.tokens[first - 2].is_byte(b'(') && block.tokens[first - 1].shape.has(Shape::LETTER) {
        return true;
    }
    // The line is a heading: a version of three parts first, and little behind it.
    if first - start > HEADING || start >= first {
        return false;
    }
    // `Released 2025-10-23.` below a heading.
    if first == start + 1 && block.str(start) == "Released" {
        let above = block.line_start(start - start.min(1));
        return block.token(above).is_some_and(|token| token.is_byte(b'#'));
    }
    let mut at = start;
    while at < first
        && (matches!(block.tokens[at].kind, Kind::Punctuation(b'#' | b'[' | b'(' | b'*' | b'=' | b'-' | b'`'))
            || VERSION.at(block, at))
    {
        at += 1;
    }
    let touching = |index: usize| block.token(index).filter(|token| token.gap == Gap::None);
    let first_part = block.token(at).is_some_and(|token| {
        let text = token.span().of(block.text);
        token.kind == Kind::Number
            && text.trim_start_matches(['v', 'V']).bytes().all(|byte| byte.is_ascii_digit())
            && token.len() <= 5
    });
    let dotted = |index: usize| {
        touching(index).is_some_and(|token| token.is_byte(b'.'))
            && touching(index + 1).is_some_and(|token| token.kind == Kind::Number)
    };
    first_part && at + 4 < first && dotted(at + 1) && dotted(at + 3)
}

/// Longest heading before its date, in tokens: the version may be a link.
const HEADING: usize = 64;
/// Words before the years of a work.
static COPYRIGHT: Words = Words::new(&["copyright", "copyrighted"]);
/// Words before the number of a version.
static VERSION: Words = Words::new(&["version", "v", "release", "rel"]);

/// `"timestamp": "` before a value in a record with a level or a logger.
fn is_field(block: &Block<'_>, first: usize) -> bool {
    let key = (first.saturating_sub(6)..first).rev().find(|index| block.tokens[*index].kind == Kind::Word);
    let Some(key) = key.filter(|key| TIMES.at(block, *key)) else { return false };
    let braces = block.before(key).is_some_and(|sign| matches!(sign.kind, Kind::Punctuation(b'"' | b'@' | b'{')));
    let line = (first..block.tokens.len()).take(AFTER).take_while(|index| block.tokens[*index].gap < Gap::Line);
    braces && line.into_iter().any(|index| LEVELS.at(block, index))
}
