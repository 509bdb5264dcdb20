//! Which letter of 45 CFR 164.514(b)(2)(i), the list of what Safe Harbor removes, a kind of personal data falls under.
//!
//! What the list does not name falls under R, "any other unique identifying number, characteristic, or code", unless it is one
//! of the few kinds that describe without identifying ([`NOT_LISTED`]). So a new recognizer is removed until somebody decides
//! otherwise. Where a number is of two kinds, the narrower counts: a person's number in health insurance is I though the same
//! number pays pensions.
//!
//! Three judgements: employers are named by the rule next to the individual, so names of bodies are A; numbers that other
//! countries use as the United States use the social security number are G; numbers of doctors and firms are K, although the rule
//! asks only for those of the individual, for software cannot tell whose they are.

use crate::entity::Entity;

/// The letters with what they list, in the rule's order, and the entities under each. R has all others.
#[rustfmt::skip]
pub const LETTERS: &[(char, &str, &[&str])] = &[
    ('A', "Names", &["PERSON", "ORGANIZATION"]),
    ('B', "Geographic subdivisions smaller than a State", &[
        "CA_POSTAL_CODE", "COORDINATES", "LOCATION", "POSTAL_CODE", "STREET_ADDRESS", "UK_POSTCODE", "ZIP_CODE",
    ]),
    ('C', "Dates except the year, ages over 89", &["AGE", "DATE_OF_BIRTH", "DATE_TIME"]),
    ('D', "Telephone numbers", &["PHONE_NUMBER"]),
    ('E', "Fax numbers", &["FAX_NUMBER"]),
    ('F', "Electronic mail addresses", &["EMAIL_ADDRESS"]),
    ('G', "Social security numbers", &[
        "AR_CUIT", "AR_DNI", "AT_SVNR", "AU_TFN", "BE_NATIONAL_NUMBER", "BG_EGN", "BR_CPF", "CA_SIN", "CH_AHV", "CL_RUT",
        "CN_RESIDENT_ID", "CO_CEDULA", "CO_NIT", "CY_TIC", "CZ_RODNE_CISLO", "DE_SOCIAL_SECURITY", "DE_TAX_ID", "DE_TAX_NUMBER",
        "DK_CPR", "EC_CEDULA", "EE_ISIKUKOOD", "ES_NIE", "ES_NIF", "ES_NUSS", "FI_PERSONAL_IDENTITY_CODE", "FR_NIF", "FR_NIR",
        "GR_AFM", "GR_AMKA", "HK_ID", "HR_OIB", "HU_TAX_ID", "ID_NIK", "IE_PPSN", "IL_ID_NUMBER", "IN_AADHAAR", "IN_PAN",
        "IS_KENNITALA", "IT_FISCAL_CODE", "JP_MY_NUMBER", "KR_FRN", "KR_RRN", "LT_ASMENS_KODAS", "LU_MATRICULE",
        "LV_PERSONAS_KODS", "MT_IDENTITY_CARD", "MX_CURP", "MX_RFC", "MY_NRIC", "NG_NIN", "NL_BSN", "NO_FODSELSNUMMER", "NZ_IRD",
        "PE_DNI", "PE_RUC", "PH_TIN", "PL_NIP", "PL_PESEL", "PT_NIF", "RO_CNP", "SE_PERSONNUMMER", "SG_NRIC_FIN", "SI_EMSO",
        "SI_TAX_NUMBER", "TH_TNIN", "TR_NATIONAL_ID", "TW_ID", "UK_NINO", "UK_UTR", "US_ITIN", "US_SSN", "UY_CI", "ZA_ID_NUMBER",
    ]),
    ('H', "Medical record numbers", &["MEDICAL_RECORD_NUMBER", "NZ_NHI", "UK_CHI", "UK_NHS"]),
    ('I', "Health plan beneficiary numbers", &[
        "AU_MEDICARE", "CA_BC_PHN", "CA_HEALTH_CARD", "CA_OHIP", "CA_RAMQ", "DE_HEALTH_INSURANCE", "EU_EHIC",
        "HEALTH_PLAN_NUMBER", "HU_TAJ", "US_HICN", "US_MBI",
    ]),
    ('J', "Account numbers", &["ACCOUNT_NUMBER", "CREDIT_CARD", "CRYPTO", "IBAN_CODE", "SWIFT_BIC", "US_BANK_ROUTING"]),
    ('K', "Certificate and license numbers", &[
        "AU_ABN", "AU_ACN", "AU_PASSPORT", "BR_CNPJ", "CA_PASSPORT", "DE_BSNR", "DE_ID_CARD", "DE_LANR", "DE_PASSPORT",
        "DE_VAT_ID", "ES_CIF", "ES_PASSPORT", "EU_VAT", "FR_PASSPORT", "FR_SIREN", "IN_GSTIN", "IN_PASSPORT", "IN_VOTER",
        "IT_DRIVER_LICENSE", "IT_IDENTITY_CARD", "IT_PASSPORT", "IT_VAT_CODE", "KR_BRN", "KR_DRIVER_LICENSE", "KR_PASSPORT",
        "PL_IDENTITY_CARD", "PL_REGON", "SE_ORGANISATIONSNUMMER", "SG_UEN", "UK_DRIVING_LICENCE", "UK_PASSPORT", "US_DEA",
        "US_DRIVER_LICENSE", "US_EIN", "US_NPI", "US_PASSPORT",
    ]),
    ('L', "Vehicle identifiers and license plates", &["LICENSE_PLATE", "VIN"]),
    ('M', "Device identifiers and serial numbers", &["DEVICE_IDENTIFIER", "ICCID", "IMEI", "IMSI", "MAC_ADDRESS"]),
    ('N', "Web addresses (URLs)", &["URL"]),
    ('O', "Internet Protocol addresses", &["IP_ADDRESS"]),
    ('P', "Biometric identifiers", &["BIOMETRIC_IDENTIFIER"]),
    ('Q', "Full-face photographs and comparable images", &["PHOTOGRAPH"]),
    ('R', "Any other unique identifying number, characteristic, or code", &[]),
];

