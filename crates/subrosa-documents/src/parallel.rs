//! Two things at once, where there are threads and it is worth one.

/// From this many bytes on, a thread costs little beside the work.
#[cfg(not(target_family = "wasm"))]
const LARGE: usize = 256 << 10;

/// Runs both, on two threads for a document of so many bytes or more.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn both<A: Send, B: Send>(bytes: usize, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    if bytes < LARGE {
        return (one(), other());
    }
    std::thread::scope(|scope| {
        let other = scope.spawn(other);
        let one = one();
        // A panic goes on in the thread of the document, as if there had been one thread.
        (one, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// Runs both, one after the other: there are no threads.
#[cfg(target_family = "wasm")]
pub(crate) fn both<A: Send, B: Send>(_: usize, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    (one(), other())
}
