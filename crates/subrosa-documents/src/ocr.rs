//! What a reader of pictures must be able to do. There is none in this crate: who reads a document brings one along, in
//! [`Aids`](crate::Aids), where a program or a model for it is at hand.

/// Reads the words of a picture.
pub trait Ocr: Send + Sync {
    /// The words of a picture in PNG, in reading order.
    ///
    /// # Errors
    /// Why the picture could not be read, without any text of it. A picture without words is no error.
    fn words(&self, png: &[u8]) -> Result<Vec<Word>, String>;
}

/// A word in a picture.
#[derive(Clone, PartialEq)]
pub struct Word {
    /// What was read.
    pub text: String,
    /// The left edge, in pixels from the left of the picture.
    pub left: u32,
    /// The upper edge, in pixels from the top.
    pub top: u32,
    /// Pixels wide.
    pub width: u32,
    /// Pixels high.
    pub height: u32,
    /// Which line of the picture it stands in; lines are numbered in reading order.
    pub line: u32,
    /// Which paragraph it stands in.
    pub paragraph: u32,
    /// How sure the reader is, 0 to 100.
    pub confidence: u8,
}

/// Without the text.
impl std::fmt::Debug for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Word({}+{}, {}x{})", self.left, self.top, self.width, self.height)
    }
}
