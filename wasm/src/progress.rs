//! How far the detector is in a document.

#![allow(unsafe_code, missing_docs, reason = "the glue that `wasm-bindgen` makes")]

use std::cell::{Cell, RefCell};

use subrosa_core::segment::Segment;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Somebody who is told. A listener that throws ends the work.
    pub type Listener;

    #[wasm_bindgen(method)]
    fn told(this: &Listener, done: f64, total: f64);
}

/// Bytes between two messages: some hundredths of a second.
const STEP: usize = 256 * 1024;

thread_local! {
    static LISTENER: RefCell<Option<Listener>> = const { RefCell::new(None) };
    static DONE: Cell<usize> = const { Cell::new(0) };
    static TOLD: Cell<usize> = const { Cell::new(0) };
    static TOTAL: Cell<usize> = const { Cell::new(0) };
}

/// Has somebody told from now on: `told(done, total)`, in bytes of text.
#[wasm_bindgen]
pub fn listen(listener: Listener) {
    LISTENER.set(Some(listener));
}

/// These texts will be read so many times.
pub fn expect(segments: &[Segment], times: usize) {
    DONE.set(0);
    TOLD.set(0);
    TOTAL.set(segments.iter().map(|segment| segment.text.len()).sum::<usize>().saturating_mul(times));
}

/// So many bytes more were read.
#[expect(clippy::cast_precision_loss, reason = "no document has that many bytes")]
pub fn read(bytes: usize) {
    let (done, total) = (DONE.get().saturating_add(bytes), TOTAL.get());
    DONE.set(done);
    if done < TOLD.get().saturating_add(STEP) || done > total {
        return;
    }
    TOLD.set(done);
    LISTENER.with_borrow(|listener| {
        if let Some(listener) = listener {
            listener.told(done as f64, total as f64);
        }
    });
}
