//! XML parts edited in place: text and attribute values are *slots*, byte ranges of the decoded part, and nothing outside
//! an edited slot changes.
//!
//! [`text`] decodes and encodes a part, [`scan`] walks its markup with byte ranges and namespaces, [`slot`] turns edits of
//! decoded text into edits of the markup. Which slots belong together is the format's business.
//!
//! Not here: DTDs. A document type declaration is refused, so no entity but the five predefined ones exists.
//!
//! Written to XML 1.0 (fifth edition) and Namespaces in XML 1.0.

pub(crate) mod escape;
pub(crate) mod foreign;
pub(crate) mod namespace;
pub(crate) mod scan;
pub(crate) mod slot;
pub(crate) mod text;

pub(crate) use namespace::{Family, Odf};
pub(crate) use scan::{Name, Tag, TextKind, Visitor, scan};
pub(crate) use slot::{Kind, NO_DATE, Slot, Splice, splice};
pub(crate) use text::XmlText;
