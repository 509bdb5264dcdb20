//! Words that contracts, court papers, accounts, letters, patient files and programs write with a capital though they name
//! nobody: `the Lessee`, `Force Majeure`, `Gross Margin`, `Dear Sirs`.
//!
//! Written by hand from common usage. No word that can be the head of a body's name is among them (`Court`, `Board`, `Services`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::dictionary::{self, word_hash};

/// Whether every word of a name is such a word, or a small one between them. One that is a surname too counts beside another:
/// `Gross Margin`, but `Gross`.
pub(super) fn is_boilerplate(name: &str) -> bool {
    let mut words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let (mut listed, mut nobodys) = (0, 0);
    words.all(|word| {
        let surname = LISTED.get(&word_hash(word));
        listed += usize::from(surname.is_some());
        nobodys += usize::from(surname == Some(&false));
        surname.is_some() || BETWEEN.contains(&word)
    }) && (nobodys > 0 || listed > 1)
}

/// Each word with whether it is somebody's name, too.
static LISTED: LazyLock<BTreeMap<u64, bool>> = LazyLock::new(|| {
    let is_name = |hash: u64| dictionary::names().get(hash).is_some_and(|name| name.given.max(name.surname) >= 2);
    WORDS.split_ascii_whitespace().map(word_hash).map(|hash| (hash, is_name(hash))).collect()
});

const BETWEEN: &[&str] = &["a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "per", "s", "the", "to", "with"];

const WORDS: &str = "
    acceptance addendum affidavit agreement agreements amended amendment amendments annex appellant appellants appellee
    appellees appendix applicable arbitration assignee assignment assignor attachment attachments beneficiaries beneficiary
    borrower borrowers buyer buyers claimant claimants clause clauses closing complainant complaint condition conditions
    confidential confidentiality consideration contractor contractors counterclaim counterparts covenant covenants customer
    customers debtor debtors declaration default defendant defendants deliverables deposit deposition dispute disputes
    effective employee employees employer employers encumbrances enforceability entire exhibit exhibits expiration expiry fee
    fees force governing grantee grantor guarantee guarantor guarantors headings hereby herein hereinafter hereto
    indemnification indemnitee indemnitees indemnitor indemnity injunctive insured insurer interpretation invoice invoices
    jurisdiction landlord landlords lease lender lenders lessee lessees lessor lessors liabilities liability licensee licensees
    licensor licensors licence limitation limitations liquidated majeure miscellaneous modification mortgagee mortgagor motion
    notice notices obligations obligee obligor offeree offeror opposition owed parties party payee payer payment payments payor
    permitted petitioner petitioners plaintiff plaintiffs policyholder policyholders premises preamble prevailing principal
    proprietary provision provisions purchase purchaser purchasers recital recitals remedies rent representation
    representations respondent respondents rules schedule schedules security seller sellers severability signatories signatory
    signature signatures specifications sublessee subcontractor subcontractors subrogation subtenant successors supplier
    suppliers surety survival tenancy tenant tenants term termination terms thereof transferee transferor trustee trustees
    undersigned vendee vendor vendors waiver waivers warranties warranty whereas whereof

    allegations allegation brief briefs cause complaints continuance counsel count counts damages deponent discovery docket
    evidence exemplary findings footnote hearing hearings injunction interrogatories judgment judgments jury memorandum motions
    opinion order orders petition pleading pleadings prayer relief reply stipulation subpoena summary summons testimony
    transcript tort trial verdict

    accrued accounts amortization amount amounts annual appropriation asset assets audited balance basis budget capital cash
    consolidated cost costs credits currency debit debits debt deferred depreciation disbursements dividend dividends earnings
    ebitda equity expenditure expenditures expense expenses fiscal flow funding goods gross income interim inventories inventory
    ledger loss losses margin margins maturity net operating overhead payable payables payroll prepaid profit profits quarter
    quarterly ratio receivable receivables receipts reconciliation refund reimbursement remittance reserves retained revenue
    revenues shareholders sheet sold statement statements subtotal surplus tax taxes taxable total totals turnover unaudited
    unit units valuation withholding yield

    dear madam madame regards sincerely faithfully sirs sir colleagues everybody everyone enclosed enclosure enclosures
    greetings hello respectfully subject attention

    admission affect allergies ambulation appearance assessment assessments attitude behavior behaviour bilateral cardiovascular
    cognition complaints concentration congruent consent constitutional course discharge disposition dosage euthymic evaluation
    exam examination extremities findings followup gastrointestinal genitourinary goals habits history hospitalizations
    impression impressions immunizations inpatient insight instructions integumentary intervention interventions
    labs lungs medication medications mood musculoskeletal narrative neurological objective ongoing orientation outpatient
    perception physical plan plans presenting prognosis psychiatric psychosocial reason recommendation recommendations referral
    respiratory respirations review risk sensorium signs sleep speech subjective substance surgical symptoms systems tolerance
    treatment vital vitals vitamin

    accommodations attendance benchmark benchmarks classroom curriculum environment graduation homework individualized
    instructional learner learners least levels modifications objectives present restrictive semester

    abort applet apply attribute attributes backspace browser button buttons cancel click checkbox clipboard close command
    commands config configuration copy cursor dashboard database debug delete desktop dialog directory download downloads edit
    editor enter error errors export filename filter folder folders font format forward fullscreen import inbox input insert
    install installation keyboard keyboards launch layout login logout menu menus mode module modules mouse navigate next
    notifications open options output outbox paste password preferences preview print printer properties redo refresh release
    remove rename replace reset restart restore save screenshot scroll select settings setup shortcut shortcuts sidebar
    software spreadsheet startup submit tab tabs template templates toolbar tools tutorial undo uninstall update updates upgrade
    upload uploads username version view warning warnings widget widgets window wizard workspace zoom
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_nothing_but_boilerplate() {
        for name in ["Sirs", "Landlord a Security Deposit", "Lessee", "Force Majeure", "Gross Margin", "Terms and Conditions"] {
            assert!(is_boilerplate(name), "{name}");
        }
        for name in ["Payment Systems Ltd", "Summary Roe", "Judgment Day", "Gross", "of the", "", "Grace"] {
            assert!(!is_boilerplate(name), "{name}");
        }
    }

    #[test]
    fn the_list_is_in_small_letters() {
        assert!(WORDS.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_whitespace()));
    }
}
