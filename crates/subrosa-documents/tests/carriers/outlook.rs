//! Places of an Outlook message that can hold a name.

use super::outlook_build::Property::{Binary, Integer, Narrow, Wide, WideList};
use super::outlook_build::{Builder, Property, wide};
use super::{Carrier, gone, refused};

const FILE: &str = "a.msg";
const RECIPIENT: &str = "/__recip_version1.0_#00000000";
const ATTACHED: &str = "/__attach_version1.0_#00000000";

fn message(properties: &[Property<'_>]) -> Vec<u8> {
    Builder::new(properties, &[], 0, 0).finish()
}

fn wide_text(id: u16, text: &str) -> Vec<u8> {
    message(&[Wide(0x0037, "x"), Wide(id, text)])
}

fn inside(path: &str, properties: &[Property<'_>]) -> Vec<u8> {
    let (recipients, attachments) = if path == RECIPIENT { (1, 0) } else { (0, 1) };
    let mut builder = Builder::new(&[Wide(0x0037, "x")], &[], recipients, attachments);
    builder.object(path, &[0; 8], properties);
    builder.finish()
}

/// An RTF body as it is stored, not packed.
fn stored(rtf: &str) -> Vec<u8> {
    let length = rtf.len() as u32;
    [&(length + 12).to_le_bytes(), &length.to_le_bytes(), b"MELA\0\0\0\0".as_slice(), rtf.as_bytes()].concat()
}

pub(super) fn carriers(value: &str) -> Vec<Carrier> {
    let half = value.floor_char_boundary(value.len() / 2);
    let (first, second) = value.split_at(half);
    let coded = |text: &str| text.chars().map(|char| format!("\\u{}?", char as u32)).collect::<String>();
    let latin: Vec<u8> = encoding_rs::WINDOWS_1252.encode(value).0.into_owned();
    let units = wide(value);
    let html = format!(
        "<html><head><meta charset=utf-8></head><body title='{value}'>{first}<b>{second}</b><!-- {value} --></body></html>"
    );
    let packed = stored(&format!("{{\\rtf1\\ansi {}{{\\b {}}}\\par}}", coded(first), coded(second)));
    let wrapped = stored(&format!("{{\\rtf1\\ansi\\fromhtml1 {{\\*\\htmltag64 <p title=\"{0}\">}}{0}\\par}}", coded(value)));
    let headers = format!(
        "Received: from a by b for {value}\r\nFrom: {value} <{value}@example.com>\r\nSubject: =?utf-8?B?{}?=\r\n",
        super::record::base64(value)
    );
    let mut named = Builder::new(&[Wide(0x0037, "x"), Wide(0x8000, value)], &["Client"], 0, 0);
    named.object(RECIPIENT, &[0; 8], &[Integer(0x3000, 0)]);
    let mut inner = Builder::new(&[Wide(0x0037, "x")], &[], 0, 1);
    inner.object(ATTACHED, &[0; 8], &[Wide(0x3001, value), Integer(0x3705, 5)]);
    inner.object(
        &format!("{ATTACHED}/__substg1.0_3701000D"),
        &[0; 24],
        &[Wide(0x0037, value), Wide(0x1000, value), Narrow(0x0C1A, &latin), Integer(0x3FFD, 1252)],
    );
    vec![
        gone("the subject", FILE, wide_text(0x0037, value)),
        gone("the subject in a code page", FILE, message(&[Narrow(0x0037, &latin), Integer(0x3FFD, 1252)])),
        gone("the topic of a thread", FILE, wide_text(0x0070, value)),
        gone("the subject's rest", FILE, wide_text(0x0E1D, value)),
        gone("who sent it", FILE, message(&[Wide(0x0C1A, value), Wide(0x0C1F, "a@example.com"), Wide(0x5D01, value)])),
        gone("for whom it was sent", FILE, message(&[Wide(0x0042, value), Wide(0x0065, value), Wide(0x5D02, value)])),
        gone("who received it", FILE, message(&[Wide(0x0040, value), Wide(0x0076, value)])),
        gone("to whom it is shown", FILE, message(&[Wide(0x0E02, value), Wide(0x0E03, value), Wide(0x0E04, value)])),
        gone("answers go to", FILE, message(&[Wide(0x0037, "x"), Wide(0x0050, value), Binary(0x004F, &units)])),
        gone(
            "identifiers of entries",
            FILE,
            message(&[
                Wide(0x0037, "x"),
                Binary(0x0C19, &units),
                Binary(0x0041, &units),
                Binary(0x003B, &[b"SMTP:".as_slice(), &latin].concat()),
            ]),
        ),
        gone(
            "the index of a thread",
            FILE,
            message(&[Wide(0x0037, "x"), Binary(0x0071, &[&[1; 22], units.as_slice()].concat())]),
        ),
        gone("headers of the net", FILE, wide_text(0x007D, &headers)),
        gone(
            "identifiers of messages",
            FILE,
            message(&[
                Wide(0x1035, &format!("<{value}@example.com>")),
                Wide(0x1039, &format!("<{value}@example.com>")),
                Wide(0x1042, value),
            ]),
        ),
        gone("the body", FILE, wide_text(0x1000, &format!("Dear {value},\r\n"))),
        gone("the body in a code page", FILE, message(&[Narrow(0x1000, &latin), Integer(0x3FFD, 1252)])),
        gone("the body in RTF", FILE, message(&[Wide(0x0037, "x"), Binary(0x1009, &packed)])),
        gone("HTML in the RTF", FILE, message(&[Wide(0x0037, "x"), Binary(0x1009, &wrapped)])),
        gone("the body in HTML", FILE, message(&[Wide(0x0037, "x"), Binary(0x1013, html.as_bytes()), Integer(0x3FDE, 65001)])),
        gone("the body in HTML as text", FILE, wide_text(0x1013, &html)),
        gone("who changed it last", FILE, message(&[Wide(0x3FFA, value), Wide(0x3FF8, value)])),
        gone("a property of one's own", FILE, named.finish()),
        gone("the name of a property", FILE, Builder::new(&[Wide(0x0037, "x"), Wide(0x8000, "y")], &[value], 0, 0).finish()),
        gone("keywords", FILE, Builder::new(&[Wide(0x0037, "x"), WideList(0x8000, &["a", value])], &["Keywords"], 0, 0).finish()),
        gone("a property of an unknown number", FILE, wide_text(0x6789, value)),
        gone("bytes of an unknown number", FILE, message(&[Wide(0x0037, "x"), Binary(0x6789, &units)])),
        gone("the class of the message", FILE, wide_text(0x001A, &format!("IPM.Note.{value}"))),
        gone(
            "a recipient",
            FILE,
            inside(
                RECIPIENT,
                &[
                    Wide(0x3001, value),
                    Wide(0x3003, &format!("{value}@example.com")),
                    Wide(0x39FE, value),
                    Wide(0x5FF6, value),
                    Binary(0x300B, &units),
                    Binary(0x0FFF, &units),
                    Integer(0x3000, 0),
                ],
            ),
        ),
        gone(
            "the name of a file",
            FILE,
            inside(
                ATTACHED,
                &[
                    Wide(0x3707, &format!("{value}.txt")),
                    Wide(0x3704, "a.txt"),
                    Wide(0x3001, value),
                    Binary(0x3701, b"x"),
                    Wide(0x370E, "text/plain"),
                ],
            ),
        ),
        gone(
            "where a file came from",
            FILE,
            inside(
                ATTACHED,
                &[
                    Wide(0x3707, "a.txt"),
                    Wide(0x3708, value),
                    Wide(0x370D, value),
                    Wide(0x3712, value),
                    Wide(0x3713, value),
                    Binary(0x3701, b"x"),
                    Binary(0x3709, &units),
                    Binary(0x3702, &units),
                ],
            ),
        ),
        gone(
            "a file",
            FILE,
            inside(ATTACHED, &[Wide(0x3707, "a.csv"), Binary(0x3701, format!("name,age\n{value},7\n").as_bytes())]),
        ),
        gone(
            "a document",
            FILE,
            inside(
                ATTACHED,
                &[
                    Wide(0x3707, "a.docx"),
                    Binary(0x3701, &super::build::Docx::new(&super::build::paragraph(&[first, second])).bytes()),
                ],
            ),
        ),
        gone(
            "beside the pixels of a picture",
            FILE,
            inside(ATTACHED, &[Wide(0x3707, "a.png"), Binary(0x3701, &super::picture::png_with_text(value))]),
        ),
        gone("a message inside", FILE, inner.finish()),
        refused(
            "a file of no known kind",
            FILE,
            inside(ATTACHED, &[Wide(0x3707, "a.bin"), Binary(0x3701, &[b"\0\x01\x02".as_slice(), &units].concat())]),
            "",
        ),
        refused(
            "an encrypted message",
            FILE,
            {
                let mut builder = Builder::new(&[Wide(0x001A, "IPM.Note.SMIME"), Wide(0x0037, value)], &[], 0, 1);
                builder.object(ATTACHED, &[0; 8], &[Wide(0x3707, "smime.p7m"), Binary(0x3701, b"x")]);
                builder.finish()
            },
            "S/MIME",
        ),
    ]
}
