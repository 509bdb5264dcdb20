//! What the audit sees in files, a line each: `cargo run -p subrosa-documents --example audit -- FILE...`

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "an example is a small command line of its own")]

use subrosa_documents::{Limits, Source, audit};

fn main() {
    for path in std::env::args().skip(1) {
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                println!("{path}: {error}");
                continue;
            }
        };
        match audit(&Source::new(&bytes, &path), &Limits::default()) {
            Ok(audit) => {
                for seen in &audit.observations {
                    println!(
                        "{path}: {} {}: {}: {} {:?}",
                        seen.kind.severity.name(),
                        seen.kind.id,
                        seen.place,
                        seen.detail,
                        seen.area
                    );
                }
                for unread in &audit.unread {
                    println!("{path}: not inspected: {}: {}", unread.part, unread.reason);
                }
            }
            Err(refusal) => println!("{path}: {refusal}"),
        }
    }
}
