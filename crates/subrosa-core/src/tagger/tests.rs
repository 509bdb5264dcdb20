use super::features::{self, Rows, Stand, Views};
use super::memory::{Memory, Recall};
use super::model::{self, LANES, Model, ROWS, Sums, softmax};
use super::sites::{self, Site};
use super::{LEANING, NameKind, TAGS, Tag, Tagger};
use crate::block::Block;
use crate::token::tokenise;

fn with_block<T>(text: &str, look: impl FnOnce(&Block<'_>) -> T) -> T {
    let mut tokens = Vec::new();
    tokenise(text, &mut tokens);
    look(&Block::new(text, &tokens, &[]))
}

fn site_words(text: &str) -> Vec<(String, bool)> {
    with_block(text, |block| {
        let mut found = Vec::new();
        sites::find(block, &mut found);
        found.iter().map(|site| (block.str(site.token).to_owned(), site.connector)).collect()
    })
}

fn names(text: &str) -> Vec<(NameKind, String)> {
    with_block(text, |block| {
        let mut tagger = Tagger::new(model::builtin(), LEANING, text.len());
        tagger.read(block, 0, |span| span);
        tagger.finish().into_iter().map(|name| (name.kind, name.span.of(text).to_owned())).collect()
    })
}

#[test]
fn a_name_goes_on_only_as_what_it_began() {
    let (person, place) = (Tag::begin(NameKind::Person), Tag::begin(NameKind::Location));
    assert!(Tag::inside(NameKind::Person).may_follow(person));
    assert!(Tag::inside(NameKind::Person).may_follow(Tag::inside(NameKind::Person)));
    assert!(!Tag::inside(NameKind::Person).may_follow(place));
    assert!(!Tag::inside(NameKind::Organization).may_follow(Tag::OUTSIDE));
    assert!(place.may_follow(person));
    assert!((0..TAGS).all(|index| Tag::from_index(index).index() == index));
    assert_eq!(Tag::from_index(TAGS), Tag::OUTSIDE);
}

#[test]
fn only_words_that_can_be_names_are_looked_at() {
    assert_eq!(site_words("The dog of Anna Weber ran."), [("Anna".to_owned(), false), ("Weber".to_owned(), false)]);
    assert_eq!(site_words("seen by Donald weber"), [("Donald".to_owned(), false), ("weber".to_owned(), false)]);
    let of = site_words("the University of Example");
    assert_eq!(of, [("University".to_owned(), false), ("of".to_owned(), true), ("Example".to_owned(), false)]);
    assert_eq!(site_words("it rained and rained"), []);
    let korean = site_words("with Min-jun today");
    assert_eq!(korean.last(), Some(&("jun".to_owned(), true)));
}

#[test]
fn initials_go_together() {
    let found = names("The children A.F. and B.F. live with Ms. Ferguson.");
    let cut = |name: &str| matches!(name, "A." | "B." | "A" | "B");
    assert!(!found.iter().any(|(_, name)| cut(name)), "{found:?}");
}

#[test]
fn names_come_whole() {
    assert_eq!(
        names("Yesterday Dr. Maria Gonzalez drove from Boston to see her sister Elena."),
        [
            (NameKind::Person, "Dr. Maria Gonzalez".to_owned()),
            (NameKind::Location, "Boston".to_owned()),
            (NameKind::Person, "Elena".to_owned())
        ]
    );
    assert_eq!(names("She met Anne-marie Dubois at noon."), [(NameKind::Person, "Anne-marie Dubois".to_owned())]);
    assert_eq!(names("The Foley catheter was removed and the day was long."), []);
}

#[test]
fn what_others_say_of_a_word_leaves_the_asker_out() {
    let mut memory = Memory::default();
    let person = Tag::begin(NameKind::Person);
    memory.note(7, person);
    assert_eq!(memory.recall(7, Some(person)), memory.recall(8, None), "its own mention is no other");
    memory.note(7, person);
    assert_ne!(memory.recall(7, Some(person)), memory.recall(8, None));
    assert_ne!(memory.recall(7, Some(person)), Recall::UNKNOWN);
    memory.clear();
    assert_eq!(memory.recall(7, None), memory.recall(8, None));
}

#[test]
fn weights_of_another_size_are_refused() {
    let bytes = Model::write(&vec![1; ROWS * LANES], 0.5);
    assert!(Model::open(&bytes).is_some());
    assert!(Model::open(&bytes[..bytes.len() - 1]).is_none());
    assert!(Model::open(b"").is_none());
    let mut other = bytes.clone();
    other[0] = b'X';
    assert!(Model::open(&other).is_none());
}

#[test]
fn sums_and_probabilities() {
    let mut weights = vec![0_i8; ROWS * LANES];
    weights[3 * LANES + 1] = 4;
    weights[5 * LANES + 1] = -1;
    let bytes = Model::write(&weights, 0.5);
    let model = Model::open(&bytes).unwrap();
    let mut sums = Sums::default();
    model.add(&[3, 5, 3], &mut sums);
    assert_eq!((0..TAGS).map(|tag| i32::from(sums.of(tag)) - i32::from(sums.of(0))).collect::<Vec<_>>(), [0, 7, 0, 0, 0, 0, 0]);
    let logits = model.logits(&sums);
    assert!((logits[1] - logits[0] - 3.5).abs() < 1e-3);
    let probabilities = softmax(&logits);
    assert!((probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-4);
    assert!((model::exp(1.0) - std::f32::consts::E).abs() < 1e-3);
}

#[test]
fn a_site_has_few_rows() {
    with_block("Mr. John van der Smith, of Boston (Example)", |block| {
        let mut found: Vec<Site> = Vec::new();
        sites::find(block, &mut found);
        let mut views = Views::new();
        for (at, site) in found.iter().enumerate() {
            let (mut of_word, mut around) = (Rows::new(), Rows::new());
            let stand = Stand::of(block, site.token, &mut views);
            features::of_word(block.str(site.token), &stand, &mut of_word);
            let moving = features::around(block, &found, at, &stand, &mut views, &mut around);
            let person = Tag::inside(NameKind::Person);
            let counts = [of_word.as_slice().len(), around.as_slice().len()];
            assert!(counts[0] < features::MOST_OF_WORD && counts[1] < features::MOST_AROUND, "a row may be lost: {counts:?}");
            let mut memory = Memory::default();
            memory.note(1, person);
            let known = memory.recall(1, None);
            assert!(moving.rows(person, person, known, known).as_slice().len() <= features::MOST_MOVING);
            let again = Stand::of(block, site.token, &mut Views::new());
            assert_eq!(again.key(&block.tokens[site.token]), stand.key(&block.tokens[site.token]));
        }
    });
}

#[test]
fn a_name_takes_the_stop_of_its_initial() {
    assert_eq!(
        names("Seen today: Anna Weber T., from Boston."),
        [(NameKind::Person, "Anna Weber T.".to_owned()), (NameKind::Location, "Boston".to_owned())]
    );
}

#[test]
fn names_in_small_letters_are_looked_at_but_not_within_addresses() {
    assert_eq!(
        site_words("They all moved to afghanistan With Anna."),
        [("afghanistan".to_owned(), false), ("With".to_owned(), false), ("Anna".to_owned(), false)]
    );
    assert_eq!(site_words("see http://example.com/a?hl=en-US:Anna&b=Weber"), []);
}

#[test]
fn a_row_of_single_letters_is_no_name() {
    let long = "A-".repeat(5000);
    let sites = site_words(&format!("for M-A-R-I-A here, {long} and Anna Weber"));
    assert!(sites.len() < 200, "{}", sites.len());
    let words: Vec<&str> = sites.iter().map(|(word, _)| word.as_str()).collect();
    assert!(words.contains(&"M") && words.ends_with(&["Anna", "Weber"]), "{words:?}");
}
