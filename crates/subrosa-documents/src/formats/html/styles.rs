//! Which elements a page's own style sheets hide: rules of `<style>` with a simple selector (an element, classes, an id) and
//! `display: none` or `visibility: hidden`. CSS 2.2, 5 and 9.2.
//!
//! Not looked at: combinators, pseudo-classes, attributes, what `@` rules hold (they depend on who shows the page), sheets of other
//! files, and which of two rules is the stronger: the later one counts.

/// Most rules that are kept.
const MOST: usize = 2_000;

/// What the rules of a page hide, as far as it was read.
#[derive(Default)]
pub(super) struct Rules(Vec<Selector>);

/// What an element has to be; all of it.
#[derive(Default, PartialEq)]
struct Selector {
    name: String,
    id: String,
    classes: Vec<String>,
}

impl Rules {
    /// Adds the rules of a style sheet.
    pub(super) fn read(&mut self, sheet: &str) {
        let sheet = without_comments(sheet);
        let mut rest = sheet.as_str();
        while let Some(open) = rest.find('{') {
            let (head, behind) = (rest.get(..open).unwrap_or_default().trim(), rest.get(open + 1..).unwrap_or_default());
            let end = closing(behind);
            let body = behind.get(..end).unwrap_or_default();
            rest = behind.get(end + 1..).unwrap_or_default();
            // What an at-rule without a block says ends in a semicolon.
            let head = head.rsplit(';').next().unwrap_or_default().trim();
            if let Some(hides) = hides(body).filter(|_| !head.starts_with('@')) {
                self.add(head, hides);
            }
        }
    }

    fn add(&mut self, selectors: &str, hides: bool) {
        for selector in selectors.split(',').filter_map(Selector::read) {
            self.0.retain(|known| *known != selector);
            if hides && self.0.len() < MOST {
                self.0.push(selector);
            }
        }
    }

    /// Whether nothing is hidden.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an element is hidden; its name in lower case.
    pub(super) fn hide(&self, name: &str, id: &str, classes: &str) -> bool {
        self.0.iter().any(|selector| selector.is(name, id, classes))
    }
}

impl Selector {
    /// Nothing when it is more than a name, classes and an id.
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.' | '#') || !char.is_ascii();
        if text.is_empty() || !text.chars().all(plain) {
            return None;
        }
        let mut selector = Self::default();
        let start = text.find(['.', '#']).unwrap_or(text.len());
        selector.name = text.get(..start)?.to_ascii_lowercase();
        let mut rest = text.get(start..)?;
        while let Some(sign) = rest.chars().next() {
            let end = rest.get(1..)?.find(['.', '#']).map_or(rest.len(), |end| end + 1);
            let word = rest.get(1..end)?.to_owned();
            match sign {
                _ if word.is_empty() => return None,
                '#' => selector.id = word,
                _ => selector.classes.push(word),
            }
            rest = rest.get(end..)?;
        }
        Some(selector)
    }

    fn is(&self, name: &str, id: &str, classes: &str) -> bool {
        (self.name.is_empty() || self.name == name)
            && (self.id.is_empty() || self.id == id)
            && self.classes.iter().all(|class| classes.split_ascii_whitespace().any(|own| own == class))
    }
}

/// Whether declarations hide an element, or show it; nothing when they say nothing of it.
fn hides(body: &str) -> Option<bool> {
    let mut said = None;
    for declaration in body.split(';') {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let value = value.trim().to_ascii_lowercase();
        match property.trim().to_ascii_lowercase().as_str() {
            "display" => said = Some(value.starts_with("none")),
            "visibility" => said = Some(value.starts_with("hidden") || value.starts_with("collapse")),
            _ => {}
        }
    }
    said
}

/// Where the block ends that these characters are in.
fn closing(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return at,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

fn without_comments(sheet: &str) -> String {
    let mut plain = String::with_capacity(sheet.len());
    for (index, part) in sheet.split("/*").enumerate() {
        plain.push_str(if index == 0 { part } else { part.split_once("*/").map_or("", |(_, behind)| behind) });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_selectors_hide() {
        let mut rules = Rules::default();
        rules.read("@import 'a.css'; .gone, P.note{color:red;display : none !important} #draft {visibility:hidden} /* .kept{display:none} */");
        assert!(rules.hide("span", "", "wide gone"));
        assert!(rules.hide("p", "", "note") && !rules.hide("div", "", "note"));
        assert!(rules.hide("div", "draft", ""));
        assert!(!rules.hide("div", "", "kept") && !rules.hide("div", "", ""));
    }

    #[test]
    fn the_later_rule_counts_and_what_depends_on_the_reader_does_not() {
        let mut rules = Rules::default();
        rules.read(".a{display:none} @media print { .b{display:none} } .c > .d{display:none} .e:hover{display:none}");
        rules.read(".a{display:block}");
        for class in ["a", "b", "c", "d", "e"] {
            assert!(!rules.hide("p", "", class), "{class}");
        }
    }

    #[test]
    fn broken_sheets_are_read_to_their_end() {
        for sheet in ["{", "}", ".a{", ".a{display:none", "/*", ".#{display:none}", "@x{{{", "é{display:none}"] {
            Rules::default().read(sheet);
        }
    }
}
