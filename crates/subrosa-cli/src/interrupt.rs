//! Ctrl-C.
//!
//! A command that writes files sets a flag and stops before the next file; files are renamed into place whole, so nothing
//! half-written is left. A second Ctrl-C, and the first one in a command that writes nothing, ends the process at once.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::exit::Exit;

static GRACEFUL: AtomicBool = AtomicBool::new(false);
static ASKED: AtomicBool = AtomicBool::new(false);

/// Starts listening. Without a handler the system's default ends the process, which is safe too.
pub fn listen() {
    let handler = || {
        if !GRACEFUL.load(Ordering::SeqCst) || ASKED.swap(true, Ordering::SeqCst) {
            #[allow(clippy::disallowed_methods, reason = "the signal thread has no other way to end the process")]
            std::process::exit(i32::from(Exit::Interrupted.code()));
        }
    };
    drop(ctrlc::set_handler(handler));
}

/// From now on the command looks at [`asked`] between files.
pub fn be_graceful() {
    GRACEFUL.store(true, Ordering::SeqCst);
}

/// Whether the user wants to stop.
pub fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}
