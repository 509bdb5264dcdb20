//! Looks for removed values in a written document.
