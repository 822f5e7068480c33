//! Chance for a walk: everything that is drawn follows from a seed.

use pgflex_restore::flow::Dice;
use pgflex_restore::moment::Span;

/// A source of chance.
#[derive(Clone, Debug)]
pub struct Chance(Dice);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Chance(Dice::new(seed))
    }

    pub fn roll(&mut self) -> u64 {
        self.0.roll()
    }

    /// A number below a bound, which is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.roll() % bound as u64) as usize
    }

    /// Whether something happens that happens so often in a thousand.
    pub fn happens(&mut self, in_thousand: u64) -> bool {
        self.roll() % 1000 < in_thousand
    }

    /// One of these, which are not none.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Milliseconds from the least to the most.
    pub fn millis(&mut self, least: i64, most: i64) -> Span {
        Span::from_millis(least + (self.roll() % (most - least + 1) as u64) as i64)
    }

    /// One of these, each as likely as its weight says.
    pub fn weighed<'a, T>(&mut self, of: &'a [(u32, T)]) -> Option<&'a T> {
        let whole: u64 = of.iter().map(|(weight, _)| u64::from(*weight)).sum();
        let mut at = if whole == 0 { return None } else { self.roll() % whole };
        for (weight, thing) in of {
            if at < u64::from(*weight) {
                return Some(thing);
            }
            at -= u64::from(*weight);
        }
        None
    }
}
