//! A plan as one page to decide on.

use subrosa_documents::Document;

use super::file::PlanFile;

/// The page.
pub fn page(_: &PlanFile, _: &Document) -> anyhow::Result<String> {
    anyhow::bail!("not yet")
}
