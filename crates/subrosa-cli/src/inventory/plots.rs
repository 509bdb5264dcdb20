//! Bars as SVG: drawn in the page's own colours, with every figure as text, so that nothing depends on seeing colours.

use std::fmt::Write as _;

use crate::scan::html::escaped;

/// One bar.
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// How long it is.
    pub count: u64,
    /// The class of its colour.
    pub class: &'static str,
}

/// Where bars begin, and how long the longest is.
const LEFT: f64 = 210.0;
const LONGEST: f64 = 330.0;
const STEP: f64 = 24.0;

/// Bars one below the other.
pub fn bars(title: &str, bars: &[Bar]) -> String {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1) as f64;
    let height = STEP * bars.len() as f64 + 4.0;
    let mut svg = begin(title, bars, 600.0, height);
    for (row, bar) in bars.iter().enumerate() {
        let y = STEP * row as f64;
        let length = (bar.count as f64 / most * LONGEST).max(if bar.count > 0 { 2.0 } else { 0.0 });
        let _ = write!(
            svg,
            "<text class=\"label\" x=\"{:.0}\" y=\"{:.0}\">{}</text>\
             <rect class=\"{}\" x=\"{LEFT:.0}\" y=\"{:.0}\" width=\"{length:.1}\" height=\"16\" rx=\"2\"/>\
             <text x=\"{:.1}\" y=\"{:.0}\">{}</text>",
            LEFT - 8.0,
            y + 16.0,
            escaped(&bar.label),
            bar.class,
            y + 3.0,
            LEFT + length + 6.0,
            y + 16.0,
            bar.count,
        );
    }
    svg + "</svg>"
}

/// Columns one beside the other, over an axis with their labels.
pub fn columns(title: &str, axis: &str, bars: &[Bar]) -> String {
    const WIDTH: f64 = 600.0;
    const TALLEST: f64 = 150.0;
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1) as f64;
    let step = (WIDTH / bars.len().max(1) as f64).min(64.0);
    let mut svg = begin(title, bars, WIDTH, TALLEST + 62.0);
    for (column, bar) in bars.iter().enumerate() {
        let middle = step * (column as f64 + 0.5);
        let height = (bar.count as f64 / most * TALLEST).max(if bar.count > 0 { 2.0 } else { 0.0 });
        let top = 20.0 + TALLEST - height;
        let _ = write!(
            svg,
            "<rect class=\"{}\" x=\"{:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{height:.1}\" rx=\"2\"/>\
             <text class=\"middle\" x=\"{middle:.1}\" y=\"{:.1}\">{}</text>\
             <text class=\"middle quiet\" x=\"{middle:.1}\" y=\"{:.0}\">{}</text>",
            bar.class,
            middle - step * 0.36,
            step * 0.72,
            top - 5.0,
            if bar.count > 0 { bar.count.to_string() } else { String::new() },
            TALLEST + 37.0,
            escaped(&bar.label),
        );
    }
    let _ = write!(
        svg,
        "<line x1=\"0\" x2=\"{:.0}\" y1=\"{y}\" y2=\"{y}\"/><text class=\"quiet\" x=\"0\" y=\"{:.0}\">{}</text>",
        step * bars.len() as f64,
        TALLEST + 57.0,
        escaped(axis),
        y = TALLEST + 20.5,
    );
    svg + "</svg>"
}

/// The beginning, with everything that the bars say in words.
fn begin(title: &str, bars: &[Bar], width: f64, height: f64) -> String {
    let said: Vec<String> = bars.iter().map(|bar| format!("{}: {}", bar.label, bar.count)).collect();
    format!(
        "<svg viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" aria-label=\"{}. {}\">",
        escaped(title),
        escaped(&said.join("; "))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, count: u64) -> Bar {
        Bar { label: label.to_owned(), count, class: "bar" }
    }

    #[test]
    fn the_longest_bar_is_as_long_as_can_be_and_labels_are_escaped() {
        let svg = bars("Kinds", &[bar("<A>", 10), bar("B", 5), bar("C", 0)]);
        assert!(svg.contains("width=\"330.0\"") && svg.contains("width=\"165.0\"") && svg.contains("width=\"0.0\""));
        assert!(svg.contains("&lt;A&gt;") && !svg.contains("<A>"));
        assert!(svg.contains("aria-label=\"Kinds. &lt;A&gt;: 10; B: 5; C: 0\""));
    }

    #[test]
    fn nothing_can_be_drawn_too() {
        for svg in [bars("x", &[]), columns("x", "y", &[]), columns("x", "y", &[bar("1", 0)])] {
            assert!(svg.starts_with("<svg") && svg.ends_with("</svg>") && !svg.contains("NaN") && !svg.contains("inf"));
        }
    }
}
