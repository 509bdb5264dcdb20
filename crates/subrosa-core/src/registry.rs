//! All recognizers that come with the program.

use crate::recognizer::Recognizer;
use crate::recognizers;

/// Every recognizer, in the order in which they are called. The order has no influence on the result.
pub fn all() -> &'static [&'static dyn Recognizer] {
    recognizers::ALL
}
