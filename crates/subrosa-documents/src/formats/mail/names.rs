//! Names of header fields and types of media that are the format's own.

/// Fields whose names are everybody's; lower case, sorted. All that begin with `content-` are known, too.
const FIELDS: &[&str] = &[
    "accept-language",
    "arc-authentication-results",
    "arc-message-signature",
    "arc-seal",
    "archived-at",
    "authentication-results",
    "auto-submitted",
    "bcc",
    "cc",
    "comments",
    "date",
    "delivered-to",
    "delivery-date",
    "disposition-notification-to",
    "dkim-signature",
    "domainkey-signature",
    "envelope-to",
    "errors-to",
    "feedback-id",
    "from",
    "importance",
    "in-reply-to",
    "keywords",
    "lines",
    "list-archive",
    "list-help",
    "list-id",
    "list-owner",
    "list-post",
    "list-subscribe",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "mailing-list",
    "message-id",
    "mime-version",
    "newsgroups",
    "organization",
    "original-recipient",
    "path",
    "precedence",
    "priority",
    "received",
    "received-spf",
    "references",
    "reply-to",
    "resent-bcc",
    "resent-cc",
    "resent-date",
    "resent-from",
    "resent-message-id",
    "resent-sender",
    "resent-to",
    "return-path",
    "sender",
    "sensitivity",
    "snapshot-content-location",
    "status",
    "subject",
    "thread-index",
    "thread-topic",
    "to",
    "user-agent",
    "x-accept-language",
    "x-account-key",
    "x-forwarded-to",
    "x-gm-labels",
    "x-gm-message-state",
    "x-gm-thrid",
    "x-google-dkim-signature",
    "x-google-smtp-source",
    "x-keywords",
    "x-mailer",
    "x-message-info",
    "x-mimeole",
    "x-mozilla-keys",
    "x-mozilla-status",
    "x-mozilla-status2",
    "x-msmail-priority",
    "x-original-to",
    "x-originalarrivaltime",
    "x-originating-ip",
    "x-priority",
    "x-received",
    "x-sender",
    "x-spam-flag",
    "x-spam-level",
    "x-spam-report",
    "x-spam-score",
    "x-spam-status",
    "x-status",
    "x-uid",
    "x-uidl",
    "x-virus-scanned",
];

/// Signatures over a message, which hold no more once it is edited.
const SIGNATURES: &[&str] = &[
    "arc-authentication-results",
    "arc-message-signature",
    "arc-seal",
    "dkim-signature",
    "domainkey-signature",
    "x-google-dkim-signature",
];

/// Types and values of MIME that are syntax wherever they stand in a header; lower case.
pub(super) const SYNTAX: &[&str] = &[
    "text/plain",
    "text/html",
    "text/calendar",
    "text/vcard",
    "text/x-vcard",
    "text/directory",
    "text/csv",
    "text/xml",
    "text/rtf",
    "text/enriched",
    "text/css",
    "text/markdown",
    "text/rfc822-headers",
    "multipart/mixed",
    "multipart/alternative",
    "multipart/related",
    "multipart/report",
    "multipart/signed",
    "multipart/encrypted",
    "multipart/digest",
    "multipart/form-data",
    "multipart/appledouble",
    "message/rfc822",
    "message/delivery-status",
    "message/partial",
    "message/external-body",
    "message/disposition-notification",
    "message/feedback-report",
    "application/octet-stream",
    "application/pdf",
    "application/msword",
    "application/zip",
    "application/json",
    "application/xml",
    "application/rtf",
    "application/ics",
    "application/ms-tnef",
    "application/pgp-signature",
    "application/pgp-encrypted",
    "application/pgp-keys",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pkcs7-mime",
    "application/x-pkcs7-mime",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "image/png",
    "image/jpeg",
    "image/jpg",
    "image/gif",
    "image/tiff",
    "image/bmp",
    "image/webp",
    "image/svg+xml",
    "audio/mpeg",
    "audio/wav",
    "video/mp4",
    "inline",
    "attachment",
    "form-data",
    "quoted-printable",
    "base64",
    "7bit",
    "8bit",
    "binary",
    "1.0",
];

/// Parameters whose values are the format's own.
pub(super) const TECHNICAL: &[&str] = &[
    "boundary",
    "charset",
    "format",
    "delsp",
    "micalg",
    "protocol",
    "smime-type",
    "report-type",
    "reply-type",
    "type",
    "method",
    "size",
    "component",
    "x-unix-mode",
    "x-mac-type",
    "x-mac-creator",
    "number",
    "total",
    "access-type",
    "version",
    "profile",
];

/// Whether a field's name tells nothing of anybody.
pub(super) fn is_known(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.starts_with("content-") || FIELDS.binary_search(&lower.as_str()).is_ok()
}