/// Kinds that the list does not name: they tell something of a person and identify nobody by themselves.
pub const NOT_LISTED: &[&str] =
    &["DURATION", "HEALTH_CONDITION", "LAB_TEST", "MEDICAL_PROCEDURE", "MEDICATION", "NRP", "OCCUPATION", "QUANTITY", "SYMPTOM"];

/// The letter that an entity falls under; nothing for what the list does not name.
pub fn letter(entity: &Entity) -> Option<char> {
    let id = entity.id();
    let listed = LETTERS.iter().find(|(_, _, entities)| entities.contains(&id)).map(|(letter, ..)| *letter);
    listed.or_else(|| (!NOT_LISTED.contains(&id)).then_some('R'))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::policy::{PRESETS, Policy};
    use crate::registry;

    #[test]
    fn every_name_is_an_entity_and_stands_once() {
        let known: BTreeSet<&str> = registry::all().iter().map(|recognizer| recognizer.info().entity.id()).collect();
        let mut seen = BTreeSet::new();
        for id in LETTERS.iter().flat_map(|(_, _, entities)| *entities).chain(NOT_LISTED) {
            assert!(known.contains(id), "{id} is no entity");
            assert!(seen.insert(*id), "{id} stands twice");
        }
        let letters: String = LETTERS.iter().map(|(letter, ..)| *letter).collect();
        assert_eq!(letters, "ABCDEFGHIJKLMNOPQR");
    }

    #[test]
    fn the_preset_keeps_only_what_is_not_listed() {
        let policy = Policy::preset("safe-harbor").unwrap();
        for recognizer in registry::all() {
            let entity = &recognizer.info().entity;
            let kept = policy.rule(entity).treatment.operator.id() == "keep";
            assert_eq!(kept, letter(entity).is_none(), "{entity}");
        }
        assert_eq!(letter(&Entity::new("PASSWORD")), Some('R'));
        assert_eq!(letter(&Entity::DENIED_TERM), Some('R'));
    }

    #[test]
    fn presets_name_only_entities_that_there_are() {
        let known: Vec<&str> =
            registry::all().iter().map(|recognizer| recognizer.info().entity.id()).chain(["DENIED_TERM"]).collect();
        for preset in PRESETS {
            assert!(Policy::parse(preset.source, &known).is_ok(), "{}", preset.name);
        }
    }
}
