//! Sketches of PDF pages: where text stands, without the text, and the places of findings on it.

use std::fmt::Write as _;

use subrosa_documents::audit::{PageShape, Severity};

use subrosa::check::Leak;

/// Most findings drawn on a page.
const MOST: usize = 400;

/// One page as SVG, or nothing when no finding has a place on it.
pub fn page(shape: &PageShape, findings: &[&Leak]) -> Option<String> {
    let placed: Vec<([f64; 4], Severity)> =
        findings.iter().filter_map(|finding| Some((finding.area?, finding.kind.severity))).take(MOST).collect();
    if placed.is_empty() {
        return None;
    }
    let [left, bottom, right, top] = shape.area;
    let (width, height) = ((right - left).clamp(1.0, 1e5), (top - bottom).clamp(1.0, 1e5));
    let (shown_width, shown_height) = if shape.turn % 180 == 90 { (height, width) } else { (width, height) };
    // Turned clockwise about the corner that keeps the page in view.
    let turn = match shape.turn {
        90 => format!("translate({height:.2} 0) rotate(90)"),
        180 => format!("translate({width:.2} {height:.2}) rotate(180)"),
        270 => format!("translate(0 {width:.2}) rotate(270)"),
        _ => String::new(),
    };
    let mut svg = String::new();
    let _ = write!(
        svg,
        "<svg class=\"page\" viewBox=\"0 0 {shown_width:.2} {shown_height:.2}\" role=\"img\"><g transform=\"{turn}\">\
         <rect class=\"paper\" width=\"{width:.2}\" height=\"{height:.2}\"/>"
    );
    for line in &shape.lines {
        rectangle(&mut svg, "line", *line, shape.area, 0.0);
    }
    for (area, severity) in placed {
        rectangle(&mut svg, severity.name(), area, shape.area, 1.5);
    }
    svg.push_str("</g></svg>");
    Some(svg)
}

fn rectangle(svg: &mut String, class: &str, [left, bottom, right, top]: [f64; 4], page: [f64; 4], margin: f64) {
    let [page_left, page_bottom, page_right, page_top] = page;
    // What lies outside the page is drawn at its edge.
    let (x, right) = (left.clamp(page_left, page_right) - margin, right.clamp(page_left, page_right) + margin);
    let (top, bottom) = (top.clamp(page_bottom, page_top) + margin, bottom.clamp(page_bottom, page_top) - margin);
    let (x, y, width, height) = (x - page_left, page_top - top, (right - x).max(0.5), (top - bottom).max(0.5));
    let _ = write!(svg, "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>");
}
