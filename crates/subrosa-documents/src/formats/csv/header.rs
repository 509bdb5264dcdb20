//! Whether the first row of a table names its columns.
//!
//! A wrong *yes* would give every cell of a column the first person's name as its label, and put that name into places; a
//! wrong *no* only loses labels. So the first row must look like names of fields, and something must speak for it.

/// Rows looked at.
pub(super) const ROWS: usize = 60;

/// Words that name fields, as they stand in headers, in lower case. Enough for one row to be taken for a header by itself.
const FIELD_WORDS: &[&str] = &[
    "id",
    "no",
    "nr",
    "num",
    "number",
    "name",
    "first",
    "last",
    "middle",
    "surname",
    "forename",
    "given",
    "family",
    "title",
    "sex",
    "gender",
    "age",
    "dob",
    "birth",
    "born",
    "date",
    "time",
    "timestamp",
    "year",
    "address",
    "street",
    "city",
    "town",
    "state",
    "county",
    "country",
    "zip",
    "postcode",
    "postal",
    "code",
    "phone",
    "tel",
    "telephone",
    "mobile",
    "fax",
    "email",
    "mail",
    "e-mail",
    "url",
    "web",
    "website",
    "type",
    "status",
    "note",
    "notes",
    "comment",
    "comments",
    "description",
    "text",
    "value",
    "amount",
    "total",
    "price",
    "currency",
    "account",
    "iban",
    "card",
    "ssn",
    "nhs",
    "mrn",
    "patient",
    "employee",
    "customer",
    "client",
    "user",
    "username",
    "login",
    "company",
    "organisation",
    "organization",
    "department",
    "diagnosis",
    "ward",
    "doctor",
    "gp",
    "key",
    "label",
    "category",
    "reference",
    "ref",
    "lat",
    "lon",
    "latitude",
    "longitude",
    "ip",
    "host",
    "vorname",
    "nachname",
    "geburtsdatum",
    "anschrift",
    "strasse",
    "straße",
    "plz",
    "ort",
    "telefon",
    "geschlecht",
    "datum",
    "nom",
    "prénom",
    "prenom",
    "adresse",
    "ville",
    "naissance",
    "nombre",
    "apellido",
    "apellidos",
    "fecha",
    "nacimiento",
    "dirección",
    "direccion",
    "ciudad",
    "teléfono",
    "telefono",
    "cognome",
    "nome",
    "indirizzo",
    "nascita",
    "città",
];

/// Whether the first of `rows` is a header.
pub(crate) fn present(rows: &[&[String]]) -> bool {
    let Some((first, body)) = rows.split_first() else { return false };
    let names: Vec<&str> = first.iter().map(|cell| cell.trim()).collect();
    let filled: Vec<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
    if filled.is_empty() || filled.len() * 2 < names.len() || filled.iter().any(|name| value_like(name)) {
        return false;
    }
    let mut sorted = filled.clone();
    sorted.sort_unstable();
    sorted.dedup();
    if sorted.len() != filled.len() {
        return false;
    }
    let fields = filled.iter().filter(|name| field_like(name)).count();
    let mut votes = 0_i32;
    for (column, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        let below: Vec<&str> = body.iter().filter_map(|row| row.get(column)).map(|cell| cell.trim()).collect();
        let below: Vec<&str> = below.into_iter().filter(|cell| !cell.is_empty()).collect();
        if below.contains(name) {
            votes -= 2;
        } else if !below.is_empty() && below.iter().filter(|cell| value_like(cell)).count() * 10 >= below.len() * 8 {
            votes += 1;
        }
    }
    votes >= 0 && (votes > 0 && fields > 0 || fields * 2 >= filled.len())
        || votes > 0 && filled.iter().all(|name| plain_word(name))
}

/// Holds what data holds and names of fields do not: an `@`, a web address, digits beyond a small number, a full stop that
/// ends a sentence.
fn value_like(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let letters = cell.chars().filter(|char| char.is_alphabetic()).count();
    cell.len() > 80
        || cell.contains('@')
        || cell.contains("://")
        || digits > 3
        || (digits > 0 && letters == 0)
        || cell.contains(". ")
}

/// Whether one of its words names fields, or it is written the way programs write names: `birth_date`, `birthDate`.
pub(crate) fn field_like(name: &str) -> bool {
    let words = name.split(|char: char| !(char.is_alphanumeric() || char == '-')).filter(|word| !word.is_empty());
    let joined = name.contains('_') && !name.contains(' ');
    let camel =
        name.chars().next().is_some_and(char::is_lowercase) && name.chars().any(char::is_uppercase) && !name.contains(' ');
    joined || camel || split_camel(words).any(|word| FIELD_WORDS.contains(&word.as_str()))
}

fn split_camel<'n>(words: impl Iterator<Item = &'n str>) -> impl Iterator<Item = String> {
    words.flat_map(|word| {
        let mut parts = vec![String::new()];
        let mut lower = false;
        for char in word.chars() {
            if char.is_uppercase() && lower {
                parts.push(String::new());
            }
            lower = char.is_lowercase();
            if let Some(part) = parts.last_mut() {
                part.extend(char.to_lowercase());
            }
        }
        parts.push(word.to_lowercase());
        parts
    })
}

/// One word in lower or upper case throughout, as no person's name is written in a row of data.
fn plain_word(name: &str) -> bool {
    let word = name.chars().all(|char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.'));
    word && (name.chars().all(|char| !char.is_uppercase()) || name.chars().all(|char| !char.is_lowercase()))
}
