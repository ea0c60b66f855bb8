//! Answers to the same question may overtake each other.

use leptos::prelude::*;

/// Which of the answers to one question may be shown: none that was asked for before the one that stands there.
#[derive(Clone, Copy, Default)]
pub struct Order {
    asked: StoredValue<u32>,
    shown: StoredValue<u32>,
}

impl Order {
    /// The number of a question that is asked now.
    pub fn ask(self) -> u32 {
        let next = |asked: &mut u32| {
            *asked += 1;
            *asked
        };
        self.asked.try_update_value(next).unwrap_or_default()
    }

    /// Whether the answer to the question of this number may be shown; not once the page is gone.
    pub fn may_show(self, number: u32) -> bool {
        self.shown.try_update_value(|shown| std::mem::replace(shown, number.max(*shown)) < number).unwrap_or_default()
    }
}
