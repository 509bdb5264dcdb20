//! Bank identifier codes (BIC, SWIFT code): four letters for the bank, the country, two signs for the place, three for the branch.
//!
//! *Misses by design*: codes that nothing announces: `DOCUMENT` has the layout as well.
//! *Confuses with*: words of eight or eleven capitals after such a word.
//! *References*: ISO 9362:2022.

use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::Cues;
use crate::token::{Kind, Token};
use crate::verdict::Verdict;

/// Bank identifier codes.
pub static RECOGNIZER: SwiftBic = SwiftBic {
    info: Info {
        module: module_path!(),
        entity: Entity::new("SWIFT_BIC"),
        summary: "Bank identifier code (SWIFT code), after a word that says so.",
        context: CUES,
        negative_context: &[],
        hits: &["BIC: ⟦EXMPDEFF⟧", "SWIFT code ⟦EXMPGB2LXXX⟧ of the bank", "BIC ⟦EXMPFRPP123⟧"],
        misses: &["DOCUMENT", "BIC: unknown", "SWIFT CODE SECURITY", "BIC EXMPZZFF"],
    },
};

const CUES: &[&str] = &["bic", "swift", "swift code", "bic code", "swift bic", "bic swift", "bankleitzahl bic"];
static WORDS: Cues = Cues::new(CUES, &[]);

/// Countries and territories of ISO 3166-1, and Kosovo, two letters each.
const COUNTRIES: &[u8] = b"ADAEAFAGAIALAMAOARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZ\
DEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGTGUGWGYHKHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKW\
KYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQA\
RERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW";

/// The recognizer of the entity `SWIFT_BIC`.
pub struct SwiftBic {
    info: Info,
}

impl Recognizer for SwiftBic {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Block]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let block = site.block;
        for (at, token) in block.tokens.iter().enumerate() {
            if may_be(token) && is_code(block.str(at).as_bytes()) && WORDS.of(block, at).is_some() {
                let (span, base) = (token.span(), Confidence::new(650));
                proposals.push(Proposal { span, base, pattern: "cue", verdict: Verdict::Unknown });
            }
        }
    }
}

/// Quickly tells off nearly every token.
fn may_be(token: &Token) -> bool {
    matches!(token.len(), 8 | 11) && token.shape.is_upper() && matches!(token.kind, Kind::Word | Kind::Number)
}

/// Whether letters, country and the rest can be.
fn is_code(signs: &[u8]) -> bool {
    let Some((bank, rest)) = signs.split_at_checked(4) else { return false };
    let country = rest.get(..2).unwrap_or_default();
    bank.iter().all(u8::is_ascii_uppercase)
        && COUNTRIES.chunks(2).any(|known| known == country)
        && signs.iter().all(u8::is_ascii_alphanumeric)
}
