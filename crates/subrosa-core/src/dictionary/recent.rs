//! The answers last given, so that the everyday words of a text are looked up once and not a thousand times.
//!
//! Half of the words of a text are a few hundred different ones. A table here is small enough for the processor's nearest
//! caches, where the dictionaries are not. It says nothing that its source would not say: it may be asked or left out.

use std::cell::Cell;

/// Answers by key, each in the one place where its key may stand; a new one takes the place of the old.
pub struct Recent<V> {
    slots: Box<[Cell<(u64, V)>]>,
}

impl<V: Copy + Default> Recent<V> {
    /// Room for `slots` answers, rounded up to a power of two.
    pub fn new(slots: usize) -> Self {
        let count = slots.max(2).next_power_of_two();
        // An empty place holds the key of its neighbour, which never stands there.
        Self { slots: (0..count as u64).map(|slot| Cell::new((slot ^ 1, V::default()))).collect() }
    }

    /// The answer for `key`, from `find` unless it is here. A key always has the same answer.
    #[inline]
    pub fn get(&self, key: u64, find: impl FnOnce() -> V) -> V {
        let Some(slot) = self.slots.get(key as usize & (self.slots.len() - 1)) else { return find() };
        let (known, answer) = slot.get();
        if known == key {
            return answer;
        }
        let answer = find();
        slot.set((key, answer));
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_those_of_the_source() {
        let recent = Recent::new(4);
        for key in [0, 1, 2, 3, 4, 0, 8, 0, u64::MAX, 1, 5, 1] {
            assert_eq!(recent.get(key, || key.wrapping_mul(3)), key.wrapping_mul(3));
        }
        assert_eq!(recent.get(1, || 0), 3, "what was asked last is known");
    }
}
