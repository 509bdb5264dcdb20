//! `cargo xtask web`: the WebAssembly module, the npm package and the page, in `wasm/dist/`.
//!
//! The module is compiled by cargo; the glue between it and JavaScript is made by `wasm-bindgen`'s own library at the version
//! that the lock file has. What is made weighs something: `sizes.json` says how much.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Map, Value, json};
use subrosa_core::data::{FILES, pack};
use wasm_bindgen_cli_support::Bindgen;

use crate::project::{cargo, root, scratch, succeed, target};

/// What we compile for.
const TARGET: &str = "wasm32-unknown-unknown";

/// The modules, with the features of the crate that each is made with: one for text alone, one for the kinds of file that most people
/// have too, one for every format.
const MODULES: [(&str, &str); 3] = [("subrosa-text", ""), ("subrosa-office", "documents"), ("subrosa", "further")];

/// What to make.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only the module: no npm package, no page
    #[arg(long)]
    module: bool,
}

/// Makes everything.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let dist = root().join("wasm/dist");
    modules(&dist.join("module"))?;
    if !arguments.module {
        npm("package", &["run", "build"])?;
        npm("app", &["run", "build"])?;
    }
    let sizes = sizes(&dist)?;
    for (name, size) in &sizes {
        println!("{:>10} {:>10}  {name}", size["bytes"], size["gzip"]);
    }
    let path = dist.join("sizes.json");
    let text = serde_json::to_string_pretty(&Value::Object(sizes))? + "\n";
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Makes everything and tests it: against the command line, in Node, in a browser.
pub(crate) fn check() -> Result<()> {
    run(&Arguments { module: false })?;
    conformance()?;
    install("package/examples")?;
    npm("package", &["test"])?;
    npm("app", &["test"])
}

/// The module and the command line on the same files and the same cases.
fn conformance() -> Result<()> {
    succeed(&mut cargo(&["build", "--release", "--quiet", "-p", "subrosa-cli"]))?;
    let scratch = scratch("web")?;
    let cases = scratch.join("cases.json");
    std::fs::write(&cases, serde_json::to_string(&cases_of(&root().join("tests/cases"))?)?)?;
    let mut node = Command::new("node");
    node.arg(root().join("wasm/tests/conformance.mjs")).arg(target().join("release/subrosa")).arg(&cases);
    node.args([root().join("examples"), root().join("tests/hostile")]);
    // Real documents, which are nobody's to pass on, where somebody has put them beside the repository.
    let more = root().join("../shared/documents");
    if more.exists() {
        node.arg(more);
    } else {
        println!("no ../shared/documents: compared on the repository's own files only");
    }
    succeed(&mut node)
}

/// The shared cases, from TOML.
fn cases_of(folder: &Path) -> Result<Vec<toml::Value>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.sort();
    let mut cases = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|kind| kind == "toml")) {
        let source = std::fs::read_to_string(file)?;
        let table: toml::Table = source.parse().with_context(|| file.display().to_string())?;
        cases.extend(table.get("case").and_then(toml::Value::as_array).cloned().unwrap_or_default());
    }
    Ok(cases)
}

