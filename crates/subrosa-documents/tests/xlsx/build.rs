//! Builds workbooks by hand, so that every byte of a sheet is the test's.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)] // each test program uses its own part of it

use super::build::{PACKAGE, R, archive};

pub const S: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A workbook: its sheets, its strings, further parts.
#[derive(Clone, Default)]
pub struct Xlsx {
    /// Markup of each worksheet's children.
    pub sheets: Vec<String>,
    pub names: Vec<String>,
    /// Markup of each shared string's children.
    pub strings: Vec<String>,
    /// What follows `sheets` in the workbook.
    pub workbook: String,
    pub styles: String,
    /// Name, markup, type of relationship, and the sheet from which it starts (0 for the workbook).
    pub parts: Vec<(String, Vec<u8>, String, usize)>,
    pub external: Vec<(String, String, usize)>,
}

impl Xlsx {
    /// A workbook of one sheet with these rows.
    pub fn new(rows: &str) -> Self {
        Self::default().sheet("Sheet1", &format!("<sheetData>{rows}</sheetData>"))
    }

    pub fn sheet(mut self, name: &str, markup: &str) -> Self {
        self.sheets.push(markup.to_owned());
        self.names.push(name.to_owned());
        self
    }

    /// Shared strings of plain text.
    pub fn strings(mut self, strings: &[&str]) -> Self {
        self.strings.extend(strings.iter().map(|string| format!("<t>{string}</t>")));
        self
    }

    /// Number formats of cell styles 1, 2, …
    pub fn formats(mut self, codes: &[&str]) -> Self {
        let formats = codes.iter().enumerate();
        let formats: Vec<String> =
            formats.map(|(at, code)| format!(r#"<numFmt numFmtId="{}" formatCode="{code}"/>"#, 170 + at)).collect();
        let cells = (0..codes.len()).map(|at| format!(r#"<xf numFmtId="{}"/>"#, 170 + at)).collect::<Vec<_>>();
        self.styles =
            format!(r#"<numFmts>{}</numFmts><cellXfs><xf numFmtId="0"/>{}</cellXfs>"#, formats.concat(), cells.concat());
        self
    }

    pub fn workbook(mut self, markup: &str) -> Self {
        markup.clone_into(&mut self.workbook);
        self
    }

    /// A part that a sheet (1, 2, …) or the workbook (0) refers to, as `rId` and its number among all parts from 100.
    pub fn part(mut self, from: usize, kind: &str, name: &str, data: impl AsRef<[u8]>) -> Self {
        self.parts.push((name.to_owned(), data.as_ref().to_vec(), kind.to_owned(), from));
        self
    }

    pub fn external(mut self, from: usize, kind: &str, target: &str) -> Self {
        self.external.push((kind.to_owned(), target.to_owned(), from));
        self
    }

    pub fn all(&self) -> Vec<(String, Vec<u8>)> {
        let mut types = String::new();
        let mut relations: Vec<String> = vec![String::new(); self.sheets.len() + 1];
        let mut members: Vec<(String, Vec<u8>)> = Vec::new();
        let mut sheets = String::new();
        for (at, (markup, name)) in self.sheets.iter().zip(&self.names).enumerate() {
            let number = at + 1;
            sheets = format!(r#"{sheets}<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>"#);
            relations[0] += &relation(&format!("rId{number}"), "worksheet", &format!("worksheets/sheet{number}.xml"));
            let markup = format!(
                r#"<worksheet xmlns="{S}" xmlns:r="{R}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">{markup}</worksheet>"#
            );
            members.push((format!("xl/worksheets/sheet{number}.xml"), markup.into_bytes()));
            types += &overriding(&format!("/xl/worksheets/sheet{number}.xml"), "spreadsheetml.worksheet+xml");
        }
        let workbook = format!(r#"<workbook xmlns="{S}" xmlns:r="{R}"><sheets>{sheets}</sheets>{}</workbook>"#, self.workbook);
        members.push(("xl/workbook.xml".to_owned(), workbook.into_bytes()));
        types += &overriding("/xl/workbook.xml", "spreadsheetml.sheet.main+xml");
        if !self.strings.is_empty() {
            let strings: String = self.strings.iter().map(|string| format!("<si>{string}</si>")).collect();
            members.push(("xl/sharedStrings.xml".to_owned(), format!(r#"<sst xmlns="{S}">{strings}</sst>"#).into_bytes()));
            relations[0] += &relation("rId90", "sharedStrings", "sharedStrings.xml");
        }
        if !self.styles.is_empty() {
            let styles = format!(r#"<styleSheet xmlns="{S}">{}</styleSheet>"#, self.styles);
            members.push(("xl/styles.xml".to_owned(), styles.into_bytes()));
            relations[0] += &relation("rId91", "styles", "styles.xml");
        }
        for (at, (name, data, kind, from)) in self.parts.iter().enumerate() {
            relations[*from] += &relation(&format!("rId{}", 100 + at), kind, &format!("/{name}"));
            members.push((name.clone(), data.clone()));
            types += &overriding(&format!("/{name}"), "spreadsheetml.other+xml");
        }
        for (at, (kind, target, from)) in self.external.iter().enumerate() {
            let own = relation(&format!("rId{}", 200 + at), kind, target);
            relations[*from] += &own.replace("/>", r#" TargetMode="External"/>"#);
        }
        for (at, relations) in relations.iter().enumerate().filter(|(_, relations)| !relations.is_empty()) {
            let name =
                if at == 0 { "xl/_rels/workbook.xml.rels".to_owned() } else { format!("xl/worksheets/_rels/sheet{at}.xml.rels") };
            members.push((name, wrap(relations)));
        }
        let types = format!(
            r#"<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{types}</Types>"#
        );
        members.insert(0, ("[Content_Types].xml".to_owned(), types.into_bytes()));
        members.insert(1, ("_rels/.rels".to_owned(), wrap(&relation("rId1", "officeDocument", "xl/workbook.xml"))));
        members
    }

    pub fn bytes(&self) -> Vec<u8> {
        archive(&self.all())
    }
}

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!(r#"<Relationship Id="{id}" Type="{R}/{kind}" Target="{target}"/>"#)
}

fn wrap(relations: &str) -> Vec<u8> {
    format!(r#"<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>"#).into_bytes()
}

fn overriding(name: &str, kind: &str) -> String {
    format!(r#"<Override PartName="{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}"/>"#)
}
