//! Blocks of terms: of each, in which fields it stands, in how many documents of these, and the documents.
//!
//! An entry is the key as it differs from the one before; a bit for each field ([`FIELDS`], two bytes, the lowest first);
//! for each of these fields the document frequency and the bytes of its list; then the lists. A list may be left out (0
//! bytes): it is never read. Numbers have varying length.
//!
//! A list begins with a byte of flags. Then come the documents, each as the distance from the one before, less one; the
//! frequencies, unless the flags say that all are 1; each document's length in the field, as tantivy's byte for it; and,
//! where the flags say so, each document's weight, in a byte.

pub use segment_reader::length_of;

use std::cmp::Ordering;

use super::cursor::{Cursor, push_key, push_number};
use crate::postings::{FIELDS, FieldId, Posting};

/// All frequencies are 1 and left out.
const ALL_ONCE: u8 = 1;
/// Weights follow.
const WEIGHED: u8 = 2;

/// One document of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its number.
    pub document: u32,
    /// How often it holds the term.
    pub frequency: u32,
    /// tantivy's byte for its length.
    pub norm: u8,
    /// Its weight, for phrases and headings.
    pub weight: Option<u8>,
}

/// A term in a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InField {
    /// In how many documents it stands.
    pub document_frequency: u32,
    /// [`encode_list`] of them; empty where nobody reads them.
    pub list: Vec<u8>,
}

/// Writes documents, which come rising. They have weights either all or none.
pub fn encode_list(documents: &[Listed]) -> Vec<u8> {
    let all_once = documents.iter().all(|listed| listed.frequency == 1);
    let weighed = documents.iter().all(|listed| listed.weight.is_some());
    let mut bytes = vec![if all_once { ALL_ONCE } else { 0 } | if weighed { WEIGHED } else { 0 }];
    let mut next = 0;
    for listed in documents {
        push_number(&mut bytes, listed.document - next);
        next = listed.document + 1;
    }
    if !all_once {
        for listed in documents {
            push_number(&mut bytes, listed.frequency);
        }
    }
    bytes.extend(documents.iter().map(|listed| listed.norm));
    bytes.extend(documents.iter().filter_map(|listed| listed.weight));
    bytes
}

/// Appends an entry. `before` is the key of the one before, empty at the beginning of a block.
pub fn push_entry(block: &mut Vec<u8>, before: &[u8], term: &[u8], fields: &[Option<InField>; FIELDS.len()]) {
    push_key(block, before, term);
    let mask = (0..).zip(fields).filter(|(_, field)| field.is_some()).fold(0_u16, |mask, (at, _)| mask | 1 << at);
    block.extend_from_slice(&mask.to_le_bytes());
    for field in fields.iter().flatten() {
        push_number(block, field.document_frequency);
        // A list is a part of an index of less than 4 GiB.
        #[allow(clippy::cast_possible_truncation)]
        push_number(block, field.list.len() as u32);
    }
    for field in fields.iter().flatten() {
        block.extend_from_slice(&field.list);
    }
}

/// A term of a block in one field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found<'a> {
    /// In how many documents it stands.
    pub document_frequency: u32,
    list: &'a [u8],
}

/// Looks a term up; `None` where it is not in this field, or the block is damaged.
pub fn find<'a>(block: &'a [u8], field: FieldId, term: &str) -> Option<Found<'a>> {
    let mut cursor = Cursor(block);
    let mut key = Vec::new();
    loop {
        let found = entry(&mut cursor, &mut key, field)?;
        match key.as_slice().cmp(term.as_bytes()) {
            Ordering::Less => {}
            Ordering::Equal => return found,
            Ordering::Greater => return None,
        }
    }
}

/// The term with this beginning that stands in most documents of a field, and in how many; none where the block has none.
pub(crate) fn likeliest(block: &[u8], field: FieldId, prefix: &str) -> Option<(u32, String)> {
    let mut cursor = Cursor(block);
    let (mut key, mut best) = (Vec::new(), None);
    while let Some(found) = entry(&mut cursor, &mut key, field) {
        let frequency = found.map_or(0, |found| found.document_frequency);
        if key.starts_with(prefix.as_bytes()) && best.as_ref().is_none_or(|(most, _)| frequency > *most) {
            best = Some((frequency, String::from_utf8_lossy(&key).into_owned()));
        }
    }
    best
}

/// Reads the next entry: its key, and what stands in one field.
#[inline]
fn entry<'a>(cursor: &mut Cursor<'a>, key: &mut Vec<u8>, field: FieldId) -> Option<Option<Found<'a>>> {
    cursor.key(key)?;
    let mask = u16::from_le_bytes(cursor.take(2)?.try_into().ok()?);
    let (mut found, mut before, mut all) = (None, 0, 0_usize);
    for number in (0..FIELDS.len()).filter(|number| mask >> number & 1 == 1) {
        let (document_frequency, length) = (cursor.number()?, cursor.number()? as usize);
        if number == field.number() {
            (found, before) = (Some((document_frequency, length)), all);
        }
        all = all.checked_add(length)?;
    }
    let lists = cursor.take(all)?;
    Some(match found {
        Some((document_frequency, length)) => {
            Some(Found { document_frequency, list: lists.get(before..before + length)? })
        }
        None => None,
    })
}

