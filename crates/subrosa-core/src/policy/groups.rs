//! Entities by kind, so that a policy can say one thing about all numbers of one sort.
//!
//! Every entity is in one group and no more, so two rules for groups never contradict each other; a rule for an entity by
//! name goes before the rule for its group. `DENIED_TERM` is in none: what a user denies goes under every policy.

use crate::entity::Entity;

/// A group: its name in policies, what it is, and its entities.
pub struct Group {
    /// As in `[groups.NAME]`.
    pub name: &'static str,
    /// What the entities have in common.
    pub summary: &'static str,
    /// Their ids, sorted.
    pub entities: &'static [&'static str],
}

const fn group(name: &'static str, summary: &'static str, entities: &'static [&'static str]) -> Group {
    Group { name, summary, entities }
}

/// All groups.
#[rustfmt::skip] // many a line
pub static GROUPS: &[Group] = &[
    group("accounts", "bank and customer accounts", &["ACCOUNT_NUMBER", "IBAN_CODE", "SWIFT_BIC", "US_BANK_ROUTING"]),
    group("addresses", "house numbers and streets", &["STREET_ADDRESS"]),
    group("ages", "ages", &["AGE"]),
    group("amounts", "sums of money", &["QUANTITY"]),
    group("biometrics", "identifiers of bodies", &["BIOMETRIC_IDENTIFIER"]),
    group("births", "days of birth", &["DATE_OF_BIRTH"]),
    group("cards", "payment cards", &["CREDIT_CARD"]),
    group("cases", "numbers of cases, parcels, records of any kind", &["CASE_NUMBER", "TRACKING_NUMBER", "UNIQUE_IDENTIFIER"]),
    group("companies", "numbers of firms and bodies", &[
        "AU_ABN", "AU_ACN", "BR_CNPJ", "DE_VAT_ID", "ES_CIF", "EU_VAT", "FR_SIREN", "IN_GSTIN", "IT_VAT_CODE", "KR_BRN",
        "PL_REGON", "SE_ORGANISATIONSNUMMER", "SG_UEN",
    ]),
    group("coordinates", "geographic coordinates", &["COORDINATES"]),
    group("credentials", "passwords, keys and tokens", &["API_KEY", "PASSWORD", "PRIVATE_KEY"]),
    group("dates", "dates and times other than days of birth", &["DATE_TIME"]),
    group("devices", "devices and SIM cards", &["DEVICE_IDENTIFIER", "ICCID", "IMEI", "IMSI"]),
    group("documents", "passports, identity cards and driving licences", &[
        "AU_PASSPORT", "CA_PASSPORT", "DE_ID_CARD", "DE_PASSPORT", "ES_PASSPORT", "FR_PASSPORT", "IN_PASSPORT", "IN_VOTER",
        "IT_DRIVER_LICENSE", "IT_IDENTITY_CARD", "IT_PASSPORT", "KR_DRIVER_LICENSE", "KR_PASSPORT", "PL_IDENTITY_CARD",
        "UK_DRIVING_LICENCE", "UK_PASSPORT", "US_DRIVER_LICENSE", "US_PASSPORT",
    ]),
    group("durations", "lengths of time", &["DURATION"]),
    group("emails", "e-mail addresses", &["EMAIL_ADDRESS"]),
    group("health", "conditions, symptoms, medication, procedures, laboratory tests", &[
        "HEALTH_CONDITION", "LAB_TEST", "MEDICAL_PROCEDURE", "MEDICATION", "SYMPTOM",
    ]),
    group("health-plans", "numbers in health insurance", &[
        "AU_MEDICARE", "CA_BC_PHN", "CA_HEALTH_CARD", "CA_OHIP", "CA_RAMQ", "DE_HEALTH_INSURANCE", "EU_EHIC",
        "HEALTH_PLAN_NUMBER", "HU_TAJ", "US_HICN", "US_MBI",
    ]),
    group("medical-records", "numbers of patients", &["MEDICAL_RECORD_NUMBER", "NZ_NHI", "UK_CHI", "UK_NHS"]),
    group("national-ids", "national, tax and social security numbers outside the United States", &[
        "AR_CUIT", "AR_DNI", "AT_SVNR", "AU_TFN", "BE_NATIONAL_NUMBER", "BG_EGN", "BR_CPF", "CA_SIN", "CH_AHV", "CL_RUT",
        "CN_RESIDENT_ID", "CO_CEDULA", "CO_NIT", "CY_TIC", "CZ_RODNE_CISLO", "DE_SOCIAL_SECURITY", "DE_TAX_ID", "DE_TAX_NUMBER",
        "DK_CPR", "EC_CEDULA", "EE_ISIKUKOOD", "ES_NIE", "ES_NIF", "ES_NUSS", "FI_PERSONAL_IDENTITY_CODE", "FR_NIF", "FR_NIR",
        "GR_AFM", "GR_AMKA", "HK_ID", "HR_OIB", "HU_TAX_ID", "ID_NIK", "IE_PPSN", "IL_ID_NUMBER", "IN_AADHAAR", "IN_PAN",
        "IS_KENNITALA", "IT_FISCAL_CODE", "JP_MY_NUMBER", "KR_FRN", "KR_RRN", "LT_ASMENS_KODAS", "LU_MATRICULE",
        "LV_PERSONAS_KODS", "MT_IDENTITY_CARD", "MX_CURP", "MX_RFC", "MY_NRIC", "NG_NIN", "NL_BSN", "NO_FODSELSNUMMER", "NZ_IRD",
        "PE_DNI", "PE_RUC", "PH_TIN", "PL_NIP", "PL_PESEL", "PT_NIF", "RO_CNP", "SE_PERSONNUMMER", "SG_NRIC_FIN", "SI_EMSO",
        "SI_TAX_NUMBER", "TH_TNIN", "TR_NATIONAL_ID", "TW_ID", "UK_NINO", "UK_UTR", "UY_CI", "ZA_ID_NUMBER",
    ]),
    group("network", "addresses on networks", &["IP_ADDRESS", "MAC_ADDRESS"]),
    group("occupations", "what people do for a living", &["OCCUPATION"]),
    group("organizations", "firms, authorities, schools, hospitals", &["ORGANIZATION"]),
    group("origins", "nationality, religion, origin", &["NRP"]),
    group("people", "names of people", &["PERSON"]),
    group("phones", "telephone and fax numbers", &["FAX_NUMBER", "PHONE_NUMBER"]),
    group("photographs", "mentions of photographs of people", &["PHOTOGRAPH"]),
    group("places", "towns, regions, countries", &["LOCATION"]),
    group("postal-codes", "postal codes", &["CA_POSTAL_CODE", "POSTAL_CODE", "UK_POSTCODE", "ZIP_CODE"]),
    group("professionals", "numbers of doctors and practices", &["DE_BSNR", "DE_LANR", "US_DEA", "US_NPI"]),
    group("us-tax-ids", "social security and taxpayer numbers of the United States", &["US_EIN", "US_ITIN", "US_SSN"]),
    group("urls", "web addresses", &["URL"]),
    group("usernames", "user names and handles", &["USERNAME"]),
    group("vehicles", "vehicles and licence plates", &["LICENSE_PLATE", "VIN"]),
    group("wallets", "wallets of cryptocurrencies", &["CRYPTO"]),
];

