//! Trains the tagger of names from annotated text and writes `crates/subrosa-core/data/tagger.bin`.
//!
//! The corpora are read from a folder beside the project; the text of software packages is fetched with `curl` where it is not yet
//! under `target/train`.
//!
//! Logistic regression over the tagger's own features, learned one site at a time with AdaGrad. Every number comes from
//! addition, multiplication, division and square roots in a fixed order with a fixed seed, so that the same corpora give the
//! same weights bit for bit.

mod corpus;
mod examine;
mod learn;
mod origins;
mod packages;
mod swap;
mod templates;

use std::path::{Path, PathBuf};

use anyhow::Context;
use subrosa_core::tagger::model::Model;

/// What `cargo xtask train` takes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder that holds corpora/, instead of ../shared
    #[arg(long, value_name = "DIR")]
    shared: Option<PathBuf>,
    /// Times the whole text is read
    #[arg(long, default_value_t = 3)]
    epochs: u32,
    /// Write the weights here, instead of into the core crate's data folder
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Only measure the weights in this file
    #[arg(long, value_name = "FILE")]
    examine: Option<PathBuf>,
}

/// Trains, writes, measures.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let root = crate::project::root();
    let shared = arguments.shared.clone().unwrap_or_else(|| root.join("../shared"));
    let corpora = shared.join("corpora");
    anyhow::ensure!(corpora.is_dir(), "{} is no folder: give the one that holds corpora/ with --shared", corpora.display());
    if let Some(file) = &arguments.examine {
        return examine_file(file, &corpora);
    }
    let documents = corpus::read(&corpora, &root.join("dictionaries"), &root.join("target/train"))?;
    println!("{} documents, {} sites", documents.len(), documents.iter().map(|document| document.sites.len()).sum::<usize>());
    let weights = learn::learn(&documents, arguments.epochs);
    let bytes = learn::quantise(&weights);
    let out = arguments.out.clone().unwrap_or_else(|| root.join("crates/subrosa-core/data/tagger.bin"));
    std::fs::write(&out, &bytes).with_context(|| out.display().to_string())?;
    println!("wrote {}", out.display());
    examine_file(&out, &corpora)
}

fn examine_file(file: &Path, corpora: &Path) -> anyhow::Result<()> {
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    let model = Model::open(&bytes).context("no weights of this format")?;
    println!("{}", origins::table(model));
    examine::print(model, &corpora.join("dev"))
}
