//! What the dictionaries say of a word or phrase, each packed into a few bits.
//!
//! Being in a list is evidence, never a finding: `will`, `mark`, `reading` and `bath` are in one too. Where an entry is also
//! an everyday word, the entry says so.

/// What a table holds: packed into bits that are never all zero.
pub trait Entry: Copy {
    /// Bits the packed entry takes.
    const VALUE_BITS: u32;
    /// Bits of fingerprint beside it: an unlisted word passes for a listed one once in 2^this.
    const FINGERPRINT_BITS: u32;
    /// Packs.
    fn to_bits(self) -> u32;
    /// Unpacks. Bits that no entry has are `None`: one more way for a stranger to be turned away.
    fn from_bits(bits: u32) -> Option<Self>;
}

/// An entry of a table with phrases, which are looked up word by word.
pub trait PhraseEntry: Entry {
    /// Whether the words so far are a whole term.
    fn is_term(self) -> bool;
    /// Whether some longer term begins with the words so far.
    fn is_prefix(self) -> bool;
}

/// A word that is a given name or a surname.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NameInfo {
    /// As a given name: 0 not, 1 rare, 2 known, 3 common (at least 100 bearers in a million).
    pub given: u8,
    /// As a surname, on the same scale.
    pub surname: u8,
    /// Also an everyday word in lower case (`will`, `mark`, `grace`): a capital alone proves nothing.
    pub common_word: bool,
}

impl Entry for NameInfo {
    const VALUE_BITS: u32 = 5;
    const FINGERPRINT_BITS: u32 = 11;

    fn to_bits(self) -> u32 {
        u32::from(self.given & 3) | u32::from(self.surname & 3) << 2 | u32::from(self.common_word) << 4
    }

    fn from_bits(bits: u32) -> Option<Self> {
        let info = Self { given: (bits & 3) as u8, surname: (bits >> 2 & 3) as u8, common_word: bits & 16 != 0 };
        (info.given != 0 || info.surname != 0).then_some(info)
    }
}

/// What kind of place a term names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlaceKind {
    /// A populated place: city, town, borough.
    City = 1,
    /// A country, in English, Spanish, French, German, Italian, Portuguese or Dutch.
    Country = 2,
    /// A state of the United States, a province, a region.
    Region = 3,
    /// A county of the United States or Great Britain.
    County = 4,
    /// Inhabitants or nationality: `Canadian`, `Londoner`.
    Demonym = 5,
    /// A continent, sea, mountain range or other part of the world.
    Geographic = 6,
}

impl PlaceKind {
    const ALL: [Self; 6] = [Self::City, Self::Country, Self::Region, Self::County, Self::Demonym, Self::Geographic];
}

/// A place, or the first words of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlaceInfo {
    /// What it is; `None` when the words so far only begin a longer term.
    pub kind: Option<PlaceKind>,
    /// Inhabitants: 0 under 50 000 or unknown, 1 under 200 000, 2 under a million, 3 more.
    pub population: u8,
    /// Also an everyday word, or a more common name of persons: believe it only with context.
    pub ambiguous: bool,
    /// Some longer term begins with the words so far.
    pub prefix: bool,
}

impl Entry for PlaceInfo {
    const VALUE_BITS: u32 = 7;
    const FINGERPRINT_BITS: u32 = 11;

    fn to_bits(self) -> u32 {
        self.kind.map_or(0, |k| k as u32)
            | u32::from(self.population & 3) << 3
            | u32::from(self.ambiguous) << 5
            | u32::from(self.prefix) << 6
    }

    fn from_bits(bits: u32) -> Option<Self> {
        let info = Self {
            kind: kind_of(&PlaceKind::ALL, bits & 7),
            population: (bits >> 3 & 3) as u8,
            ambiguous: bits & 32 != 0,
            prefix: bits & 64 != 0,
        };
        // A number that no kind has is read as none, and so does not come out as it went in.
        ((info.kind.is_some() || info.prefix) && info.to_bits() == bits).then_some(info)
    }
}

impl PhraseEntry for PlaceInfo {
    fn is_term(self) -> bool {
        self.kind.is_some()
    }
    fn is_prefix(self) -> bool {
        self.prefix
    }
}

