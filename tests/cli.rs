//! Transcripts of the command line. See `cli/README.md`.

fn main() {}
