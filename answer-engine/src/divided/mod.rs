//! The index of a large help centre, in blocks that a browser fetches when a question needs them.
//!
//! A small help centre's index comes whole, with the head. That of a thousand articles would take seconds on a slow line, of
//! which a question needs a hundredth. Such an index is written anew, in blocks of some kilobytes, each compressed (gzip),
//! many one behind the other in a file that is named by its content:
//!
//! - *terms*: all that the index knows of a word, in all fields, in alphabetical order ([`terms`]): what one word needs is
//!   one request;
//! - *spelling*: the words alone, to repair typing errors by ([`spelling`]);
//! - *cards*: titles, addresses and places of articles, by slug ([`Card`]);
//! - *articles*: the packs of articles.
//!
//! The head says where each block begins and with which key ([`BlockTable`]). An engine over such an index notes the blocks
//! that it missed ([`Engine::missing`](crate::Engine::missing)); whoever asks it fetches them, hands them over
//! ([`Engine::put`](crate::Engine::put)) and asks again, until nothing is missing. What is found is the same as in the whole
//! index.

mod blocks;
mod cards;
mod cursor;
pub mod spelling;
mod table;
pub mod terms;

use answer_messages::read_fields;
use serde::{Deserialize, Serialize};

pub use blocks::{Family, Wanted};
pub use cards::{Card, cards};
pub use table::{BlockTable, Blocked};

pub(crate) use blocks::Blocks;

/// Name of [`Division`] in a head.
pub const DIVISION: &str = "division";

/// What a head says of an index in blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    /// Number of documents.
    pub documents: u32,
    /// Number of tokens of each field.
    pub tokens: [u64; crate::postings::FIELDS.len()],
    /// By term.
    pub terms: BlockTable,
    /// By word.
    pub spelling: BlockTable,
    /// By slug.
    pub cards: BlockTable,
    /// The packs, in the order that places count.
    pub articles: BlockTable,
    /// All listings, one block.
    pub list: BlockTable,
}

read_fields!(Division { documents, tokens, terms, spelling, cards, articles, list });

#[cfg(test)]
mod tests {
    use answer_messages::plain::Read as _;

    use super::*;

    #[test]
    fn read_by_hand_as_postcard_writes_them() {
        let file = |path: &str| Blocked { path: path.into(), blocks: vec![("a".into(), 300), ("비".into(), 70_000)] };
        let table = || BlockTable::new(&[file("index/a.terms"), file("index/b.terms")]);
        let division = Division {
            documents: 204_000,
            tokens: std::array::from_fn(|at| 1 << (5 * at)),
            terms: table(),
            spelling: table(),
            cards: BlockTable::default(),
            articles: table(),
            list: table(),
        };
        assert_eq!(Division::from_plain(&postcard::to_allocvec(&division).unwrap()), Some(division));
        let listing = answer_messages::Listing { slug: "en/a".into(), title: "A".into(), ..Default::default() };
        let card = Card { article: 7, listing, offset: 1000, length: 20_000, hash: [1, 2, 3, 4, 5, 6, 7, 255] };
        let all = vec![card.clone(), card];
        assert_eq!(cards(&postcard::to_allocvec(&all).unwrap()), all);
        assert_eq!(cards(&[7, 1]), []);
    }
}