impl Found<'_> {
    /// Calls `visit` with each document, rising, and its weight where it has one. A damaged list ends early or is not read
    /// at all; documents are below `limit`.
    pub fn visit(&self, limit: u32, visit: &mut dyn FnMut(Posting, Option<u8>)) {
        let _ = self.read(limit, visit);
    }

    fn read(&self, limit: u32, visit: &mut dyn FnMut(Posting, Option<u8>)) -> Option<()> {
        let count = self.document_frequency as usize;
        // Every document has at least two bytes.
        let (flags, rest) = self.list.split_first().filter(|(_, rest)| rest.len() / 2 >= count)?;
        // What is read last comes first: its places are counted from the end.
        let (rest, weights) =
            if flags & WEIGHED == 0 { (rest, None) } else { cut(rest, count).map(|(a, b)| (a, Some(b)))? };
        let (rest, norms) = cut(rest, count)?;
        let mut documents = Cursor(rest);
        let mut frequencies = Cursor(rest);
        if flags & ALL_ONCE == 0 {
            for _ in 0..count {
                frequencies.number()?;
            }
        }
        let mut next = 0_u32;
        for (at, norm) in norms.iter().enumerate() {
            let document = next.checked_add(documents.number()?).filter(|document| *document < limit)?;
            next = document + 1;
            let frequency = if flags & ALL_ONCE == 0 { frequencies.number()? } else { 1 };
            visit(Posting { document, frequency, length: length_of(*norm) }, weights.map(|weights| weights[at]));
        }
        Some(())
    }
}

/// Cuts the last `count` bytes off.
fn cut(bytes: &[u8], count: usize) -> Option<(&[u8], &[u8])> {
    bytes.split_at_checked(bytes.len().checked_sub(count)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Terms = std::collections::BTreeMap<String, Vec<(usize, Vec<Listed>)>>;

    fn documents() -> impl Strategy<Value = Vec<Listed>> {
        let one = (1_u32..400, 1_u32..4, any::<u8>(), any::<u8>());
        (proptest::collection::vec(one, 1..12), any::<bool>(), any::<bool>()).prop_map(|(list, weighed, once)| {
            let mut document = 0;
            let mut listed = Vec::new();
            for (distance, frequency, norm, weight) in list {
                document += distance;
                let frequency = if once { 1 } else { frequency };
                listed.push(Listed { document, frequency, norm, weight: weighed.then_some(weight) });
            }
            listed
        })
    }

    fn terms() -> impl Strategy<Value = Terms> {
        let fields = proptest::collection::btree_map(0..FIELDS.len(), documents(), 1..4);
        proptest::collection::btree_map("[a-c가]{1,5}", fields.prop_map(|fields| fields.into_iter().collect()), 0..12)
    }

    fn encoded(terms: &Terms) -> Vec<u8> {
        let mut block = Vec::new();
        let mut before = "";
        for (term, lists) in terms {
            let mut fields: [Option<InField>; FIELDS.len()] = Default::default();
            for (field, list) in lists {
                let document_frequency = list.len() as u32;
                fields[*field] = Some(InField { document_frequency, list: encode_list(list) });
            }
            push_entry(&mut block, before.as_bytes(), term.as_bytes(), &fields);
            before = term;
        }
        block
    }

    fn read(found: &Found<'_>) -> Vec<Listed> {
        let mut read = Vec::new();
        found.visit(u32::MAX, &mut |posting, weight| {
            let norm = (0..=255).find(|norm| length_of(*norm) == posting.length).unwrap();
            read.push(Listed { document: posting.document, frequency: posting.frequency, norm, weight });
        });
        read
    }

    proptest! {
        #[test]
        fn what_was_written_comes_back(terms in terms(), other in "[a-d]{0,5}") {
            let block = encoded(&terms);
            for (term, lists) in &terms {
                for field in FIELDS {
                    let expected = lists.iter().find(|(number, _)| *number == field.number()).map(|(_, list)| list.clone());
                    prop_assert_eq!(find(&block, field, term).map(|found| read(&found)), expected);
                }
            }
            if !terms.contains_key(&other) {
                prop_assert_eq!(find(&block, FIELDS[0], &other), None);
            }
        }

        #[test]
        fn the_likeliest_end_stands_in_most_documents(terms in terms(), prefix in "[a-c가]{0,3}", field in 0..FIELDS.len()) {
            let frequency = |lists: &[(usize, Vec<Listed>)]| {
                lists.iter().find(|(number, _)| *number == field).map_or(0, |(_, list)| list.len() as u32)
            };
            let begun = || terms.iter().filter(|(term, _)| term.starts_with(&prefix));
            let most = begun().map(|(_, lists)| frequency(lists)).max();
            // Of equals the first.
            let expected = begun().find(|(_, lists)| Some(frequency(lists)) == most).map(|(term, _)| (most.unwrap(), term.clone()));
            prop_assert_eq!(likeliest(&encoded(&terms), FIELDS[field], &prefix), expected);
        }

        #[test]
        fn damage_is_no_panic(terms in terms(), cut in 0_usize..300, flip in any::<usize>(), by in 1_u8.., limit in 0_u32..2000) {
            let mut block = encoded(&terms);
            block.truncate(cut);
            let length = block.len().max(1);
            if let Some(byte) = block.get_mut(flip % length) {
                *byte ^= by;
            }
            for term in terms.keys() {
                for field in FIELDS {
                    if let Some(found) = find(&block, field, term) {
                        let mut last = None;
                        found.visit(limit, &mut |posting, _| {
                            assert!(posting.document < limit && last < Some(posting.document));
                            last = Some(posting.document);
                        });
                    }
                }
            }
        }
    }
}
