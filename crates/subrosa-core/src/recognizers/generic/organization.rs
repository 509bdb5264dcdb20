//! Companies, authorities, schools, hospitals and other named bodies.
//!
//! Found by their head word (`Hospital`, `University`, `Court`) or legal form (`Ltd`, `GmbH`), not by a list of names.
//! *Misses by design*: brand names without a head word; acronyms.
//! *Confuses with*: headings in title case.
//! *References*: head words and legal forms, see `dictionaries/SOURCES.toml`.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::dictionary::WordClass;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::token::{Gap, Kind, Token};
use crate::verdict::Verdict;

/// Named bodies.
pub static RECOGNIZER: Organization = Organization {
    info: Info {
        module: module_path!(),
        entity: Entity::ORGANIZATION,
        summary: "Company, authority, school, hospital or other named body.",
        context: &[
            ":company",
            ":employer",
            ":organization",
            ":organisation",
            ":hospital",
            ":facility",
            ":clinic",
            ":school",
            ":institution",
            ":insurer",
            ":insurance company",
            ":carrier",
            ":payer",
            ":agency",
            ":company name",
            ":affiliation",
            ":empresa",
            ":centro",
        ],
        negative_context: &[],
        hits: &[
            "admitted to ⟦Saint Brigid's Hospital⟧ on Monday",
            "works for ⟦Globex Widgets Ltd⟧",
            "the ⟦University of Ruritania⟧ and the ⟦Ankara Administrative Court⟧",
            "Employer: ⟦Initech⟧",
            "the ⟦Ministry of Education⟧ replied",
        ],
        misses: &["The court and the hospital were closed.", "Hospital course: uneventful.", "School starts in May."],
    },
};

/// See [`RECOGNIZER`].
pub struct Organization {
    info: Info,
}

impl Recognizer for Organization {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Block, Trigger::Label]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let block = site.block;
        if site.token > 0 || !block.labels.is_empty() {
            propose_labelled(block, site.token, proposals);
        }
        if site.token > 0 {
            return;
        }
        for at in 0..block.tokens.len() {
            if block.tokens[at].is_capitalised() {
                propose_headed(block, at, proposals);
            }
        }
    }
}

/// Whether a word can stand inside the name of a body, before or after its head.
fn is_inner(block: &Block<'_>, at: usize) -> bool {
    block.token(at).is_some_and(Token::is_capitalised)
}

/// A name whose head word is token `at`.
fn propose_headed(block: &Block<'_>, at: usize, proposals: &mut Vec<Proposal>) {
    let lexeme = &block.lexemes()[at];
    let hospital = lexeme.is(WordClass::HospitalHead);
    let legal = lexeme.is(WordClass::LegalForm) && !block.tokens[at].shape.has(crate::token::Shape::NON_ASCII);
    if !hospital && !legal && !lexeme.is(WordClass::OrganisationHead) {
        return;
    }
    let first = start_of(block, at);
    let last = end_of(block, at);
    if first == at && last == at {
        return;
    }
    let upper = (first..=last).all(|index| !block.tokens[index].is_capitalised() || block.tokens[index].shape.is_upper());
    let everyday = (first..=last)
        .filter(|index| block.tokens[*index].is_capitalised() && *index != at)
        .all(|index| block.lexemes()[index].is_everyday());
    let mut base = if hospital { 760 } else { 700 };
    if legal {
        if first == at || block.tokens[at].len() == 2 && !block.tokens[at].shape.is_upper() && block.str(at) != "Co" {
            return;
        }
        base = 880;
    } else if upper {
        base -= 250;
    } else if everyday && block.begins_sentence(first) {
        base -= 150;
    }
    propose_acronym(block, first, last, proposals);
    let span = block.span(first, last);
    let pattern = if hospital {
        "hospital"
    } else if legal {
        "legal-form"
    } else {
        "head-word"
    };
    proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
}