/// Compiles the modules, makes their glue, and packs the data that they share.
fn modules(out: &Path) -> Result<()> {
    if out.exists() {
        std::fs::remove_dir_all(out).with_context(|| format!("cannot empty {}", out.display()))?;
    }
    let toolchain = toolchain()?;
    // A folder of its own, so that this build and others do not wait for each other.
    let folder = target().join("web");
    for (name, features) in MODULES {
        let mut build = cargo(&["build", "--profile", "web", "--target", TARGET, "-p", "subrosa-wasm", "--lib"]);
        build.args(["--no-default-features", "--features", features]).env("CARGO_TARGET_DIR", &folder);
        build.args(&toolchain.arguments).envs(toolchain.environment.iter().cloned());
        succeed(&mut build)?;
        let mut bindgen = Bindgen::new();
        bindgen.input_path(folder.join(TARGET).join("web/subrosa_wasm.wasm")).out_name(name).web(true)?;
        bindgen.typescript(true).omit_default_module_path(true).remove_name_section(true).remove_producers_section(true);
        bindgen.generate(out)?;
    }
    let read = |name: &str| {
        let path = root().join(format!("crates/subrosa-core/data/{name}.bin"));
        std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let files = FILES.iter().map(|name| read(name)).collect::<Result<Vec<_>>>()?;
    let parts: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let parts = <[&[u8]; FILES.len()]>::try_from(parts).map_err(|_| anyhow::anyhow!("not {} files", FILES.len()))?;
    let path = out.join("subrosa.dat");
    std::fs::write(&path, pack(parts)).with_context(|| format!("cannot write {}", path.display()))
}

/// What makes cargo compile for [`TARGET`].
struct Toolchain {
    arguments: Vec<String>,
    environment: Vec<(&'static str, String)>,
}

/// The parts of the standard library that text goes through all the time; the profile makes the rest short.
const QUICK: [&str; 5] = ["alloc", "compiler_builtins", "core", "hashbrown", "std"];

/// With the standard library made from its sources a panic says nothing, which nobody would hear, and sorting is short: a fifth of a
/// module for text. That asks for what the compiler holds to be unstable.
///
/// Where there is no compiler of rustup's, Debian's does, which has the web in packages of its own.
fn toolchain() -> Result<Toolchain> {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().ok();
    let sysroot = sysroot.and_then(|output| String::from_utf8(output.stdout).ok()).map(|path| PathBuf::from(path.trim()));
    let has = |part: &str| sysroot.as_ref().is_some_and(|sysroot| sysroot.join("lib/rustlib").join(part).exists());
    let sources = "src/rust/library/Cargo.lock";
    if has(sources) || (succeed(Command::new("rustup").args(["component", "add", "rust-src"])).is_ok() && has(sources)) {
        let quick = QUICK.iter().flat_map(|name| ["--config".to_owned(), format!("profile.web.package.{name}.opt-level=3")]);
        let short = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"].map(str::to_owned);
        return Ok(Toolchain {
            arguments: short.into_iter().chain(quick).collect(),
            environment: vec![
                ("RUSTC_BOOTSTRAP", "1".to_owned()),
                (
                    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                    "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none".to_owned(),
                ),
            ],
        });
    }
    let library = &format!("{TARGET}/lib");
    if has(library) || (succeed(Command::new("rustup").args(["target", "add", TARGET])).is_ok() && has(library)) {
        println!(
            "no sources of the standard library (rustup component add rust-src): the modules are a fifth longer than they could be"
        );
        return Ok(Toolchain { arguments: Vec::new(), environment: Vec::new() });
    }
    let debian = Path::new("/usr/bin/rustc").exists() && Path::new("/usr/lib/rustlib").exists() && on_path("wasm-ld");
    if !debian {
        bail!(
            "the compiler does not know {TARGET}; install with: rustup component add rust-src, or on Debian: apt-get install rustc-web rust-web-src lld"
        );
    }
    Ok(Toolchain {
        arguments: vec!["-Zbuild-std=std,panic_abort".to_owned()],
        environment: vec![
            ("RUSTC", "/usr/bin/rustc".to_owned()),
            ("RUSTDOC", "/usr/bin/rustdoc".to_owned()),
            ("RUSTC_BOOTSTRAP", "1".to_owned()),
            ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld".to_owned()),
        ],
    })
}

fn on_path(name: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

/// Runs npm in a folder of `wasm/`.
fn npm(folder: &str, arguments: &[&str]) -> Result<()> {
    install(folder)?;
    succeed(Command::new("npm").args(arguments).current_dir(root().join("wasm").join(folder)))
}

/// Installs what the lock file of a folder has, if nothing is installed there.
fn install(folder: &str) -> Result<()> {
    let folder = root().join("wasm").join(folder);
    if folder.join("node_modules").exists() {
        return Ok(());
    }
    succeed(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder))
}

/// The sizes of all files below a folder in bytes, as they are and as a server sends them.
fn sizes(folder: &Path) -> Result<Map<String, Value>> {
    let mut sizes = Map::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).with_context(|| format!("cannot list {}", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if !path
                .extension()
                .is_some_and(|kind| ["wasm", "dat", "js", "mjs", "css", "html"].iter().any(|known| kind == *known))
            {
                continue;
            }
            let bytes = std::fs::read(&path)?;
            let mut packed = GzEncoder::new(Vec::new(), Compression::best());
            std::io::Write::write_all(&mut packed, &bytes)?;
            let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
            sizes.insert(name, json!({ "bytes": bytes.len(), "gzip": packed.finish()?.len() }));
        }
    }
    Ok(sizes)
}
