//! Whether groups of digits are a payment card's number.

use super::{
    context::{Name, Touching, lead, name, touching},
    issuer::{is_known, luhn},
    number::{Gap, Group, LONGEST, Line, Next, Reading, SHORTEST, Sign, digit, line},
};

/// How the digits are grouped; the surer, the earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Style {
    /// In one.
    Plain,
    /// As printed on cards.
    Printed,
    /// Digit by digit, or in pairs.
    Spread,
    /// Some of the groups that are printed on cards.
    Partly,
    /// In any other way.
    Odd,
}

/// The first groups of a reading as one number.
struct Window<'r> {
    groups: &'r [Group],
    digits: &'r [u8],
    /// The group that follows.
    next: Option<&'r Group>,
    /// All that was read.
    reading: &'r Reading,
}

/// The last group of the card's number that `rest`, which stands behind `before`, begins with; and the number's digits.
pub(super) fn card<'r>(before: &str, rest: &str, reading: &'r Reading) -> Option<(&'r Group, &'r [u8])> {
    let mut best: Option<((bool, Style, bool, usize), Window<'_>)> = None;
    let mut called = None;
    for count in 1..=reading.groups.len() {
        let Some(window) = Window::of(reading, count) else { break };
        if window.digits.len() < SHORTEST || !luhn(window.digits) {
            continue;
        }
        let called = *called.get_or_insert_with(|| name(before));
        let style = window.style(before);
        let known = is_known(window.digits);
        let certain = known && style != Style::Odd;
        if !(certain || called == Name::Card) || !window.stands_alone(before, rest, style, called) {
            continue;
        }
        // Sure ones first; rather without what may be a date or a code on the next line; long rather than short.
        let rank = (!certain, style, window.ends_apart(), LONGEST - window.digits.len());
        if best.as_ref().is_none_or(|(other, _)| rank < *other) {
            best = Some((rank, window));
        }
    }
    let (_, window) = best?;
    Some((window.groups.last()?, window.digits))
}

impl<'r> Window<'r> {
    fn of(reading: &'r Reading, count: usize) -> Option<Self> {
        let groups = reading.groups.get(..count)?;
        let last = groups.last()?;
        let digits = reading.digits.get(..last.first + last.len).filter(|digits| digits.len() <= LONGEST)?;
        Some(Self { groups, digits, next: reading.groups.get(count), reading })
    }

    /// Whether a line of its own ends it that may as well say until when the card is valid, or be its security code.
    fn ends_apart(&self) -> bool {
        self.groups.last().is_some_and(|last| last.gap.line && last.gap.sign.is_none() && (2..=4).contains(&last.len))
    }

    fn style(&self, before: &str) -> Style {
        let total = self.digits.len();
        let gaps = || self.groups.iter().skip(1);
        // A line may end anywhere, also where a group ends.
        let (hard, soft): (Vec<&Group>, Vec<&Group>) = gaps().partition(|group| !group.gap.line);
        let rare = hard.iter().any(|group| group.gap.sign == Some(Sign::Rare));
        if hard.is_empty() && soft.len() <= 1 {
            return Style::Plain;
        }
        let printed = |ends: &[usize]| {
            let is_end = |group: &&Group| ends.contains(&group.first);
            hard.iter().all(is_end)
                && soft.iter().filter(|group| !is_end(group)).count() <= 1
                && ends.iter().filter(|end| **end < total).all(|end| gaps().any(|group| group.first == *end))
        };
        let fours = [4, 8, 12, 16];
        let layouts: &[&[usize]] = match total {
            13 => &[&fours, &[4, 7, 10], &[4, 8]],
            14 | 15 => &[&fours, &[4, 10]],
            19 => &[&fours, &[6]],
            _ => &[&fours],
        };
        if layouts.iter().any(|ends| printed(ends)) {
            return Style::Printed;
        }
        if rare {
            return Style::Odd;
        }
        let pairs = |size| self.groups.iter().rev().skip(1).all(|group| group.len == size);
        let last = self.groups.last().map_or(0, |group| group.len);
        let alone = self.next.is_none() && self.reading.next == Next::Other && !follows_number(before);
        if alone && ((pairs(1) && last == 1) || (pairs(2) && (1..=2).contains(&last))) {
            return Style::Spread;
        }
        let partly = hard.iter().all(|group| fours.contains(&group.first)) && soft.len() <= 1;
        if partly { Style::Partly } else { Style::Odd }
    }

    /// Whether nothing around says that it is something else.
    fn stands_alone(&self, before: &str, rest: &str, style: Style, called: Name) -> bool {
        let Some(last) = self.groups.last() else {
            return false;
        };
        let after = rest.get(last.end..).unwrap_or_default();
        if called == Name::Card {
            return !matches!(touching(before), Touching::Digits(_)) && !self.is_in_list(before, after);
        }
        let touches = match touching(before) {
            Touching::Nothing => false,
            Touching::Code => true,
            // `1.4111 1111 1111 1111` is a list's item, `0.4111111111111111` a fraction.
            Touching::Digits(sign) => {
                style != Style::Printed || self.groups.iter().any(|group| group.gap.sign == Some(sign))
            }
        };
        let letter = after.starts_with(|char: char| char.is_ascii_alphabetic());
        let named = match called {
            Name::Other { explicit } => explicit || style == Style::Plain,
            _ => false,
        };
        !touches && !letter && !named && !self.goes_on() && !self.is_end(before) && !self.is_in_list(before, after)
    }

    /// Whether groups go before it that it belongs to.
    fn is_end(&self, before: &str) -> bool {
        if self.groups.len() == 1 {
            return false;
        }
        let lead = lead(before);
        // Parcels of the US Postal Service: 22 digits from 91 to 95, the last two in a group of their own.
        let total = lead.groups * 4 + self.digits.len();
        let parcel = matches!(lead.first, Some((9, 1..=5)))
            && match self.next {
                Some(next) => total == 20 && next.len == 2,
                None => total == 22 || (total == 20 && self.reading.next != Next::Other),
            };
        lead.named || parcel
    }

    /// Whether the same sign leads on to more digits than a card has behind its number.
    fn goes_on(&self) -> bool {
        let signs = || self.groups.iter().skip(1).filter_map(|group| group.gap.sign);
        let same = |gap: Gap| gap.is_tight() && signs().any(|sign| gap.sign == Some(sign));
        let Some(next) = self.next else {
            return matches!(self.reading.next, Next::Mark(gap) if same(gap));
        };
        if !same(next.gap) {
            return false;
        }
        let digits = self.reading.digits.get(next.first..next.first + next.len).unwrap_or_default();
        let expires = matches!(digits, [0, 1..=9, _, _] | [1, 0..=2, _, _]);
        !(matches!(next.len, 2 | 3) || expires)
    }

    /// Whether it is two lines of a list of equal numbers.
    fn is_in_list(&self, before: &str, after: &str) -> bool {
        let Some(end) = self.groups.iter().rev().find(|group| group.gap.line).map(|group| group.first) else {
            return false;
        };
        let start = self.groups.iter().find(|group| group.gap.line).map_or(0, |group| group.first);
        let (head, foot) = (start, self.digits.len() - end);
        let like = |other: Option<Line>, count: usize| match other {
            Some(Line::Digits(digits)) => digits == count,
            Some(Line::Mark) => true,
            None => false,
        };
        let above = before.trim_end_matches([' ', '\t']);
        let above = above.strip_suffix('\n').map(|above| above.strip_suffix('\r').unwrap_or(above));
        let below = after.trim_start_matches([' ', '\t']);
        let below = below.strip_prefix("\r\n").or_else(|| below.strip_prefix('\n'));
        head == foot
            && (above.is_some_and(|above| like(line(above.chars().rev()), head))
                || below.is_some_and(|below| like(line(below.chars()), foot)))
    }
}

/// Whether a text ends in a digit or a mark, but for what may stand between groups.
fn follows_number(text: &str) -> bool {
    let text = text.trim_end_matches(|char: char| char.is_whitespace() || "-.,/_".contains(char));
    text.ends_with(|char| digit(char).is_some() || char == ']')
}
