//! Short names of conversations, such as `K7QM-2XAT`: for people to read, say and type. They open nothing.

use crate::random::{self, NoRandomness};

/// Crockford's Base32: digits and capitals without I, L, O and U, which look like others or make words.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A new name: two groups of four signs, 40 random bits. Two conversations may share one; people tell them apart.
pub(crate) fn name() -> Result<String, NoRandomness> {
    let signs = random::bytes::<8>()?.map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    let (first, second) = signs.split_at(4);
    Ok(first.iter().chain(&['-']).chain(second).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for _ in 0..100 {
            let name = name().unwrap();
            assert_eq!((name.len(), name.find('-')), (9, Some(4)), "{name}");
            assert!(name.bytes().all(|sign| sign == b'-' || ALPHABET.contains(&sign)), "{name}");
        }
    }
}
