//! What somebody does for a living: `works as a bus driver`, `a retired teacher`, `Beruf: Tischler`, `de profesión carpintero`.
//!
//! A trait of a person, not the word alone: `the nurse came` and `ask a lawyer` are none. Either a cue says that an occupation
//! follows, which then may be any words, or a known occupation is said of somebody (`is a plumber`, `Varón de 78 años, carpintero,`).
//!
//! *Misses by design*: unknown occupations without a cue; ranks and offices before a name, which go with the name.
//! *Confuses with*: things that work as something (`works as a proxy`); a person has to be near.
//! *References*: hand-written list; the identifier is this project's.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::keyword::{Classes, classes};
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::Words;
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

/// Occupations.
pub static RECOGNIZER: Occupation = Occupation {
    info: Info {
        module: module_path!(),
        entity: Entity::new("OCCUPATION"),
        summary: "What a person does or did for a living.",
        context: &[],
        negative_context: &[],
        hits: &[
            "She works as a ⟦school bus driver⟧ at Example Ltd.",
            "Occupation: ⟦cabinet maker⟧",
            "Job title: ⟦Senior Mobility Architect⟧",
            "He is a ⟦retired electrician⟧ and lives alone.",
            "The applicant, a ⟦primary school teacher⟧, was born in 1960.",
            "Varón de 78 años, ⟦carpintero⟧, exfumador",
            "de profesión ⟦auxiliar de enfermería⟧",
            "Beruf: ⟦Tischler⟧",
            "Il travaille comme ⟦infirmier⟧ à Lyon.",
            "She had been employed as a ⟦housing officer⟧ until May.",
        ],
        misses: &[
            "The nurse took her blood pressure.",
            "It works as a proxy for the server.",
            "Job: build-and-test (ubuntu-latest)",
            "ask a lawyer or a doctor",
            "driver: nvidia",
            "a driver error occurred",
        ],
    },
};

/// What people are. Heads of longer titles (`officer`, `engineer`, `manager`) too.
pub(crate) const JOBS: &str = "accountant actor actress actuary administrator anaesthetist analyst apprentice archaeologist architect \
    artist assistant astronomer athlete attorney auctioneer auditor author baker banker barber barista barrister bartender beautician \
    biochemist biologist blacksmith bookkeeper bookseller bricklayer broker builder butcher butler captain caregiver caretaker carer \
    carpenter cashier chauffeur chef chemist chiropractor cleaner clergyman clerk coach cobbler composer conductor conscript constable \
    contractor cook copywriter counsellor counselor courier craftsman dancer dealer decorator dentist designer detective developer \
    dietitian diplomat director dispatcher diver dj docker doctor driver economist editor electrician engineer entrepreneur \
    estate executive farmer farmworker financier firefighter fireman fisherman fitter florist footballer foreman forester gardener \
    geologist glazier goldsmith grocer guard hairdresser handyman historian homemaker housekeeper housewife hygienist illustrator \
    importer inspector instructor interpreter investigator janitor jeweller jeweler jockey joiner journalist judge labourer laborer \
    landlord lawyer lecturer librarian lineman lorry machinist magistrate maid maintenance manager mason mathematician mechanic merchant \
    metalworker midwife milkman miner missionary model musician nanny novelist nurse nutritionist officer official operator optician \
    optometrist painter paralegal paramedic pastor pharmacist philosopher photographer physicist physiotherapist pianist pilot plasterer \
    plumber poet policeman policewoman politician porter postman pathologist paediatrician pediatrician physician priest producer \
    professor programmer proofreader prosecutor psychiatrist psychologist publisher rabbi radiographer realtor receptionist recruiter \
    repairer reporter researcher restaurateur roofer sailor salesman salesperson saleswoman scaffolder scientist sculptor seamstress \
    secretary seller serviceman setter sheriff shepherd shoemaker shopkeeper singer smith sociologist soldier solicitor statistician steward \
    stewardess stonemason stockbroker student supervisor surgeon surveyor tailor taxi teacher technician technologist teller therapist \
    tiler tour trader trainer translator trucker tutor typist underwriter upholsterer vet veterinarian vicar waiter waitress watchman \
    watchmaker welder woodworker worker writer cardiologist dermatologist gastroenterologist neurologist oncologist radiologist \
    aide attendant collector lieutenant sergeant corporal colonel major \
    abogado abogada actriz administrativo administrativa agricultor agricultora albañil arquitecto arquitecta artesano artista asesor \
    auxiliar azafata bailarín bailarina bombero bomberos cajero cajera camarero camarera camionero campesino carnicero carpintero cartero \
    cerrajero cocinero cocinera comerciante conductor conductora conserje constructor contable contador costurera cuidador cuidadora dependiente \
    dependienta deportista docente economista electricista empleada encargado enfermero enfermera escritor escritora estudiante \
    farmacéutico farmacéutica fontanero fotógrafo funcionario funcionaria futbolista ganadero guardia herrero hostelero informático \
    ingeniero ingeniera jardinero jornalero juez jueza limpiadora limpiador maestro maestra marinero mecánico médico médica militar minero \
    modista monitor monitora músico notario obrero oficinista panadero pastelero peluquero peluquera periodista pescador pintor policía \
    portero profesor profesora programador psicólogo psicóloga químico recepcionista repartidor sacerdote sastre secretaria secretario \
    soldado soldador soldadora taxista técnico técnica tendero trabajador transportista tornero vendedor vendedora veterinario vigilante ama \
    arzt ärztin bäcker bauarbeiter beamter beamtin buchhalter dachdecker elektriker erzieherin fleischer friseur friseurin handwerker \
    hausfrau hausmeister ingenieur kaufmann kellner koch köchin krankenpfleger krankenschwester lehrer lehrerin landwirt lkw-fahrer \
    maler maurer mechaniker metzger pfarrer polizist polizistin rechtsanwalt schlosser schneider schreiner sekretärin student studentin \
    tischler verkäufer verkäuferin zimmermann \
    agriculteur avocat avocate boucher boulanger coiffeur coiffeuse comptable cuisinier enseignant enseignante étudiant étudiante \
    infirmier infirmière ingénieur instituteur institutrice maçon médecin menuisier ouvrier ouvrière pharmacien plombier policier \
    professeur serveur serveuse vendeur vendeuse \
    avvocato casalinga commesso contadino cuoco falegname idraulico impiegato impiegata infermiere infermiera insegnante muratore operaio \
    operaia pensionato parrucchiere advocaat bakker boer leraar lerares loodgieter kapper metselaar onderwijzer timmerman verpleegkundige \
    verpleegster advogado carpinteiro enfermeira enfermeiro engenheiro motorista pedreiro professora vendedor";

