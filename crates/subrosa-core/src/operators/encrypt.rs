//! `encrypt`: the value itself, encrypted: `[PERSON:8Q3K…]`. Who has the key can read it back, with no vault.
//!
//! AES-SIV (RFC 5297) with a key of 512 bits, so that each half is AES-256, and the entity as associated data: the same value
//! gives the same token, and a token moved to another entity does not open. Written in [signs that are not
//! mistaken](crate::code). The value is the text as it stands, so two writings of one value have two tokens.
//!
//! *What is left*: which mentions read the same, and the length of the value to within eight bytes: it is filled up with a bit
//! and zeros (ISO/IEC 7816-4) before it is encrypted.
//!
//! *The law*: pseudonymisation in the sense of GDPR Art. 4(5) as long as the key is kept apart. An encrypted number is no
//! account number under 12 CFR 1016.12 for somebody without the key. Under HIPAA's Safe Harbor it is derived from the value and
//! so not allowed.

use aes_siv::KeyInit as _;
use aes_siv::siv::Aes256Siv;
use zeroize::Zeroizing;

use super::keyed;
use super::{Context, Leaves, Operator, Outcome};
use crate::code::{base32, from_base32, is_sign};
use crate::key::Key;
use crate::secrets::Needs;
use crate::span::Span;

/// Puts the encrypted value in the value's place.
pub struct Encrypt;

/// The longest value that is encrypted, in bytes.
const LONGEST: usize = 4096;
/// What the length is hidden to.
const BLOCK: usize = 8;
/// Bytes of the synthetic initialisation vector, and of the least there is behind it.
const LEAST: usize = 16 + BLOCK;

impl Operator for Encrypt {
    fn id(&self) -> &'static str {
        "encrypt"
    }

    fn description(&self) -> &'static str {
        "Puts the encrypted value in its place, which the key alone opens again: [PERSON:8Q3KX0…]."
    }

    fn needs(&self) -> Needs {
        Needs::Key
    }

    fn leaves(&self) -> Leaves {
        Leaves::Derived
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        let Some(key) = context.secrets.key else { return Outcome::Refuse("there is no key".to_owned()) };
        if context.value.len() > LONGEST {
            return Outcome::Refuse(format!("a value of more than {LONGEST} bytes cannot be encrypted"));
        }
        let mut plain = Zeroizing::new(context.value.as_bytes().to_vec());
        plain.push(0x80);
        let filled = plain.len().next_multiple_of(BLOCK);
        plain.resize(filled, 0);
        match cipher(key).encrypt(associated(context.entity.id()), &plain) {
            Ok(sealed) => Outcome::Replace(format!("[{}:{}]", context.entity, base32(&sealed))),
            Err(_) => Outcome::Refuse("the value could not be encrypted".to_owned()),
        }
    }
}

fn cipher(key: &Key) -> Aes256Siv {
    let mut material = Zeroizing::new([0; 64]);
    keyed::derived(key, "encrypt").expand("aes-siv", material.as_mut());
    Aes256Siv::new(&(*material).into())
}

/// What is authenticated with the value.
fn associated(entity: &str) -> [&[u8]; 2] {
    [b"subrosa encrypt 1", entity.as_bytes()]
}

/// What looks like encrypted values in a text, in order.
pub fn tokens(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find('[')) {
        let start = at + open;
        at = start + 1;
        let rest = text.get(at..).unwrap_or_default();
        let entity = rest.bytes().take_while(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit() || *sign == b'_').count();
        let payload = rest.bytes().skip(entity + 1).take_while(|sign| is_sign(*sign)).count();
        let end = entity + 1 + payload;
        let bytes = rest.as_bytes();
        if entity > 0 && bytes.get(entity) == Some(&b':') && bytes.get(end) == Some(&b']') && payload * 5 / 8 >= LEAST {
            found.push(Span::new(start, at + end + 1));
            at += end + 1;
        }
    }
    found
}

