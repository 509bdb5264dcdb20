//! Advances of the standard 14 fonts, for files that do not list them (Adobe Core 14 font metrics).
//!
//! Only printable ASCII has its exact width. Other characters get the width of a digit: it moves a box by a hair and
//! decides no removal, since characters are matched by code and not by place.

type Ascii = [u16; 95];

static HELVETICA: Ascii = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778,
    722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222,
    500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
static HELVETICA_BOLD: Ascii = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778,
    722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278,
    556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];
static TIMES_BOLD: Ascii = [
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778,
    722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333,
    556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
];
static TIMES_BOLD_ITALIC: Ascii = [
    250, 389, 555, 500, 500, 833, 778, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 333, 333, 570, 570, 570, 500, 832, 667, 667, 667, 722, 667, 667, 722, 778, 389, 500, 667, 611, 889, 722, 722, 611, 722,
    667, 556, 611, 722, 667, 889, 667, 611, 611, 333, 278, 333, 570, 500, 333, 500, 500, 444, 500, 444, 333, 500, 556, 278, 278,
    500, 278, 778, 556, 500, 500, 500, 389, 389, 278, 556, 444, 667, 500, 444, 389, 348, 220, 348, 570,
];
static TIMES_ITALIC: Ascii = [
    250, 333, 420, 500, 500, 833, 778, 214, 333, 333, 500, 675, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 333, 333, 675, 675, 675, 500, 920, 611, 611, 667, 722, 611, 611, 722, 722, 333, 444, 667, 556, 833, 667, 722, 611, 722,
    611, 500, 556, 722, 611, 833, 611, 556, 556, 389, 278, 389, 422, 500, 333, 500, 500, 444, 500, 444, 278, 500, 500, 278, 278,
    444, 278, 722, 500, 500, 500, 500, 389, 389, 278, 500, 444, 667, 444, 444, 389, 400, 275, 400, 541,
];
static TIMES_ROMAN: Ascii = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722,
    667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278,
    500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

/// The advance of a character in a standard font, in thousandths of the font size. Fonts of other names are taken for the
/// standard font that viewers put in their place.
pub(super) fn standard_width(font: &[u8], character: Option<char>) -> f64 {
    let name = String::from_utf8_lossy(font).to_ascii_lowercase();
    let has = |part: &str| name.contains(part);
    if has("courier") || has("mono") || has("consolas") {
        return 600.0;
    }
    let (bold, italic) = (has("bold"), has("italic") || has("oblique"));
    let serif = has("times") || has("georgia") || has("serif") && !has("sans") || has("roman");
    let table = match (serif, bold, italic) {
        (false, false, _) => &HELVETICA,
        (false, true, _) => &HELVETICA_BOLD,
        (true, false, false) => &TIMES_ROMAN,
        (true, false, true) => &TIMES_ITALIC,
        (true, true, false) => &TIMES_BOLD,
        (true, true, true) => &TIMES_BOLD_ITALIC,
    };
    width_in(table, character)
}

fn width_in(table: &Ascii, character: Option<char>) -> f64 {
    let index = character.and_then(|one| usize::try_from(u32::from(one).checked_sub(32)?).ok());
    f64::from(index.and_then(|index| table.get(index)).copied().unwrap_or(556))
}

/// The advance of a character in Helvetica, for a font size of one.
pub(crate) fn helvetica_width(character: char) -> f64 {
    width_in(&HELVETICA, Some(character)) / 1000.0
}