/// Whether a field is a signature over the message.
pub(super) fn is_signature(name: &str) -> bool {
    SIGNATURES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether a value is one of the format's own, or a parameter's is.
pub(super) fn is_syntax(value: &str) -> bool {
    SYNTAX.iter().any(|known| value.trim().eq_ignore_ascii_case(known))
}

/// File extensions that text is read by as something else than text.
const READ_BY_NAME: &[&str] = &[
    "csv", "tsv", "tab", "json", "jsonl", "ndjson", "geojson", "html", "htm", "xhtml", "xml", "svg", "rtf", "eml", "mbox", "mht",
    "mhtml", "ics", "vcs", "vcf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "pdf", "doc", "xls", "ppt", "msg", "zip", "gz",
    "png", "jpg", "jpeg", "gif", "tif", "tiff",
];

/// What a part is read as.
pub(super) enum Kind {
    /// Text of a message.
    Story,
    /// A document of its own, by a file name.
    Document(String),
    /// A signature over other parts.
    Signature,
    /// Nothing, and why.
    Unread(&'static str),
}

/// What a part of this type and file name is read as.
pub(super) fn kind(media: &str, file: Option<&str>) -> Kind {
    let (main, sub) = media.split_once('/').unwrap_or(("text", "plain"));
    let extension = file.and_then(|file| file.rsplit_once('.')).map(|(_, end)| end.trim().to_ascii_lowercase());
    let extension =
        extension.filter(|end| !end.is_empty() && end.len() <= 8 && end.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let named = |otherwise: &str| Kind::Document(format!("part.{}", extension.as_deref().unwrap_or(otherwise)));
    let always = |extension: &str| Kind::Document(format!("part.{extension}"));
    match (main, sub) {
        // Tags in angle brackets, which are read on over, as in HTML.
        ("text", "html" | "xhtml" | "enriched" | "richtext") => always("html"),
        ("text", "calendar" | "x-vcalendar") => always("ics"),
        ("text", "vcard" | "x-vcard" | "directory") => always("vcf"),
        ("text", "csv") => always("csv"),
        ("text", "tab-separated-values") => always("tsv"),
        ("text", "xml") => always("xml"),
        ("text", "rtf") => always("rtf"),
        ("text", "json") => always("json"),
        ("text", _) if extension.as_deref().is_some_and(|end| READ_BY_NAME.contains(&end)) => named(""),
        ("message", "rfc822" | "global" | "news") => always("eml"),
        ("message", "partial") => Kind::Unread("a fragment of a message"),
        ("text" | "message", _) | ("application", "pgp-encrypted" | "pgp-keys") => Kind::Story,
        ("application", "pgp-signature" | "pkcs7-signature" | "x-pkcs7-signature") => Kind::Signature,
        ("application", "pkcs7-mime" | "x-pkcs7-mime") => Kind::Unread("encrypted or signed with S/MIME"),
        ("application", "ms-tnef" | "vnd.ms-tnef") => Kind::Unread("an Outlook attachment container (TNEF)"),
        _ if file.is_some_and(|file| file.eq_ignore_ascii_case("winmail.dat")) => {
            Kind::Unread("an Outlook attachment container (TNEF)")
        }
        ("application", "xhtml+xml") => named("html"),
        ("application", "ics") => named("ics"),
        ("application", "msword") => named("doc"),
        ("application", "vnd.ms-excel") => named("xls"),
        ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document") => named("docx"),
        ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet") => named("xlsx"),
        ("application", "vnd.openxmlformats-officedocument.presentationml.presentation") => named("pptx"),
        ("image", "svg+xml") => named("svg"),
        ("image", "jpeg" | "jpg" | "pjpeg") => named("jpg"),
        (_, "pdf" | "rtf" | "json" | "xml" | "zip" | "png" | "gif" | "tiff" | "bmp" | "webp") => named(sub),
        _ => named("bin"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(FIELDS.is_sorted());
        assert!(SIGNATURES.iter().all(|name| is_known(name)));
    }

    #[test]
    fn parts_are_read_by_type_and_name() {
        let document = |media, file| match kind(media, file) {
            Kind::Document(name) => name,
            Kind::Story => "story".to_owned(),
            Kind::Signature => "signature".to_owned(),
            Kind::Unread(_) => "unread".to_owned(),
        };
        assert_eq!(document("text/plain", None), "story");
        assert_eq!(document("text/plain", Some("notes.txt")), "story");
        assert_eq!(document("text/plain", Some("Clients.CSV")), "part.csv");
        assert_eq!(document("text/html", Some("x.txt")), "part.html");
        assert_eq!(document("application/octet-stream", Some("a.docx")), "part.docx");
        assert_eq!(document("application/pdf", None), "part.pdf");
        assert_eq!(document("application/octet-stream", Some("WINMAIL.DAT")), "unread");
        assert_eq!(document("message/delivery-status", None), "story");
        assert_eq!(document("nonsense", None), "story");
    }
}