/// What kind of health term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HealthKind {
    /// Disease, disorder, injury.
    Condition = 1,
    /// Symptom or sign.
    Symptom = 2,
    /// Drug, by its own or a trade name, or a class of drugs.
    Medication = 3,
    /// Operation, examination, therapy.
    Procedure = 4,
    /// Laboratory test.
    LabTest = 5,
    /// No term but part of one: a part or function of the body, what a disease is of (`renal`, `memory`).
    Site = 6,
    /// No term but part of one: says which (`acute`, `hereditary`).
    Modifier = 7,
    /// No term but part of one: a condition together with a site or a cause (`failure`, `deficiency`).
    Head = 8,
}

impl HealthKind {
    const ALL: [Self; 8] = [
        Self::Condition,
        Self::Symptom,
        Self::Medication,
        Self::Procedure,
        Self::LabTest,
        Self::Site,
        Self::Modifier,
        Self::Head,
    ];
}

/// A health term, or the first words of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HealthInfo {
    /// What it is; `None` when the words so far only begin a longer term.
    pub kind: Option<HealthKind>,
    /// An abbreviation, meant only where the text has it in capitals (`ALL`, `ART`, `MS`).
    pub upper_only: bool,
    /// Also an everyday word (`cold`, `stroke`, `shock`): believe it only with context.
    pub ambiguous: bool,
    /// Some longer term begins with the words so far.
    pub prefix: bool,
}

impl Entry for HealthInfo {
    const VALUE_BITS: u32 = 7;
    // Every word of a text is looked up, most of them several times as parts of phrases.
    const FINGERPRINT_BITS: u32 = 14;

    fn to_bits(self) -> u32 {
        self.kind.map_or(0, |k| k as u32)
            | u32::from(self.upper_only) << 4
            | u32::from(self.ambiguous) << 5
            | u32::from(self.prefix) << 6
    }

    fn from_bits(bits: u32) -> Option<Self> {
        let info = Self {
            kind: kind_of(&HealthKind::ALL, bits & 15),
            upper_only: bits & 16 != 0,
            ambiguous: bits & 32 != 0,
            prefix: bits & 64 != 0,
        };
        // A number that no kind has is read as none, and so does not come out as it went in.
        ((info.kind.is_some() || info.prefix) && info.to_bits() == bits).then_some(info)
    }
}

impl PhraseEntry for HealthInfo {
    fn is_term(self) -> bool {
        self.kind.is_some()
    }
    fn is_prefix(self) -> bool {
        self.prefix
    }
}

/// An everyday English word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordInfo {
    /// How common: 0 under one in a million words, then 1, 3, 10, 30, 100, 300 and, for 7, 1000 in a million and more.
    pub frequency: u8,
    /// Written in lower case more often than with a capital (sentence starts aside); `Monday` and `Google` are not.
    pub mostly_lower_case: bool,
}

impl Entry for WordInfo {
    const VALUE_BITS: u32 = 5;
    const FINGERPRINT_BITS: u32 = 11;

    fn to_bits(self) -> u32 {
        1 | u32::from(self.frequency & 7) << 1 | u32::from(self.mostly_lower_case) << 4
    }

    fn from_bits(bits: u32) -> Option<Self> {
        (bits & 1 != 0).then_some(Self { frequency: (bits >> 1 & 7) as u8, mostly_lower_case: bits & 16 != 0 })
    }
}

/// One class of words that tell what stands beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum WordClass {
    /// Before a name: `Mr`, `Dr`, `Sra`.
    Honorific,
    /// After a name: `Jr`, `PhD`, `III`.
    NameSuffix,
    /// `mother`, `neighbour`, `hija`.
    Relationship,
    /// `teacher`, `nurse`, `abogado`.
    Role,
    /// `Ltd`, `GmbH`, `S.A.`.
    LegalForm,
    /// Head of an organisation's name: `University`, `Bank`, `Ministerio`.
    OrganisationHead,
    /// Head of a care provider's name: `Hospital`, `Clinic`, `Klinikum`.
    HospitalHead,
    /// After a street's name: `Street`, `Ave`, `straat`.
    StreetType,
    /// Before a street's name: `Calle`, `Rue`, `Via`.
    StreetTypeBefore,
    /// `Apt`, `Suite`, `Piso`.
    UnitType,
    /// `January`, `Jan`, `enero`.
    Month,
    /// `Monday`, `Mon`, `lunes`.
    Weekday,
    /// Inside a name, mostly in lower case: `van`, `de la`, `bin`.
    Particle,
    /// A person's name that stands for a disease, test, device or scale: `Parkinson`, `Foley`, `Apgar`.
    Eponym,
}

