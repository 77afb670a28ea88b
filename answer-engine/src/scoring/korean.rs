//! Korean as it is typed: without spaces, or with spaces inside words.
//!
//! Where spaces belong is hard even for those who write well, and on a telephone they are left out. The index's own terms
//! say where an unknown word falls apart and which neighbours are one word.

/// Shorter words are left alone: two pieces of two syllables are the least.
const SHORTEST: usize = 4;
/// Longer words are left alone: what it costs stays bounded.
const LONGEST: usize = 24;
/// Longest piece in syllables, its particle included.
const LONGEST_PIECE: usize = 12;
/// Share of a word's syllables that must become known.
const MOST: f64 = 0.7;

/// Whether `word` is of Hangul syllables.
pub(super) fn is_hangul(word: &str) -> bool {
    word.chars().next().is_some_and(|first| ('가'..='힣').contains(&first))
}

/// The pieces of `word`, in order, so that the sum of the squares of the known lengths is the largest; none where it is
/// not mostly made of known pieces. `known` says how many of a piece's syllables are those of a known term.
///
/// Of equal divisions the one whose last piece is the longest wins. Syllables between known pieces come as pieces too.
pub(super) fn divide(word: &str, known: impl Fn(&str) -> usize) -> Vec<&str> {
    let mut ends: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    ends.push(word.len());
    let syllables = ends.len() - 1;
    if !(SHORTEST..=LONGEST).contains(&syllables) {
        return Vec::new();
    }
    // By end: the best value up to here, where its last piece begins, and how many syllables are in known pieces.
    let mut best = vec![(0_usize, 0_usize, 0_usize); syllables + 1];
    for end in 1..=syllables {
        let (value, _, found) = best[end - 1];
        let mut chosen = (value, end - 1, found);
        for start in (end.saturating_sub(LONGEST_PIECE)..end.saturating_sub(1)).rev() {
            let length = known(&word[ends[start]..ends[end]]);
            let (before, _, found) = best[start];
            if length >= 2 && before + length * length >= chosen.0 {
                chosen = (before + length * length, start, found + end - start);
            }
        }
        best[end] = chosen;
    }
    #[allow(clippy::cast_precision_loss, reason = "at most 24")]
    if (best[syllables].2 as f64) < MOST * syllables as f64 {
        return Vec::new();
    }
    pieces(word, &ends, |end| best[end].1)
}

/// Walks back from the end; single syllables that are in no known piece are joined.
fn pieces<'a>(word: &'a str, ends: &[usize], begin: impl Fn(usize) -> usize) -> Vec<&'a str> {
    let mut pieces = Vec::new();
    let mut end = ends.len() - 1;
    let mut loose = end;
    while end > 0 {
        let start = begin(end);
        if end - start > 1 {
            if loose > end {
                pieces.push(&word[ends[end]..ends[loose]]);
            }
            pieces.push(&word[ends[start]..ends[end]]);
            loose = start;
        }
        end = start;
    }
    if loose > 0 {
        pieces.push(&word[..ends[loose]]);
    }
    pieces.reverse();
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KNOWN: [&str; 6] = ["비밀", "번호", "비밀번호", "재설정", "설정", "메일"];

    fn known(piece: &str) -> usize {
        let piece = piece.strip_suffix('를').unwrap_or(piece);
        if KNOWN.contains(&piece) { piece.chars().count() } else { 0 }
    }

    #[test]
    fn words_without_spaces() {
        let check = |word: &str, expected: &str| assert_eq!(divide(word, known).join(" "), expected, "{word}");
        check("비밀번호재설정", "비밀번호 재설정");
        check("비밀번호를재설정", "비밀번호를 재설정");
        check("새비밀번호재설정", "새 비밀번호 재설정");
        check("재설정새로비밀번호", "재설정 새로 비밀번호");
        check("비밀번호재설정함", "비밀번호 재설정 함");
        // Mostly unknown.
        check("대한민국메일", "");
        check("강아지고양이", "");
        // Too short, too long.
        check("메일", "");
        check(&"비밀번호".repeat(7), "");
    }

    proptest! {
        #[test]
        fn nothing_is_lost(word in "[가-힣비밀번호재설정a-z]{0,30}") {
            let divided = divide(&word, known);
            prop_assert!(divided.is_empty() || divided.concat() == word);
        }
    }
}