/// The value that a token stands for; nothing when it was not made with this key for this entity, or was changed.
pub fn open(token: &str, key: &Key) -> Option<Zeroizing<String>> {
    let (entity, payload) = token.strip_prefix('[')?.strip_suffix(']')?.split_once(':')?;
    if payload.len() > 2 * (LONGEST + LEAST) {
        return None;
    }
    let sealed = from_base32(payload)?;
    let mut plain = Zeroizing::new(cipher(key).decrypt(associated(entity), &sealed).ok()?);
    let end = plain.iter().rposition(|byte| *byte != 0).filter(|end| plain.get(*end) == Some(&0x80))?;
    plain.truncate(end);
    Some(Zeroizing::new(std::str::from_utf8(&plain).ok()?.to_owned()))
}

/// A text with its tokens opened.
pub struct Opened {
    /// The text, with the values back in it.
    pub text: Zeroizing<String>,
    /// How many tokens were opened.
    pub opened: usize,
    /// How many look like tokens and were not made with this key, or were changed; they stand as they stood.
    pub shut: usize,
}

/// Without the text.
impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Opened({} opened, {} shut)", self.opened, self.shut)
    }
}

/// Opens all tokens of a text that this key made.
pub fn decrypt(text: &str, key: &Key) -> Opened {
    let mut result = Opened { text: Zeroizing::new(String::with_capacity(text.len())), opened: 0, shut: 0 };
    let mut done = 0;
    for token in tokens(text) {
        let Some(value) = open(token.of(text), key) else {
            result.shut += 1;
            continue;
        };
        result.text.push_str(text.get(done..token.start).unwrap_or_default());
        result.text.push_str(&value);
        result.opened += 1;
        done = token.end;
    }
    result.text.push_str(text.get(done..).unwrap_or_default());
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::testing::{key, replaced};

    #[test]
    fn what_it_makes_never_changes() {
        let token = replaced(&Encrypt, &Entity::PERSON, "Jane Doe", &[]);
        assert_eq!(token, "[PERSON:262K19GMVS5K3K6WCACSQBFQS2YA9VHY38TA940EB2JHJH3Y4YSG]");
        assert_eq!(open(&token, &key()).as_deref().map(String::as_str), Some("Jane Doe"));
    }

    #[test]
    fn all_tokens_of_a_text_are_opened() {
        let token = |value: &str| replaced(&Encrypt, &Entity::PERSON, value, &[]);
        let text = format!("[{} and [PERSON-1]{}[AGE:ABC]", token("Jane Doe"), token("M\u{fc}ller]"));
        let opened = decrypt(&text, &key());
        assert_eq!(*opened.text, "[Jane Doe and [PERSON-1]M\u{fc}ller][AGE:ABC]");
        assert_eq!((opened.opened, opened.shut), (2, 0));
    }

    #[test]
    fn a_token_opens_only_as_it_was_made() {
        let token = replaced(&Encrypt, &Entity::PERSON, "Jane Doe", &[]);
        assert!(open(&token.replace("PERSON", "LOCATION"), &key()).is_none());
        assert!(open(&token, &Key::new([9; 32])).is_none());
        for at in "[PERSON:".len()..token.len() - 1 {
            let mut changed = token.clone().into_bytes();
            changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
            let changed = String::from_utf8(changed).unwrap();
            assert!(open(&changed, &key()).is_none(), "{at}");
            assert_eq!(decrypt(&changed, &key()).shut, 1);
        }
    }

    #[test]
    fn lengths_are_told_to_eight_bytes_only() {
        let length = |value: &str| replaced(&Encrypt, &Entity::PERSON, value, &[]).len();
        assert_eq!(length("J"), length("J. Doe!"));
        assert_ne!(length("J"), length("Jane Doe"));
    }

    proptest::proptest! {
        #[test]
        fn every_value_comes_back(value in "\\PC{0,200}", zeros in "[\\x00\\x80]{0,4}") {
            let value = value + &zeros;
            let token = replaced(&Encrypt, &Entity::PERSON, &value, &[]);
            let opened = open(&token, &key());
            proptest::prop_assert_eq!(opened.as_deref(), Some(&value));
            proptest::prop_assert_eq!(tokens(&token).len(), 1);
        }

        #[test]
        fn any_text_can_be_decrypted(text in "[\\[\\]A-H0-9:é]{0,120}") {
            let opened = decrypt(&text, &key());
            proptest::prop_assert_eq!(opened.opened, 0);
            proptest::prop_assert_eq!(&*opened.text, &text);
        }
    }
}