impl WordClass {
    /// All classes, in the order of their bits.
    pub const ALL: [Self; 14] = [
        Self::Honorific,
        Self::NameSuffix,
        Self::Relationship,
        Self::Role,
        Self::LegalForm,
        Self::OrganisationHead,
        Self::HospitalHead,
        Self::StreetType,
        Self::StreetTypeBefore,
        Self::UnitType,
        Self::Month,
        Self::Weekday,
        Self::Particle,
        Self::Eponym,
    ];
}

/// The classes a word or phrase is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClassInfo(u32);

impl ClassInfo {
    const PREFIX: u32 = 1 << WordClass::ALL.len();
    const AMBIGUOUS: u32 = Self::PREFIX << 1;

    /// With one more class.
    #[must_use]
    pub fn with(self, class: WordClass) -> Self {
        Self(self.0 | 1 << class as u32)
    }

    /// Saying that some longer term begins with the words so far.
    #[must_use]
    pub fn with_prefix(self) -> Self {
        Self(self.0 | Self::PREFIX)
    }

    /// Saying that it is also an everyday word (`may`, `court`, `drive`).
    #[must_use]
    pub fn with_ambiguous(self) -> Self {
        Self(self.0 | Self::AMBIGUOUS)
    }

    /// Whether it is in the class.
    #[inline]
    pub fn is(self, class: WordClass) -> bool {
        self.0 & 1 << class as u32 != 0
    }

    /// Also an everyday word: mind the capital and what stands beside it.
    #[inline]
    pub fn ambiguous(self) -> bool {
        self.0 & Self::AMBIGUOUS != 0
    }

    /// The first of its classes.
    #[inline]
    pub fn first(self) -> Option<WordClass> {
        WordClass::ALL.get(self.0.trailing_zeros() as usize).copied()
    }

    /// The classes.
    pub fn classes(self) -> impl Iterator<Item = WordClass> {
        WordClass::ALL.into_iter().filter(move |&class| self.is(class))
    }
}

impl Entry for ClassInfo {
    const VALUE_BITS: u32 = WordClass::ALL.len() as u32 + 2;
    const FINGERPRINT_BITS: u32 = 14;

    fn to_bits(self) -> u32 {
        self.0
    }

    fn from_bits(bits: u32) -> Option<Self> {
        (bits & !Self::AMBIGUOUS != 0).then_some(Self(bits))
    }
}

impl PhraseEntry for ClassInfo {
    fn is_term(self) -> bool {
        self.0 & (Self::PREFIX - 1) != 0
    }
    fn is_prefix(self) -> bool {
        self.0 & Self::PREFIX != 0
    }
}

/// The kind with this number, counted from 1. Number 0 says that there is none.
fn kind_of<K: Copy>(all: &[K], number: u32) -> Option<K> {
    all.get((number as usize).checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survives<E: Entry + PartialEq + std::fmt::Debug>() {
        let mut valid = 0;
        for bits in 0..1 << E::VALUE_BITS {
            if let Some(entry) = E::from_bits(bits) {
                assert_eq!(entry.to_bits(), bits);
                assert_ne!(bits, 0);
                valid += 1;
            }
        }
        assert!(valid > 0);
    }

    #[test]
    fn packing_loses_nothing() {
        survives::<NameInfo>();
        survives::<PlaceInfo>();
        survives::<HealthInfo>();
        survives::<WordInfo>();
        survives::<ClassInfo>();
        for (bit, class) in WordClass::ALL.into_iter().enumerate() {
            assert_eq!(class as usize, bit);
        }
    }
}
