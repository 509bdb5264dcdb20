//! How much of a machine one document may take.

/// Limits that every reader and writer keeps. Passing one is a [`Refusal`](crate::Refusal), never a shortened result.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most bytes that all parts of one document may expand to together.
    pub expanded_bytes: u64,
    /// Most bytes that one byte of input may expand to, once more than 16 MiB have been expanded.
    pub expansion_ratio: u64,
    /// Deepest nesting of groups, elements, arrays or objects.
    pub depth: usize,
    /// Most members of a container, objects of a PDF.
    pub parts: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { expanded_bytes: 1 << 30, expansion_ratio: 400, depth: 256, parts: 1 << 20 }
    }
}
