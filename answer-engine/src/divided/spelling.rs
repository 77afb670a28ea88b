//! Blocks of words: each key as it differs from the one before, and how often the word stands in phrases, headings and texts
//! together.

use super::cursor::{Cursor, push_key, push_number};

/// Appends a word. `before` is the one before it, empty at the beginning of a block.
pub fn push(block: &mut Vec<u8>, before: &[u8], word: &str, frequency: u32) {
    push_key(block, before, word.as_bytes());
    push_number(block, frequency);
}

/// Calls `visit` with each word of a block and its frequency. A damaged block ends early.
pub fn visit(block: &[u8], mut visit: impl FnMut(&str, u32)) {
    let mut cursor = Cursor(block);
    let mut key = Vec::new();
    while cursor.key(&mut key).is_some() {
        let Some(frequency) = cursor.number() else { return };
        if let Ok(word) = std::str::from_utf8(&key) {
            visit(word, frequency);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_written_comes_back(words in proptest::collection::btree_map("[a-c가-나]{1,6}", any::<u32>(), 0..40), cut in 0_usize..300) {
            let (mut block, mut before) = (Vec::new(), "");
            for (word, frequency) in &words {
                push(&mut block, before.as_bytes(), word, *frequency);
                before = word;
            }
            let mut found = Vec::new();
            visit(&block, |word, frequency| found.push((word.to_owned(), frequency)));
            prop_assert_eq!(found, words.into_iter().collect::<Vec<_>>());
            visit(&block[..cut.min(block.len())], |_, _| {});
        }
    }
}