/// `Employment Appeal Tribunal ("EAT")`: a short form in brackets after a name, whose letters are initials of the name.
fn propose_acronym(block: &Block<'_>, first: usize, last: usize, proposals: &mut Vec<Proposal>) {
    let mut at = last + 1;
    if !block.token(at).is_some_and(|token| token.is_byte(b'(')) {
        return;
    }
    at += 1;
    at += usize::from(block.str(at) == "the");
    at += usize::from(block.token(at).is_some_and(|token| matches!(token.kind, Kind::Punctuation(b'"' | b'\''))));
    at += usize::from(block.str(at) == "the");
    let Some(token) = block.token(at) else { return };
    let initials = |letter: char| (first..=last).any(|index| block.str(index).starts_with(letter));
    if token.shape.is_upper() && (2..=8).contains(&token.len()) && block.str(at).chars().all(initials) {
        proposals.push(Proposal {
            span: token.span(),
            base: Confidence::new(700),
            pattern: "acronym",
            verdict: Verdict::Unknown,
        });
    }
}

/// Goes back over capitalised words, `&`, `of`, `and` between capitals, hyphens and possessives.
fn start_of(block: &Block<'_>, at: usize) -> usize {
    let mut first = at;
    while first > 0 && at - first < 10 {
        let gap = block.tokens[first].gap;
        let before = first - 1;
        let token = &block.tokens[before];
        if gap > Gap::Blank {
            break;
        }
        if is_inner(block, before) && gap == Gap::Blank {
            let lexeme = &block.lexemes()[before];
            let starts = block.begins_sentence(before);
            if lexeme.is(WordClass::Honorific) && token.len() <= 4 && block.str(before) != "St" {
                break;
            }
            if starts && lexeme.word.is_some_and(|word| word.mostly_lower_case && word.frequency >= 7) {
                break;
            }
            first = before;
            continue;
        }
        // Something that joins: a capital has to stand before it.
        let joint = match block.str(before) {
            "&" | "of" | "and" | "for" | "de" | "du" | "la" | "der" | "für" | "y" | "-" | "/" | "'" => 1,
            "the" if before > 0 && block.str(before - 1) == "of" => 2,
            "." if before > 0 && block.tokens[before - 1].len() <= 3 => 1,
            "s" if before > 1 && block.tokens[before - 1].is_byte(b'\'') => 2,
            _ => break,
        };
        let Some(capital) = before.checked_sub(joint) else { break };
        let needs_blank = block.str(before) == "and" || block.str(before) == "of" || block.str(before) == "for";
        let strong = !needs_blank || !block.lexemes()[capital].is(WordClass::OrganisationHead) || block.str(before) != "and";
        if !is_inner(block, capital) || !strong || needs_blank && first == at {
            break;
        }
        first = capital;
    }
    first
}

/// Goes on over `of …`, `for …`, `at …` and capitalised words after the head.
fn end_of(block: &Block<'_>, at: usize) -> usize {
    let mut last = at;
    loop {
        let next = last + 1;
        let Some(token) = block.token(next) else { break };
        if token.gap > Gap::Blank || last - at > 10 {
            break;
        }
        if is_inner(block, next) && token.gap == Gap::Blank {
            last = next;
            continue;
        }
        let skip = match block.str(next) {
            "of" | "for" | "de" | "del" | "des" | "du" | "di" | "&" => {
                1 + usize::from(matches!(block.str(next + 1), "the" | "la" | "los"))
            }
            "and" if last > at => 1,
            "-" if token.gap == Gap::None => 1,
            "'" if block.str(next + 1) == "s" && is_inner(block, next + 2) => 2,
            _ => break,
        };
        let close = block.token(next + skip).is_some_and(|token| token.gap <= Gap::Blank);
        if !close || !is_inner(block, next + skip) {
            break;
        }
        last = next + skip;
    }
    last
}

/// A value under a label such as `Employer:`: what is capitalised up to the end of the line.
fn propose_labelled(block: &Block<'_>, first: usize, proposals: &mut Vec<Proposal>) {
    let mut last = first;
    while last - first < 8
        && block.token(last).is_some_and(|token| {
            (last == first || token.gap <= Gap::Blank)
                && (is_inner(block, last)
                    || last > first && matches!(block.str(last), "&" | "of" | "and" | "-" | "'" | "s" | "the"))
        })
    {
        last += 1;
    }
    while last > first && !is_inner(block, last - 1) {
        last -= 1;
    }
    if last > first {
        let span = block.span(first, last - 1);
        proposals.push(Proposal { span, base: Confidence::new(150), pattern: "labelled", verdict: Verdict::Unknown });
    }
}
