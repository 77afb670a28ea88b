//! Takes out of a text what nobody should have to keep: payment cards, Korean resident numbers, keys and passwords.
//!
//! The same rules run before the preview and again at the desk, and the second run changes nothing: what the visitor saw
//! is what is stored. Each place is replaced by a mark that says what stood there:
//!
//! | what | mark |
//! | --- | --- |
//! | a payment card | `[card •••• 1234]`, with its last four digits |
//! | a Korean resident or foreigner registration number | `[ID ••••••-•••••••]` |
//! | a key, a token, a password | `[key ••••]` |
//!
//! # Cards
//! 13 to 19 digits that pass the Luhn check and begin like one of the issuers' numbers of that length, however they are
//! written: in one, in the groups that are printed on cards, digit by digit; with spaces, dashes, dots and the like
//! between; in full-width digits; over two lines.
//!
//! One in ten numbers passes the Luhn check by chance, so what stands around a number counts too. A number that is named
//! as something else (`order 4…`, `주문번호: 4…`, `#4…`, `운송장 4…`), that is part of a code (`ORD-4…`, `4…-8123-…`, an
//! address, an IBAN) or that follows a `+` stays; the groups of a card are taken out after a mere `order`, too, and stay only
//! where the name is explicit (`order number`, `order:`). After a word for a card every number that passes the check is taken out,
//! whoever issued it.
//!
//! # Resident numbers
//! A possible date of birth (1915 to 2049) and a digit for century and sex, then six more: written with a dash or a space.
//! There is no check digit to ask for: since October 2020 the last six are random. Thirteen digits in one are far more
//! often something else: they are taken out only where they are named (`주민번호 …`), or where the old check digit is right
//! and the date is from 1930 to 2012.
//!
//! # Keys
//! Shapes that nothing else has: prefixes of well-known issuers with the length of their keys, JSON Web Tokens, private keys
//! in PEM, passwords in addresses (`https://name:password@…`), and values behind names such as `password:` or `api_key=`
//! that have letters and digits.
//!
//! # What is not caught
//! - A number that is split over separate messages or entries, or over three lines and more (but one group a line).
//! - Digits in words, or with letters or other signs between.
//! - Of a number and what names it, only names before the number count: `4… is my order` is taken out.
//! - A number of 13 to 19 digits that stands alone, passes the check and begins like a card is taken out even where it is
//!   something else: about one in thirty of all random 16-digit numbers.
//! - Passwords in running text, and keys without a known shape or name.

mod context;
mod issuer;
mod key;
mod mark;
mod number;
mod payment;
mod resident;
mod scan;

use core::ops::Range;

use crate::limits::storable;

/// A text without what nobody should have to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted {
    /// The text, with marks.
    pub text: String,
    /// All marks in it, in order; also those that it already had.
    pub found: Vec<Found>,
}

/// A mark in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What was taken out.
    pub kind: Kind,
    /// Where the mark stands, in bytes of the redacted text's UTF-8.
    pub range: Range<usize>,
}

/// What can be taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A payment card's number.
    Card,
    /// A Korean resident registration number, or a foreigner's.
    ResidentNumber,
    /// A key, a token or a password.
    Key,
}

/// Replaces what nobody should have to keep by marks. Takes time in proportion to the text's length, whatever it says, and
/// gives the same when done again.
pub fn redact(text: &str) -> Redacted {
    scan::scan(text)
}

/// A text as it is stored: without U+0000 ([`storable`]) and redacted.
pub fn cleaned(text: &str) -> String {
    redact(&storable(text)).text
}

#[cfg(test)]
mod tests;
