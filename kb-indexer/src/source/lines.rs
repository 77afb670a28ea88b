use crate::diagnostics::Position;

const BLOCK: usize = 1024;

/// Tells line and column of a byte offset, quickly also in very long lines.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// Characters before each block of `BLOCK` bytes.
    characters: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Indexes `text`, whose lines end with `\n`.
    pub fn new(text: &'t str) -> Self {
        let mut starts = vec![0];
        let mut characters = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut count = 0;
        for (offset, byte) in text.bytes().enumerate() {
            if offset % BLOCK == 0 {
                characters.push(count);
            }
            if byte == b'\n' {
                starts.push(offset + 1);
            }
            count += usize::from(is_first_of_character(byte));
        }
        Self { text, starts, characters }
    }

    /// Line and column of the character at byte `offset`; the end of the text where it lies beyond.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        let column = self.characters_before(offset) - self.characters_before(start) + 1;
        Position::new(to_u32(line), to_u32(column))
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = (offset / BLOCK).min(self.characters.len().saturating_sub(1));
        let before = self.characters.get(block).copied().unwrap_or(0);
        let rest = &self.text.as_bytes()[block * BLOCK..offset];
        before + rest.iter().filter(|&&byte| is_first_of_character(byte)).count()
    }
}

fn is_first_of_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Lines;

    fn naive(text: &str, offset: usize) -> (usize, usize) {
        let before = &text[..offset];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }

    proptest! {
        #[test]
        fn position_is_that_of_counting(text in "(\\n|[a-z]|가|é|🎉){0,3000}") {
            let lines = Lines::new(&text);
            for (offset, _) in text.char_indices().step_by(97).chain([(text.len(), ' ')]) {
                let position = lines.position(offset);
                prop_assert_eq!((position.line as usize, position.column as usize), naive(&text, offset));
            }
        }
    }
}