/// Everyday words of [`JOBS`] that are parts of titles (`taxi driver`), no titles themselves.
static PARTS: Words = Words::new(&["estate", "lorry", "maintenance", "model", "taxi", "tour", "major", "student"]);
/// Words after which a known occupation with its article is said of somebody.
static VERBS: Words = Words::new(&[
    "is", "was", "am", "be", "been", "being", "became", "become", "as", "s", "m", "es", "era", "fue", "como", "ist", "war",
    "als", "est", "était", "comme",
]);
static ARTICLES: Words = Words::new(&["a", "an", "un", "una", "une", "ein", "eine", "einen", "een", "um", "uma", "the"]);
/// What stands between a verb of working and the occupation.
static AS: Words = Words::new(&["as", "como", "de", "als", "comme", "come"]);
/// Words that end a title.
static ENDS: Words = Words::new(&[
    "at", "for", "in", "with", "and", "who", "on", "since", "from", "by", "to", "but", "until", "when", "while", "because",
    "where", "or", "whose", "which", "that", "has", "had", "is", "was", "full", "part", "prior", "before", "after", "en", "con",
    "y", "desde", "para", "por", "que", "hasta", "bei", "für", "mit", "und", "seit", "chez", "à", "au", "aux", "pour", "avec",
    "et", "depuis", "dans", "presso", "per", "bij", "voor", "met", "sinds", "em", "na", "no", "using", "during", "living",
    "lives", "he", "she",
]);
/// Who is said to work.
static PEOPLE: Words = Words::new(&[
    "he",
    "she",
    "i",
    "who",
    "patient",
    "mr",
    "mrs",
    "ms",
    "miss",
    "applicant",
    "father",
    "mother",
    "husband",
    "wife",
    "son",
    "daughter",
    "brother",
    "sister",
    "man",
    "woman",
    "gentleman",
    "lady",
    "widow",
    "widower",
    "male",
    "female",
    "friend",
    "partner",
    "they",
    "claimant",
    "paciente",
    "mujer",
    "hombre",
    "varón",
    "señor",
    "señora",
    "padre",
    "madre",
    "marido",
    "esposa",
    "hijo",
    "hija",
    "años",
    "er",
    "sie",
    "patientin",
    "mann",
    "frau",
    "vater",
    "mutter",
    "il",
    "elle",
    "homme",
    "femme",
    "père",
    "mère",
    "mari",
    "marito",
    "moglie",
    "lui",
    "lei",
    "old",
    "him",
    "her",
    "his",
    "my",
    "boy",
    "girl",
]);
/// Labels that name an occupation; those that name other things as well need a known one.
static LABELS: Words = Words::new(&[
    "occupation",
    "occupations",
    "profession",
    "profesión",
    "ocupación",
    "oficio",
    "beruf",
    "métier",
    "professione",
    "beroep",
    "profissão",
    "ocupação",
]);
static LOOSE_LABELS: Words = Words::new(&["job", "career", "trade", "work"]);
static RETIRED: Words = Words::new(&["retired", "former"]);