/// The group of this name.
pub fn find(name: &str) -> Option<&'static Group> {
    GROUPS.iter().find(|group| group.name == name)
}

/// The group that an entity is in.
pub fn of(entity: &Entity) -> Option<&'static Group> {
    GROUPS.iter().find(|group| group.entities.binary_search(&entity.id()).is_ok())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::registry;

    #[test]
    fn every_entity_is_in_one_group() {
        let known: BTreeSet<&str> = registry::all().iter().map(|recognizer| recognizer.info().entity.id()).collect();
        let mut seen = BTreeSet::new();
        for group in GROUPS {
            assert!(group.entities.is_sorted_by(|a, b| a < b), "{}", group.name);
            for id in group.entities {
                assert!(known.contains(id), "{id} of {} is no entity", group.name);
                assert!(seen.insert(*id), "{id} is in two groups");
            }
        }
        let missing: Vec<_> = known.difference(&seen).collect();
        assert!(missing.is_empty(), "in no group of policy/groups.rs: {missing:?}");
    }

    #[test]
    fn names_tell_groups_apart() {
        let names: BTreeSet<_> = GROUPS.iter().map(|group| group.name).collect();
        assert_eq!(names.len(), GROUPS.len());
        for name in names {
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
        }
        assert_eq!(of(&Entity::new("US_SSN")).map(|group| group.name), Some("us-tax-ids"));
        assert!(of(&Entity::DENIED_TERM).is_none());
    }
}
