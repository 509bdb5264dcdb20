//! Devices and their parts: what follows `serial no.`, `S/N`, `device ID`, `lead serial`, and the unique device identifier on a
//! label, `(01)00812345000016(17)261231(21)A1B2`, whose first part has a check digit.
//!
//! *Misses by design*: serial numbers that nothing announces.
//! *Confuses with*: serial numbers of other things (volumes, certificates).
//! *References*: 45 CFR 164.514(b)(2)(i)(M); 21 CFR 830; GS1 General Specifications, sections 3 and 7.9.

use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::recognizer::{Info, LazyRegex, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::Cues;
use crate::recognizers::labelled::Rule;
use crate::span::Span;
use crate::validators::parcel::gs1;
use crate::verdict::Verdict;

/// Devices.
pub static RECOGNIZER: DeviceIdentifier = DeviceIdentifier {
    info: Info {
        module: module_path!(),
        entity: Entity::new("DEVICE_IDENTIFIER"),
        summary: "Serial number of a device, or its unique device identifier.",
        context: &["udi"],
        negative_context: &[],
        hits: &[
            "Pacemaker (SN ⟦P85-258744⟧) was checked",
            "Serial number: ⟦PJN4471208⟧",
            "Seriennummer ⟦4711-0815⟧",
            "UDI ⟦(01)00812345000016(11)240115(17)261231(21)A1B2C3⟧",
            "n° de série : ⟦FR20194477⟧",
        ],
        misses: &[
            "(01)00812345000017(21)A1",
            "a serial of 12345 episodes",
            "(01) 23 45",
            "the device weighs 12345 g",
            "Calle Mayor, s/n. 28013 Madrid",
        ],
    },
};

static CUES: Cues = Cues::new(
    &[
        "sn",
        "s/n",
        "serial number",
        "serial no",
        "serial nr",
        "ser no",
        "serienummer",
        "seriennummer",
        "serien nr",
        "número de serie",
        "numero de serie",
        "nº de serie",
        "n de serie",
        "numéro de série",
        "de série",
        "de serie",
        "numero di serie",
        "matricola",
        "device id",
        "device identifier",
        "device serial",
        "deviceid",
        "lead serial",
        "pulse generator serial",
        "implant serial",
        "udi",
        "gerätenummer",
        "geräte-id",
        "asset tag",
        "imei sv",
        "udid",
        "android id",
        "advertising id",
    ],
    &["serial", "device", "implant", "lead", "generator"],
);

/// The recognizer of the entity `DEVICE_IDENTIFIER`.
pub struct DeviceIdentifier {
    info: Info,
}

impl Recognizer for DeviceIdentifier {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Alphanumeric { min: 3, max: 30 }, Trigger::Byte(b'(')]
    }

    fn cues(&self) -> Vec<&Cues> {
        vec![&CUES]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let Some(token) = site.block.token(site.token) else { return };
        if !token.is_byte(b'(') {
            Rule { cues: &CUES, base: 600, validate: plausible }.propose(site, proposals);
            return;
        }
        let start = token.start as usize;
        if let Some(end) = label(site.block.text, start) {
            let (span, base) = (Span::new(start, end), Confidence::new(700));
            proposals.push(Proposal { span, base, pattern: "udi", verdict: Verdict::Valid { chance: 10 } });
        }
    }
}

/// No name of a constant in code, and no five digits: after the Spanish `s/n` (without a house number) comes a postal code.
fn plausible(value: &str) -> Verdict {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    let postal = digits == 5 && (letters == 0 || value.starts_with("E-"));
    if value.contains('_') || letters > digits * 2 || postal || value.len() < 5 { Verdict::Invalid } else { Verdict::Unknown }
}

/// The end of the device's label that starts with `(01)` at `start`.
fn label(text: &str, start: usize) -> Option<usize> {
    static PARTS: LazyRegex = LazyRegex::new();
    let key = text.get(start..)?.strip_prefix("(01)")?.trim_start_matches(' ');
    let digits = key.get(..14).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let parts =
        r"\(01\) ?\d{14}(?: ?\((?:11|13|15|16|17|7003)\) ?\d{6,10}| ?\((?:10|21|240|241|250|30)\) ?[0-9A-Za-z./_+-]{1,30})*";
    gs1(digits.as_bytes()).then(|| PARTS.match_at(parts, text, start, 256)).flatten()
}