/// Most tokens of a title.
const LONGEST: usize = 8;
/// How far back a person is looked for.
const BACK: usize = 24;

/// See [`RECOGNIZER`].
pub struct Occupation {
    info: Info,
}

impl Recognizer for Occupation {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Block]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let block = site.block;
        let mut push = |(first, last): (usize, usize), base: u16, pattern: &'static str| {
            let (span, base) = (block.span(first, last), Confidence::new(base));
            proposals.push(Proposal { span, base, pattern, verdict: Verdict::Unknown });
        };
        for keyword in block.keywords(Classes::WORK.and(Classes::JOB)) {
            if keyword.classes.any(Classes::WORK)
                && let Some((title, pattern)) = after_cue(block, keyword.token)
            {
                push(title, 640, pattern);
            }
            if keyword.classes.any(Classes::JOB)
                && let Some(title) = said_of_somebody(block, keyword.token)
            {
                push(title, 540, "trait");
            }
        }
    }
}

fn is_job(block: &Block<'_>, index: usize) -> bool {
    block.token(index).is_some_and(|token| classes(token).any(Classes::JOB) && !PARTS.has(token))
}

/// The title that the word at `at` announces.
fn after_cue(block: &Block<'_>, at: usize) -> Option<((usize, usize), &'static str)> {
    // `Job title:` is a label, `title:` the name of many things.
    let titled = block.str(at).eq_ignore_ascii_case("job") && block.str(at + 1).eq_ignore_ascii_case("title");
    let at = at + usize::from(titled);
    let next = block.token(at + 1)?;
    if RETIRED.at(block, at) {
        let (first, last) = title(block, at + 1)?;
        // Only up to the occupation: `a retired teacher Mr Smith knew`.
        let job = (first..=last).take(4).filter(|index| is_job(block, *index)).last()?;
        return Some(((at, job), "retired"));
    }
    let labelled = titled || LABELS.at(block, at);
    if labelled || LOOSE_LABELS.at(block, at) {
        let colon = next.is_byte(b':') || next.is_byte(b'-') && next.gap == Gap::Blank;
        let verb = VERBS.at(block, at + 1) || ARTICLES.at(block, at + 2) && next.kind == Kind::Word && VERBS.at(block, at + 1);
        let spanish = at > 0 && block.str(at - 1) == "de" && next.kind == Kind::Word && next.gap == Gap::Blank;
        if colon || verb || spanish {
            let first = past_article(block, at + 1 + usize::from(colon || verb));
            let title = title(block, first)?;
            let known = (title.0..=title.1).any(|index| is_job(block, index));
            let free = labelled && (colon && block.token(first)?.gap <= Gap::Wide || spanish);
            return (known || free).then_some((title, "label"));
        }
    }
    if !AS.at(block, at + 1) || next.gap > Gap::Line {
        return None;
    }
    let article = ARTICLES.at(block, at + 2);
    let title = title(block, past_article(block, at + 2))?;
    let known = (title.0..=title.1).any(|index| is_job(block, index));
    let person = (at.saturating_sub(BACK)..at)
        .rev()
        .take_while(|index| !ends_sentence(block, *index))
        .any(|index| PEOPLE.at(block, index));
    let free = article && person && block.str(at + 1) != "de";
    (known || free).then_some((title, "works-as"))
}

fn ends_sentence(block: &Block<'_>, index: usize) -> bool {
    matches!(block.tokens[index].kind, Kind::Punctuation(b'.' | b'!' | b'?' | b';'))
        && block.token(index + 1).is_some_and(|next| next.gap > Gap::None)
}

fn past_article(block: &Block<'_>, index: usize) -> usize {
    index + usize::from(ARTICLES.at(block, index))
}

