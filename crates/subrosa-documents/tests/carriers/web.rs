//! Places of a web page that can hold a name.

use super::record::base64;
use super::{Carrier, gone};

pub(super) fn carriers(value: &str) -> Vec<Carrier> {
    let half = value.floor_char_boundary(value.len() / 2);
    let (first, second) = value.split_at(half);
    let word = value.replace(' ', "-").to_lowercase();
    let tag: String = word.chars().filter(|char| char.is_ascii_alphanumeric() || *char == '-').collect();
    let percents: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let coded: String = value.chars().map(|char| format!("&#{};", char as u32)).collect();
    let escaped: String = value.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let styled: String = value.chars().map(|char| format!("\\{:x} ", char as u32)).collect();
    let bodies: Vec<(&'static str, String)> = vec![
        ("text", format!("<p>{value}</p>")),
        ("text over tags", format!("<p>{first}<b></b><i>{second}</i></p>")),
        ("text over a comment", format!("<p>{first}<!-- x -->{second}</p>")),
        ("a soft hyphen", format!("<p>{first}&shy;{second}</p>")),
        ("a place to break", format!("<p>{first}<wbr>{second}</p>")),
        ("a join of no width", format!("<p>{first}&zwnj;{second}</p>")),
        ("references", format!("<p>{coded}</p>")),
        ("the title", format!("<title>{value}</title>")),
        ("a comment", format!("<!-- {value} --><p>x")),
        ("a comment for old programs", format!("<!--[if mso]><p>{first}<b>{second}</b></p><![endif]--><p>x")),
        ("alt", format!("<img src=a.png alt=\"{value}\">")),
        ("title", format!("<p title='{value}'>x")),
        ("value", format!("<input value=\"{value}\"><input type=hidden value=\"{value}\">")),
        ("content", format!("<meta name=author content=\"{value}\"><meta property=og:title content=\"{coded}\">")),
        ("refresh", format!("<meta http-equiv=refresh content=\"0;url=http://example.com/{percents}\">")),
        ("href", format!("<a href=\"mailto:{percents}@example.com?subject={percents}\">x</a>")),
        (
            "src and others",
            format!(
                "<img src=\"http://example.com/{percents}.png\" srcset=\"{word}.png 2x\" longdesc=\"{value}\"><form action=\"/{percents}\"><object data=\"{percents}\"></object></form>"
            ),
        ),
        ("data-*", format!("<p data-name=\"{value}\" data-json='{{\"a\": \"{escaped}\"}}'>x")),
        ("aria-*", format!("<p aria-label=\"{value}\">x")),
        ("id and class", format!("<p id=\"{word}\" class=\"a {word} b\">x")),
        ("name", format!("<a name=\"{value}\">x</a>")),
        (
            "placeholder and others",
            format!(
                "<input placeholder=\"{value}\" pattern=\"{value}\" list=l><datalist id=l><option label=\"{value}\" value=\"{value}\"></datalist>"
            ),
        ),
        ("a text field", format!("<textarea>{value}</textarea>")),
        ("a choice", format!("<select><optgroup label=\"{value}\"><option>{value}</select>")),
        ("a script's string", format!("<script>var a = '{escaped}', b = \"{value}\", c = `{value}`;</script>")),
        ("a script's comment", format!("<script>// {value}\n/* {value} */</script>")),
        ("a script's template", format!("<script type=text/template><p>{first}<b>{second}</b></p></script>")),
        ("data of a script", format!("<script type=\"application/json\">{{\"a\": \"{escaped}\"}}</script>")),
        (
            "linked data",
            format!("<script type=\"application/ld+json\">{{\"@type\": \"Person\", \"name\": \"{escaped}\"}}</script>"),
        ),
        ("an event", format!("<button onclick=\"f('{escaped}')\">x</button>")),
        ("a link that is a script", format!("<a href=\"javascript:f('{percents}')\">x</a>")),
        (
            "a style sheet",
            format!("<style>a::after {{ content: '{styled}' }} /* {value} */ .b {{ background: url('{percents}.png') }}</style>"),
        ),
        ("a style", format!("<p style=\"background: url('http://example.com/{percents}.png'); --name: '{styled}'\">x")),
        ("a name of a style", format!("<style>.{word} {{ color: red }}</style><p class={word}>x")),
        ("a template", format!("<template><p>{first}<i>{second}</i></template>")),
        ("without scripts", format!("<noscript><p>{first}<i>{second}</i></noscript>")),
        ("hidden", format!("<p hidden>{value}</p><p style=\"display:none\">{value}</p>")),
        ("a frame's page", format!("<iframe srcdoc=\"&lt;p&gt;{first}&lt;b&gt;{second}\"></iframe>")),
        ("an address of data", format!("<a href=\"data:text/html,%3Cp%3E{percents}\">x</a>")),
        ("an address of data in base64", format!("<a href=\"data:text/plain;charset=utf-8;base64,{}\">x</a>", base64(value))),
        (
            "beside the pixels of a picture",
            format!("<img src=\"data:image/png;base64,{}\">", {
                use base64::Engine as _;
                base64::engine::general_purpose::STANDARD.encode(super::picture::png_with_text(value))
            }),
        ),
        (
            "a drawing",
            format!(
                "<svg><title>{value}</title><desc>{value}</desc><text>{first}<tspan>{second}</tspan></text><metadata>{value}</metadata></svg>"
            ),
        ),
        ("a formula", format!("<math><mi>{first}</mi><mi>{second}</mi><annotation>{value}</annotation></math>")),
        (
            "a table",
            format!(
                "<table summary=\"{value}\"><caption>{value}</caption><tr><td abbr=\"{value}\">{first}<br>x<td>{value}</table>"
            ),
        ),
        (
            "microdata",
            format!(
                "<div itemscope itemtype=http://schema.org/Person itemid=\"urn:{percents}\"><span itemprop=name content=\"{value}\">x</span></div>"
            ),
        ),
        ("ruby text", format!("<ruby>x<rt>{value}</rt></ruby>")),
        ("an element of one's own", format!("<x-{tag} a=1>x</x-{tag}>")),
        ("an attribute of one's own", format!("<p data-{tag}=1>x</p>")),
        ("an old instruction", format!("<?php echo '{value}' ?><p>x")),
        ("a declaration", format!("<!DOCTYPE html><! {value}><p>x")),
        ("a section of characters", format!("<svg><text><![CDATA[{value}]]></text></svg>")),
        ("a closing tag's attribute", format!("<p>x</p title=\"{value}\">")),
        ("an attribute twice", format!("<p title=a title=\"{value}\">x")),
        ("behind the end", format!("<html><body><p>x</body></html>{value}")),
        ("a tag that is not closed", format!("<p>x<a title=\"{value}")),
        ("a plain text's end", format!("<plaintext>{value}")),
        ("a map", format!("<map name=\"{value}\"><area alt=\"{value}\" href=\"{percents}\"></map>")),
        ("a subtitle", format!("<video><track label=\"{value}\" src=\"{percents}.vtt\"></video>")),
        (
            "a base address",
            format!("<base href=\"http://{tag}.example.com/\"><link rel=author href=\"/{percents}\" title=\"{value}\">"),
        ),
        (
            "an email's own name",
            format!(
                "<o:p xmlns:o=\"urn:x\">{value}</o:p><xml><o:DocumentProperties><o:Author>{value}</o:Author></o:DocumentProperties></xml>"
            ),
        ),
    ];
    // What can stand in a name of an element or in a computer's, is letters of ASCII.
    let plain = value.is_ascii() && !value.contains(' ');
    let named = ["an element of one's own", "an attribute of one's own"];
    let all = bodies.into_iter().filter(|(name, _)| plain || !named.contains(name));
    all.map(|(name, body)| {
        let page = if body.starts_with("<!DOCTYPE") || body.starts_with("<html") { body } else { format!("<!DOCTYPE html><meta charset=utf-8>{body}") };
        gone(name, "a.html", page)
    })
    .chain([
        gone("UTF-16", "a.html", format!("\u{FEFF}<html><p>{value}</p></html>").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
        gone("XHTML", "a.xhtml", format!("<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>{coded}</title></head><body><p>{first}<b>{second}</b><![CDATA[{value}]]></p></body></html>")),
    ])
    .collect()
}
