//! Places of messages, mailboxes and web archives that can hold a name.

use super::record::base64;
use super::{Carrier, gone, refused};

/// A message of these header fields and this body.
fn message(head: &str, body: &str) -> String {
    let head = head.replace('\n', "\r\n");
    format!("From: desk@example.com\r\nMIME-Version: 1.0\r\n{head}\r\n{}", body.replace('\n', "\r\n"))
}

fn headed(head: &str) -> String {
    message(&format!("{head}\n"), "text\n")
}

/// A message of one part more than its text.
fn with_part(head: &str, body: &str) -> String {
    let parts = format!("--b\nContent-Type: text/plain\n\ntext\n--b\n{head}\n\n{body}\n--b--\n");
    message("Content-Type: multipart/mixed; boundary=b\n", &parts)
}

fn attached(kind: &str, data: &[u8]) -> String {
    let data = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, data);
    let lines: Vec<&str> = data.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
    with_part(&format!("Content-Type: {kind}\nContent-Transfer-Encoding: base64"), &lines.join("\n"))
}

pub(super) fn carriers(value: &str) -> Vec<Carrier> {
    let (first, second) = value.split_at(value.len() / 2);
    let quoted: String = value.bytes().map(|byte| format!("={byte:02X}")).collect();
    let half_quoted = |text: &str| text.bytes().map(|byte| format!("={byte:02X}")).collect::<String>();
    let word = |text: &str| format!("=?utf-8?B?{}?=", base64(text));
    let mails: Vec<(&'static str, String)> = vec![
        ("From", headed(&format!("From: {value} <a@example.com>"))),
        ("To, in quotes", headed(&format!("To: \"{value}, A.\" <a@example.com>"))),
        ("Cc, an address", headed(&format!("Cc: <{value}@example.com>"))),
        ("Bcc", headed(&format!("Bcc: {value}@example.com"))),
        ("a comment in an address", headed(&format!("To: a@example.com ({value})"))),
        ("a group of addresses", headed(&format!("To: {value}: a@example.com, b@example.com;"))),
        ("Subject", headed(&format!("Subject: about {value}"))),
        ("Subject in base64", headed(&format!("Subject: {}", word(value)))),
        ("Subject in quoted-printable", headed(&format!("Subject: =?iso-8859-1?Q?{quoted}?="))),
        (
            "Subject in two encoded words",
            headed(&format!("Subject: =?utf-8?Q?{}?=\n =?utf-8?Q?{}?=", half_quoted(first), half_quoted(second))),
        ),
        ("Subject in UTF-8", headed(&format!("Subject: Z\u{F6} {value}"))),
        ("Sender and Reply-To", headed(&format!("Sender: {value}@example.com\nReply-To: {value} <a@example.com>"))),
        ("Return-Path", headed(&format!("Return-Path: <{value}@example.com>"))),
        (
            "Received",
            headed(&format!(
                "Received: from {value}.example.com ([192.0.2.1])\n\tby mx.example.com for <{value}@example.com>; Mon, 1 Jun 2009 10:00:00 +0000"
            )),
        ),
        ("Message-ID", headed(&format!("Message-ID: <1.{value}@example.com>"))),
        (
            "References",
            headed(&format!("In-Reply-To: <{value}@example.com>\nReferences: <a@example.com>\n <{value}@example.com>")),
        ),
        (
            "a signature of the server",
            headed(&format!(
                "DKIM-Signature: v=1; d=example.com; i={value}@example.com;\n b=abc\nARC-Seal: i=1; d={value}.example.com; b=abc"
            )),
        ),
        (
            "what servers found",
            headed(&format!(
                "Authentication-Results: mx.example.com; spf=pass smtp.mailfrom={value}@example.com\nReceived-SPF: pass client={value}"
            )),
        ),
        (
            "a list's fields",
            headed(&format!(
                "List-Id: {value} <l.example.com>\nList-Unsubscribe: <mailto:{value}@example.com>,\n <http://example.com/?u={value}>"
            )),
        ),
        ("Date, with a comment", headed(&format!("Date: Mon, 1 Jun 2009 10:00:00 +0000 ({value})"))),
        ("Organization and Keywords", headed(&format!("Organization: {value}\nKeywords: {value}, b\nComments: {value}"))),
        ("a field of one's own", headed(&format!("X-Note: {value}"))),
        ("the name of a field", headed(&format!("X-{value}: x"))),
        (
            "an address kept by a program",
            headed(&format!(
                "X-Originating-IP: [192.0.2.1]\nX-Envelope-To: {value}@example.com\nThread-Topic: {value}\nDisposition-Notification-To: {value}@example.com"
            )),
        ),
        (
            "the boundary",
            message(&format!("Content-Type: multipart/mixed; boundary=\"{value}\"\n"), &format!("--{value}\n\nx\n--{value}--\n")),
        ),
        (
            "a part's identifier",
            with_part(
                &format!(
                    "Content-Type: text/plain\nContent-ID: <{value}@example.com>\nContent-Description: {value}\nContent-Location: http://example.com/{value}"
                ),
                "x",
            ),
        ),
        ("a body", message("", &format!("Dear {value},\n"))),
        ("a quoted body", message("", &format!("> Dear {first}\n> {second}\n"))),
        (
            "a flowing body",
            message("Content-Type: text/plain; format=flowed; delsp=yes\n", &format!("Dear {first} \n{second} and more\n")),
        ),
        (
            "a body in quoted-printable",
            message("Content-Transfer-Encoding: quoted-printable\n", &format!("Dear {first}=\n{}\n", half_quoted(second))),
        ),
        (
            "a body in base64",
            message("Content-Transfer-Encoding: base64\n", &format!("{}\n", base64(&format!("Dear {value}, hello")))),
        ),
        (
            "a body in UTF-16",
            message(
                "Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64\n",
                &format!("{}\n", {
                    use base64::Engine as _;
                    base64::engine::general_purpose::STANDARD
                        .encode(format!("\u{FEFF}Dear {value}").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>())
                }),
            ),
        ),
        (
            "a body of HTML",
            message(
                "Content-Type: text/html; charset=utf-8\n",
                &format!("<p title=\"{value}\">{first}<b>{second}</b><!-- {value} --></p>\n"),
            ),
        ),
        (
            "HTML in quoted-printable",
            message(
                "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n",
                &format!("<p>{first}=\n<b>{}</b></p>\n", half_quoted(second)),
            ),
        ),
        (
            "two bodies",
            message(
                "Content-Type: multipart/alternative; boundary=b\n",
                &format!(
                    "--b\nContent-Type: text/plain\n\n{value}\n--b\nContent-Type: text/html\n\n<p>{first}<i>{second}</i>\n--b--\n"
                ),
            ),
        ),
        ("rich text of old", message("Content-Type: text/enriched\n", &format!("<bold>{first}</bold>{second}\n"))),
        ("before the first part", message("Content-Type: multipart/mixed; boundary=b\n", &format!("{value}\n--b\n\nx\n--b--\n"))),
        ("behind the last part", message("Content-Type: multipart/mixed; boundary=b\n", &format!("--b\n\nx\n--b--\n{value}\n"))),
        (
            "an enclosed message",
            with_part(
                "Content-Type: message/rfc822",
                &format!("From: {value} <a@example.com>\nSubject: {}\n\n{value}\n", word(value)),
            ),
        ),
        (
            "an enclosed message in base64",
            attached("message/rfc822", format!("From: {value} <a@example.com>\r\n\r\n{value}\r\n").as_bytes()),
        ),
        ("a message's header alone", with_part("Content-Type: text/rfc822-headers", &format!("To: {value} <a@example.com>"))),
        (
            "a note of delivery",
            with_part(
                "Content-Type: message/delivery-status",
                &format!(
                    "Reporting-MTA: dns; a.example.com\n\nFinal-Recipient: rfc822; {value}@example.com\nDiagnostic-Code: smtp; 550 {value}"
                ),
            ),
        ),
        (
            "a file name",
            with_part(
                &format!(
                    "Content-Type: text/plain; name=\"{value}.txt\"\nContent-Disposition: attachment; filename=\"{value}.txt\""
                ),
                "x",
            ),
        ),
        (
            "a file name in percents",
            with_part(
                &format!(
                    "Content-Type: text/plain\nContent-Disposition: attachment; filename*=utf-8''{}.txt",
                    quoted.replace('=', "%")
                ),
                "x",
            ),
        ),
        (
            "a file name in an encoded word",
            with_part(&format!("Content-Type: text/plain; name=\"{}\"", word(&format!("{value}.txt"))), "x"),
        ),
        ("an attached table", attached("text/csv; name=a.csv", format!("name,age\n{value},7\n").as_bytes())),
        (
            "an attached document",
            attached(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document; name=a.docx",
                &super::build::Docx::new(&super::build::paragraph(&[first, second])).bytes(),
            ),
        ),
        (
            "an attached archive",
            attached(
                "application/zip; name=a.zip",
                &super::build::archive(&[(format!("{value}.txt"), value.as_bytes().to_vec())]),
            ),
        ),
        ("beside the pixels of a picture", attached("image/png; name=a.png", &super::picture::png_with_text(value))),
        (
            "a calendar",
            with_part(
                "Content-Type: text/calendar; method=REQUEST",
                &format!(
                    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:{first}\n {second}\nATTENDEE;CN={value}:mailto:{value}@example.com\nEND:VEVENT\nEND:VCALENDAR"
                ),
            ),
        ),
        (
            "an address card",
            with_part("Content-Type: text/vcard", &format!("BEGIN:VCARD\nVERSION:3.0\nFN:{value}\nN:{value};A;;;\nEND:VCARD")),
        ),
        ("a file in the text", message("", &format!("see\nbegin 644 {value}.txt\n(2F%N92!2;V4`\n`\nend\n"))),
        (
            "a signed part",
            message(
                "Content-Type: multipart/signed; boundary=b; protocol=\"application/pgp-signature\"\n",
                &format!(
                    "--b\n\n{value}\n--b\nContent-Type: application/pgp-signature; name=\"{value}.asc\"\n\n-----BEGIN PGP SIGNATURE-----\nComment: {value}\n\nabc\n-----END PGP SIGNATURE-----\n--b--\n"
                ),
            ),
        ),
        (
            "where a part is kept",
            with_part(
                &format!("Content-Type: message/external-body; access-type=URL; URL=\"http://example.com/{value}\""),
                &format!("Content-Type: text/plain\nContent-ID: <{value}>\n\n"),
            ),
        ),
    ];
    let mut all: Vec<Carrier> = mails.into_iter().map(|(name, mail)| gone(name, "a.eml", mail)).collect();
    let mailbox = |from: &str, body: &str| {
        let one = format!("From {from} Mon Jun  1 10:00:00 2009\nFrom: a@example.com\nX-Keywords: {from}\n\n{body}\n\n");
        format!("{one}{}", one.replace(value, "other"))
    };
    let page = format!(
        "From: <Saved by {value}>\r\nSubject: {value}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b; type=\"text/html\"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: http://example.com/{value}\r\n\r\n<p>{first}<b>{second}</b></p>\r\n--b\r\nContent-Type: text/css\r\n\r\na::after {{ content: '{value}' }}\r\n--b--\r\n"
    );
    all.extend([
        gone("a mailbox's line", "a.mbox", mailbox(value, "x")),
        gone("a mailbox's body", "a.mbox", mailbox("a@example.com", &format!(">From {value} on\n{value}"))),
        gone("a saved page", "a.mht", page),
        refused(
            "a bundle of Outlook",
            "a.eml",
            attached("application/ms-tnef; name=winmail.dat", &[&0x223E_9F78_u32.to_le_bytes(), value.as_bytes()].concat()),
            "",
        ),
        refused(
            "an encrypted message",
            "a.eml",
            message(
                "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\nContent-Transfer-Encoding: base64\n",
                &base64(value),
            ),
            "",
        ),
        refused(
            "an attachment of no known kind",
            "a.eml",
            attached("application/octet-stream; name=a.bin", &[b"\0\x01\x02\x03".as_slice(), value.as_bytes()].concat()),
            "",
        ),
    ]);
    all
}