/// The words of a title from `first` on: up to punctuation, the end of the line or a word that ends it.
fn title(block: &Block<'_>, first: usize) -> Option<(usize, usize)> {
    let mut last = None;
    let mut index = first;
    while let Some(token) = block.token(index).filter(|_| index < first + LONGEST) {
        let joined = token.is_byte(b'-') && token.gap == Gap::None && index > first;
        let broken = token.gap > Gap::Line || token.gap == Gap::Line && (index == first || block.tokens[index].is_capitalised());
        let ends = token.kind == Kind::Word && ENDS.has(token) && !joins_occupation(block, index);
        if broken && index != first || token.kind != Kind::Word && !joined || ends {
            break;
        }
        if !joined {
            last = Some(index);
        }
        index += 1;
    }
    let last = last?;
    (block.span(first, last).of(block.text).len() >= 3).then_some((first, last))
}

/// Whether `and` at `index` goes on to an occupation: `fiscal and policy analyst`.
fn joins_occupation(block: &Block<'_>, index: usize) -> bool {
    matches!(block.str(index), "and" | "y" | "und" | "et")
        && (index + 1..index + 5)
            .take_while(|next| block.token(*next).is_some_and(|token| token.kind == Kind::Word && !ENDS.has(token)))
            .any(|next| is_job(block, next))
}

/// The title that ends with the occupation at `head` and that words around say to be somebody's.
fn said_of_somebody(block: &Block<'_>, head: usize) -> Option<(usize, usize)> {
    if PARTS.at(block, head) {
        return None;
    }
    let last = with_complement(block, head);
    let ended = match block.token(last + 1) {
        None => true,
        Some(next) => match next.kind {
            Kind::Punctuation(byte) => !matches!(byte, b'-' | b'/' | b'_' | b'\'' | b'(' | b':' | b'='),
            Kind::Word => next.gap > Gap::Line || ENDS.has(next) || block.str(last + 1) == "of",
            Kind::Number => false,
        },
    };
    if !ended {
        return None;
    }
    // Back over the words of the title to its article.
    let mut first = head;
    for _ in 0..5 {
        let before = first.checked_sub(1)?;
        if block.tokens[first].gap > Gap::Line {
            return None;
        }
        if ARTICLES.at(block, before) {
            if block.str(before) == "the" {
                return None;
            }
            let verb = before.checked_sub(1)?;
            let apposition = block.tokens[verb].is_byte(b',') && verb > 0 && follows_person(block, verb);
            let stated = VERBS.at(block, verb) && (block.str(verb) != "as" || follows_person(block, verb));
            return (apposition || stated && follows_person(block, verb + 1)).then_some((first, last));
        }
        // Without an article: `Varón de 78 años, carpintero,`.
        if block.tokens[before].is_byte(b',') || matches!(block.str(before), "es" | "era") {
            let closed = block.token(last + 1).is_none_or(|next| matches!(next.kind, Kind::Punctuation(b',' | b'.' | b';')));
            let spoken = (before.saturating_sub(8)..before).any(|index| {
                matches!(block.str(index), "años" | "ans" | "Jahre" | "anni" | "anos" | "jaar" | "años." | "varón" | "mujer")
            });
            return (head - first <= 1 && closed && spoken).then_some((first, last));
        }
        let word = &block.tokens[before];
        let modifier = word.kind == Kind::Word && !ENDS.has(word) && !VERBS.has(word) || word.is_byte(b'-');
        if !modifier {
            return None;
        }
        first = before;
    }
    None
}

/// `auxiliar de enfermería`, `ama de casa`: the complement of an occupation.
fn with_complement(block: &Block<'_>, head: usize) -> usize {
    let word = |index: usize| {
        block.token(index).is_some_and(|token| token.kind == Kind::Word && token.gap == Gap::Blank && token.len() > 3)
    };
    if matches!(block.str(head + 1), "de" | "en")
        && word(head + 2)
        && !block.tokens[head + 2].is_capitalised()
        && block.tokens[head + 1].gap == Gap::Blank
    {
        head + 2
    } else {
        head
    }
}

/// Whether a person is spoken of before `index` in the sentence: a pronoun, a word such as `patient`, or a name's title.
fn follows_person(block: &Block<'_>, index: usize) -> bool {
    (index.saturating_sub(12)..index.min(block.tokens.len()))
        .rev()
        .take_while(|index| !ends_sentence(block, *index))
        .any(|index| PEOPLE.at(block, index) || block.lexeme(index).name.given >= 2)
}
