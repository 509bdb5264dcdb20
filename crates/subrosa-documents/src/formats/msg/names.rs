//! What properties are called in plain words, so that their text has a label.
//!
//! Names after [MS-OXPROPS]; tags and numbers are facts of that specification. What is not listed has no label.

/// A property by its number. Sorted.
const TAGS: &[(u16, &str)] = &[
    (0x0030, "reply time"),
    (0x0032, "report time"),
    (0x0037, "subject"),
    (0x0039, "sent"),
    (0x003D, "subject prefix"),
    (0x0040, "received by name"),
    (0x0042, "from name"),
    (0x0044, "received for name"),
    (0x0048, "submitted"),
    (0x0049, "original subject"),
    (0x004D, "original author name"),
    (0x004E, "original sent"),
    (0x0050, "reply recipient names"),
    (0x0055, "original received"),
    (0x005A, "original sender name"),
    (0x005D, "original from name"),
    (0x0060, "start date"),
    (0x0061, "end date"),
    (0x0065, "from email address"),
    (0x0067, "original sender email address"),
    (0x006A, "original from email address"),
    (0x0070, "conversation topic"),
    (0x0072, "original bcc"),
    (0x0073, "original cc"),
    (0x0074, "original to"),
    (0x0076, "received by email address"),
    (0x0078, "received for email address"),
    (0x0C1A, "sender name"),
    (0x0C1F, "sender email address"),
    (0x0E02, "bcc"),
    (0x0E03, "cc"),
    (0x0E04, "to"),
    (0x0E06, "received"),
    (0x0E1D, "subject"),
    (0x0E28, "send account"),
    (0x0E29, "next send account"),
    (0x1000, "body"),
    (0x1001, "report text"),
    (0x1035, "message id"),
    (0x1039, "references"),
    (0x1042, "in reply to"),
    (0x1046, "original message id"),
    (0x10F3, "file"),
    (0x3001, "name"),
    (0x3003, "email address"),
    (0x3004, "comment"),
    (0x3007, "created"),
    (0x3008, "last modified"),
    (0x3704, "file"),
    (0x3707, "file"),
    (0x3708, "path"),
    (0x370D, "path"),
    (0x3711, "content base"),
    (0x3712, "content id"),
    (0x3713, "content location"),
    (0x39FE, "email address"),
    (0x39FF, "name"),
    (0x3A00, "account"),
    (0x3A02, "callback telephone number"),
    (0x3A05, "name suffix"),
    (0x3A06, "first name"),
    (0x3A07, "government id number"),
    (0x3A08, "business telephone number"),
    (0x3A09, "home telephone number"),
    (0x3A0A, "initials"),
    (0x3A0B, "keyword"),
    (0x3A0D, "location"),
    (0x3A0F, "common name"),
    (0x3A10, "organizational id number"),
    (0x3A11, "last name"),
    (0x3A15, "postal address"),
    (0x3A16, "company"),
    (0x3A17, "job title"),
    (0x3A18, "department"),
    (0x3A19, "office location"),
    (0x3A1A, "primary telephone number"),
    (0x3A1B, "business telephone number"),
    (0x3A1C, "mobile telephone number"),
    (0x3A1D, "radio telephone number"),
    (0x3A1E, "car telephone number"),
    (0x3A1F, "other telephone number"),
    (0x3A20, "name"),
    (0x3A21, "pager number"),
    (0x3A23, "primary fax number"),
    (0x3A24, "business fax number"),
    (0x3A25, "home fax number"),
    (0x3A26, "country"),
    (0x3A27, "city"),
    (0x3A28, "state"),
    (0x3A29, "street address"),
    (0x3A2A, "postal code"),
    (0x3A2B, "post office box"),
    (0x3A2C, "telex number"),
    (0x3A2D, "isdn number"),
    (0x3A2E, "assistant telephone number"),
    (0x3A2F, "home telephone number"),
    (0x3A30, "assistant name"),
    (0x3A41, "wedding anniversary"),
    (0x3A42, "birthday"),
    (0x3A43, "hobbies"),
    (0x3A44, "middle name"),
    (0x3A45, "name prefix"),
    (0x3A46, "profession"),
    (0x3A47, "referred by"),
    (0x3A48, "spouse name"),
    (0x3A49, "computer name"),
    (0x3A4A, "customer id"),
    (0x3A4B, "tty telephone number"),
    (0x3A4C, "ftp site"),
    (0x3A4E, "manager name"),
    (0x3A4F, "nickname"),
    (0x3A50, "home page"),
    (0x3A51, "business home page"),
    (0x3A57, "company telephone number"),
    (0x3A58, "children names"),
    (0x3A59, "home city"),
    (0x3A5A, "home country"),
    (0x3A5B, "home postal code"),
    (0x3A5C, "home state"),
    (0x3A5D, "home street address"),
    (0x3A5E, "home post office box"),
    (0x3A5F, "other city"),
    (0x3A60, "other country"),
    (0x3A61, "other postal code"),
    (0x3A62, "other state"),
    (0x3A63, "other street address"),
    (0x3A64, "other post office box"),
    (0x3FF8, "creator name"),
    (0x3FFA, "last modifier name"),
    (0x4023, "creator email address"),
    (0x4025, "last modifier email address"),
    (0x4030, "sender name"),
    (0x4031, "from name"),
    (0x4034, "received by name"),
    (0x4035, "received for name"),
    (0x4038, "creator name"),
    (0x4039, "last modifier name"),
    (0x5D01, "sender email address"),
    (0x5D02, "from email address"),
    (0x5D07, "received by email address"),
    (0x5D08, "received for email address"),
    (0x5FF6, "recipient name"),
    (0x6001, "recipient name"),
];

