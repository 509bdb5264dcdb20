//! Values of a table's columns or a form's fields: the label of the segment says what they are.

use crate::confidence::Confidence;
use crate::detector::{Detector, Options};
use crate::segment::Segment;

#[test]
fn labels_decide() {
    let table = [
        ("MRN", "12345", "MEDICAL_RECORD_NUMBER"),
        ("patientId", "A-12345", "MEDICAL_RECORD_NUMBER"),
        ("date_of_birth", "3/4/1980", "DATE_OF_BIRTH"),
        ("DOB", "1980", "DATE_OF_BIRTH"),
        ("Age", "45", "AGE"),
        ("Mobile phone", "5555550123", "PHONE_NUMBER"),
        ("Fax", "555-555-0123", "FAX_NUMBER"),
        ("SSN", "219099999", "US_SSN"),
        ("Zip", "27601", "ZIP_CODE"),
        ("account_number", "00012345", "ACCOUNT_NUMBER"),
        ("Claim number", "CL123456", "UNIQUE_IDENTIFIER"),
        ("user name", "jdoe", "USERNAME"),
        ("Passport No", "A12345678", "US_PASSPORT"),
        ("NHS number", "9990000018", "UK_NHS"),
        ("Insurance ID", "XQ961571463", "HEALTH_PLAN_NUMBER"),
        ("bsn", "123456782", "NL_BSN"),
        ("numer_pesel", "80010112340", "PL_PESEL"),
        ("CPF", "12345678810", "BR_CPF"),
        ("Steuer-ID", "23456789021", "DE_TAX_ID"),
        ("Aadhaar number", "234567890124", "IN_AADHAAR"),
        ("NAS", "912345675", "CA_SIN"),
        ("taxFileNumber", "123456707", "AU_TFN"),
        ("numéro de sécurité sociale INSEE", "180017512340019", "FR_NIR"),
        ("주민등록번호", "8001011234560", "KR_RRN"),
    ];
    let detector = Detector::new(&Options { minimum: Confidence::new(500), ..Options::default() });
    let mut wrong = Vec::new();
    for (label, value, entity) in table {
        let segment = Segment::labelled(value, label);
        let found: Vec<_> = detector.detect(std::slice::from_ref(&segment))[0]
            .iter()
            .map(|finding| (finding.entity.to_string(), finding.span.of(value).to_owned()))
            .collect();
        if found != [(entity.to_owned(), value.to_owned())] {
            wrong.push(format!("{label}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
