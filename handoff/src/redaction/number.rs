//! Reads the digits of a text in groups, as people write long numbers.

use super::mark;

/// Digits of the shortest number that is looked for.
pub(super) const SHORTEST: usize = 13;
/// Digits of the longest.
pub(super) const LONGEST: usize = 19;

/// Characters between two groups of one number: at most so many, and so many spaces where no line ends.
const BETWEEN: usize = 8;
const SPACES: usize = 3;
/// Invisible characters in a row between two digits.
const INVISIBLE: usize = 2;

/// A sign between two groups. Kinds, not characters: a hyphen is as good as a dash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Dash,
    Dot,
    /// Signs that stand in lists and paths far more often than in numbers.
    Rare,
}

/// What stands between two groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) sign: Option<Sign>,
    pub(super) spaces: bool,
    /// A line ends here.
    pub(super) line: bool,
}

impl Gap {
    /// Nothing but a sign: both sides are parts of one thing.
    pub(super) fn is_tight(self) -> bool {
        self.sign.is_some() && !self.spaces && !self.line
    }
}

/// Digits without anything between.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    /// What stands before it. Of the first group: nothing.
    pub(super) gap: Gap,
    /// Place of its first digit in [`Reading::digits`].
    pub(super) first: usize,
    /// Its digits; 20 for all that are longer than 19.
    pub(super) len: usize,
    /// Where it ends, in bytes. Only of groups of up to 19 digits.
    pub(super) end: usize,
}

/// What follows the groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A mark, after this gap: a number stood there.
    Mark(Gap),
    /// Something else.
    Other,
}

/// The beginning of a text, read as groups of digits: those that make up [`LONGEST`] digits, and one more.
pub(super) struct Reading {
    /// Their digits, 0 to 9.
    pub(super) digits: Vec<u8>,
    pub(super) groups: Vec<Group>,
    /// What follows the last group, unless that one is too many.
    pub(super) next: Next,
}

/// The value of a decimal digit, full-width ones too.
pub(super) fn digit(char: char) -> Option<u8> {
    let digit = match char {
        '0'..='9' => u32::from(char) - u32::from('0'),
        '０'..='９' => u32::from(char) - u32::from('０'),
        _ => return None,
    };
    u8::try_from(digit).ok()
}

fn is_invisible(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Bytes of the digits that a text begins with, invisible characters among them included.
pub(super) fn group(text: &str) -> usize {
    digits(text, |_| true)
}

/// Goes through the digits that a text begins with, while `more` wants them; gives the bytes gone.
fn digits(text: &str, mut more: impl FnMut(u8) -> bool) -> usize {
    let (mut end, mut invisible) = (0, 0);
    for (at, char) in text.char_indices() {
        if let Some(digit) = digit(char) {
            if !more(digit) {
                return end;
            }
            (end, invisible) = (at + char.len_utf8(), 0);
        } else if is_invisible(char) && invisible < INVISIBLE {
            invisible += 1;
        } else {
            break;
        }
    }
    end
}

/// The gap that a text begins with and its bytes, where digits or a mark follow.
fn gap(text: &str) -> Option<(Gap, usize)> {
    let mut gap = Gap::default();
    let (mut at, mut chars, mut spaces) = (0, 0, 0);
    loop {
        let rest = text.get(at..)?;
        let char = rest.chars().next()?;
        if digit(char).is_some() || (char == '[' && mark::at(rest).is_some()) {
            break;
        }
        let sign = match char {
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => Some(Sign::Dash),
            '.' | '\u{b7}' | '\u{2024}' | '\u{2027}' | '\u{30fb}' | '\u{ff0e}' => Some(Sign::Dot),
            ',' | '/' | '_' => Some(Sign::Rare),
            _ => None,
        };
        let mut len = char.len_utf8();
        match char {
            _ if sign.is_some() && gap.sign.is_none() => gap.sign = sign,
            '\n' | '\r' | '\u{2028}' | '\u{2029}' if !gap.line => {
                gap.line = true;
                len += usize::from(rest.starts_with("\r\n"));
            }
            '%' if rest.starts_with("%20") => {
                (gap.spaces, spaces, len) = (true, spaces + 1, 3);
            }
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => return None,
            _ if char.is_whitespace() => (gap.spaces, spaces) = (true, spaces + 1),
            _ if is_invisible(char) => {}
            _ => return None,
        }
        at += len;
        chars += 1;
        if chars > BETWEEN {
            return None;
        }
    }
    let listed = matches!(gap.sign, Some(Sign::Dot | Sign::Rare)) && !gap.is_tight() && !gap.line;
    let far = spaces > SPACES && !gap.line;
    (chars > 0 && !listed && !far).then_some((gap, at))
}

/// Reads the groups that a text begins with. It must begin with a digit.
pub(super) fn read(text: &str) -> Reading {
    let mut reading = Reading { digits: Vec::new(), groups: Vec::new(), next: Next::Other };
    let (mut at, mut before) = (0, Gap::default());
    loop {
        let first = reading.digits.len();
        let mut len = 0;
        let bytes = digits(text.get(at..).unwrap_or_default(), |digit| {
            if len > LONGEST {
                return false;
            }
            len += 1;
            reading.digits.push(digit);
            true
        });
        at += bytes;
        reading.groups.push(Group { gap: before, first, len, end: at });
        if reading.digits.len() > LONGEST {
            return reading;
        }
        let rest = text.get(at..).unwrap_or_default();
        match gap(rest) {
            Some((gap, bytes)) if rest.get(bytes..).is_some_and(|rest| rest.starts_with('[')) => {
                reading.next = Next::Mark(gap);
                return reading;
            }
            Some((gap, bytes)) => (before, at) = (gap, at + bytes),
            None => return reading,
        }
    }
}

/// A line that holds nothing but numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// So many digits.
    Digits(usize),
    /// A mark among them.
    Mark,
}

/// Characters of a line that are looked at.
const LOOKED_AT: usize = 64;

/// What a line holds, if nothing but numbers. Its characters may come in either direction.
pub(super) fn line(chars: impl Iterator<Item = char>) -> Option<Line> {
    let mut count = 0;
    for char in chars.take(LOOKED_AT) {
        match char {
            _ if digit(char).is_some() => count += 1,
            '[' | ']' => return Some(Line::Mark),
            '\n' | '\r' => break,
            '-' => {}
            _ if char.is_whitespace() => {}
            _ => return None,
        }
    }
    (count > 0).then_some(Line::Digits(count))
}