/// A named property by the number of its name. Sorted.
const NUMBERS: &[(u32, &str)] = &[
    (0x0002, "where"),
    (0x8005, "file under"),
    (0x801A, "home address"),
    (0x801B, "work address"),
    (0x801C, "other address"),
    (0x802B, "web page"),
    (0x802C, "first name"),
    (0x802D, "last name"),
    (0x802E, "company"),
    (0x8045, "work street address"),
    (0x8046, "work city"),
    (0x8047, "work state"),
    (0x8048, "work postal code"),
    (0x8049, "work country"),
    (0x804A, "work post office box"),
    (0x8062, "instant messaging address"),
    (0x8080, "email name"),
    (0x8083, "email address"),
    (0x8084, "email address"),
    (0x8090, "email name"),
    (0x8093, "email address"),
    (0x8094, "email address"),
    (0x80A0, "email name"),
    (0x80A3, "email address"),
    (0x80A4, "email address"),
    (0x80B2, "fax number"),
    (0x80B3, "fax number"),
    (0x80B4, "fax number"),
    (0x80C3, "fax number"),
    (0x80C4, "fax number"),
    (0x80D3, "fax number"),
    (0x80D4, "fax number"),
    (0x80D8, "free/busy location"),
    (0x80DE, "birthday"),
    (0x80DF, "wedding anniversary"),
    (0x8104, "start date"),
    (0x8105, "due date"),
    (0x810F, "completed"),
    (0x811F, "task owner"),
    (0x8121, "task assigner"),
    (0x8122, "last user"),
    (0x8208, "location"),
    (0x820D, "start"),
    (0x820E, "end"),
    (0x8238, "attendees"),
    (0x823B, "attendees"),
    (0x823C, "attendees"),
    (0x8530, "flag request"),
    (0x8534, "mileage"),
    (0x8535, "billing"),
    (0x8539, "companies"),
    (0x853A, "contacts"),
    (0x8580, "account name"),
    (0x8700, "log type"),
];

/// What is an address of its own making or kind of thing, not what a person wrote: kinds of addresses, classes, media types.
const STRUCTURAL: &[u16] =
    &[0x001A, 0x0064, 0x0066, 0x0068, 0x0075, 0x0077, 0x0C1E, 0x3002, 0x3703, 0x370E, 0x4022, 0x4024, 0x403D, 0x403E];

/// Words that classes of messages and kinds of addresses are made of; texts of nothing else are the format's own.
const WORDS: &[&str] = &[
    "activity", "appointment", "cancel", "canceled", "configuration", "contact", "dl", "distlist", "document", "dr", "ex",
    "exchange", "fax", "ibm", "infopathform", "inbox", "internet", "ipm", "ipnnrn", "ipnrn", "mapipdl", "meeting",
    "message", "microsoft", "mobile", "multipartsigned", "ndr", "neg", "non", "nonreceipt", "note", "notification", "olk",
    "outlook", "ole", "pos", "post", "recall", "receipt", "report", "request", "resp", "rss", "rules", "schedule", "secure",
    "sharing", "signed", "smime", "smtp", "sms", "stickynote", "task", "taskrequest", "template", "tent", "voicemail",
    "x400", "x500",
];

/// What a property is called.
pub(super) fn tag(id: u16) -> Option<&'static str> {
    TAGS.binary_search_by_key(&id, |(tag, _)| *tag).ok().and_then(|at| TAGS.get(at)).map(|(_, name)| *name)
}

/// What a named property with a number for its name is called.
pub(super) fn number(id: u32) -> Option<&'static str> {
    NUMBERS.binary_search_by_key(&id, |(number, _)| *number).ok().and_then(|at| NUMBERS.get(at)).map(|(_, name)| *name)
}

/// Whether a property holds a name of the format's own making.
pub(super) fn structural(id: u16) -> bool {
    STRUCTURAL.contains(&id)
}

/// Whether a text of such a property is syntax and says nothing of anybody: `IPM.Note`, `SMTP`.
pub(super) fn is_syntax(text: &str) -> bool {
    text.split('.').all(|word| WORDS.contains(&word.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(TAGS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(NUMBERS.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn classes_are_syntax_and_names_are_not() {
        assert!(is_syntax("IPM.Note.SMIME") && is_syntax("SMTP"));
        assert!(!is_syntax("IPM.Note.Roebuck") && !is_syntax(""));
    }
}
