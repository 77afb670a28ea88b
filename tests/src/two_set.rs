//! The two-set Korean keyboard: one key a letter, and what an input method makes of them.

const LEADS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const VOWELS: &str = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
const TAILS: &str = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
/// Two keys that make one letter, and that letter.
const JOINED: &str = "ㅗㅏㅘ ㅗㅐㅙ ㅗㅣㅚ ㅜㅓㅝ ㅜㅔㅞ ㅜㅣㅟ ㅡㅣㅢ ㄱㅅㄳ ㄴㅈㄵ ㄴㅎㄶ ㄹㄱㄺ ㄹㅁㄻ ㄹㅂㄼ ㄹㅅㄽ ㄹㅌㄾ ㄹㅍㄿ ㄹㅎㅀ ㅂㅅㅄ";
const FIRST: u32 = 0xAC00;

/// The syllable that is being composed, by its keys.
#[derive(Debug, Default)]
pub struct Keyboard {
    keys: Vec<char>,
}

impl Keyboard {
    /// Presses the key of a letter. Gives what is let go of: the syllable before, without the consonant that has moved to
    /// the new one.
    pub fn press(&mut self, key: char) -> Option<char> {
        self.keys.push(key);
        if read(&self.keys).is_some() {
            return None;
        }
        self.keys.pop();
        // A vowel takes the last consonant along.
        let moves = place(VOWELS, key).is_some()
            && self.keys.len() > 1
            && self.keys.last().is_some_and(|last| place(LEADS, *last).is_some());
        let kept = if moves { self.keys.pop() } else { None };
        let done = self.composing();
        self.keys = kept.into_iter().chain([key]).collect();
        done
    }

    /// Takes the last key back.
    pub fn back(&mut self) -> Option<char> {
        self.keys.pop()
    }

    /// Number of keys in the syllable.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether nothing is being composed.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// How the syllable looks now.
    pub fn composing(&self) -> Option<char> {
        read(&self.keys)
    }

    /// Lets go of the syllable.
    pub fn finish(&mut self) -> Option<char> {
        let done = self.composing();
        self.keys.clear();
        done
    }
}

/// The keys of a syllable, or of a letter alone.
pub fn keys(char: char) -> Vec<char> {
    let number = u32::from(char).wrapping_sub(FIRST);
    if !('가'..='힣').contains(&char) {
        return apart(char);
    }
    let letter = |letters: &str, at: u32| letters.chars().nth(at as usize);
    let (lead, vowel) = (letter(LEADS, number / (28 * 21)), letter(VOWELS, number / 28 % 21));
    let tail = (number % 28).checked_sub(1).and_then(|at| letter(TAILS, at));
    lead.into_iter().chain(vowel.map_or(Vec::new(), apart)).chain(tail.map_or(Vec::new(), apart)).collect()
}

fn apart(letter: char) -> Vec<char> {
    let joined = JOINED.split(' ').find(|joined| joined.ends_with(letter));
    joined.map_or_else(|| vec![letter], |joined| joined.chars().take(2).collect())
}

fn place(letters: &str, letter: char) -> Option<u32> {
    (0..).zip(letters.chars()).find(|(_, known)| *known == letter).map(|(at, _)| at)
}

/// One letter of one or two keys.
fn letter(keys: &[char]) -> Option<char> {
    match *keys {
        [only] => Some(only),
        [first, second] => {
            let joined = JOINED.split(' ').find(|joined| joined.chars().take(2).eq([first, second]));
            joined.and_then(|joined| joined.chars().last())
        }
        _ => None,
    }
}

/// What these keys make, if it is one sign.
fn read(keys: &[char]) -> Option<char> {
    let is_vowel = |key: &char| place(VOWELS, *key).is_some();
    let lead = usize::from(keys.first().is_some_and(|key| !is_vowel(key)));
    let vowels = keys[lead..].iter().take_while(|key| is_vowel(key)).count();
    let (vowel, tail) = keys[lead..].split_at(vowels);
    match (lead, vowel, tail) {
        (_, [], []) | (0, _, []) => letter(keys),
        (1, [_, ..], _) => {
            let tail = if tail.is_empty() { 0 } else { 1 + place(TAILS, letter(tail)?)? };
            char::from_u32(FIRST + (place(LEADS, keys[0])? * 21 + place(VOWELS, letter(vowel)?)?) * 28 + tail)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Keyboard, keys};

    fn check(typed: &str) -> String {
        let mut keyboard = Keyboard::default();
        let mut shown = String::new();
        for key in typed.chars() {
            match key {
                '<' => drop(keyboard.back()),
                key => shown.extend(keyboard.press(key)),
            }
        }
        shown.extend(keyboard.finish());
        shown
    }

    #[test]
    fn letters_become_syllables() {
        assert_eq!(check("ㅎㅏㄴㄱㅡㄹ"), "한글");
        assert_eq!(check("ㄱㅏㄱㅏ"), "가가", "the consonant moves");
        assert_eq!(check("ㄱㅏㄱㅅㅏ"), "각사", "half of two moves");
        assert_eq!(check("ㄱㅏㄱㄱㅏ"), "각가");
        assert_eq!(check("ㅇㅗㅐ"), "왜");
        assert_eq!(check("ㅇㅓㅂㅅㅇㅓ"), "없어");
        assert_eq!(check("ㅋㅋㅠㅠ"), "ㅋ큐ㅠ");
        assert_eq!(check("ㅂㅜㅔㄹㄱ<<ㄱ"), "붹");
        assert_eq!(check("ㅎㅏㄴ<<<ㄱㅗ"), "고");
    }

    #[test]
    fn every_pair_of_syllables_comes_out() {
        let all: Vec<char> = ('가'..='힣').collect();
        for (at, &first) in all.iter().enumerate() {
            let second = all[(at * 7919 + 13) % all.len()];
            let typed: String = [first, second].into_iter().flat_map(keys).collect();
            assert_eq!(check(&typed), String::from_iter([first, second]));
        }
    }
}
