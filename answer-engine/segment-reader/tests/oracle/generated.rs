//! Segments of documents that proptest thinks of.

use proptest::prelude::*;

use crate::support::{Document, compare, write};

fn documents() -> impl Strategy<Value = Vec<Document>> {
    // Few words, so that many documents share them.
    let word = prop_oneof![4 => "[a-c]{1,3}", 1 => "[가-각]{1,2}", 1 => any::<String>(), 1 => "[a-b]{14,40}"];
    let field = (0_u32..3, proptest::collection::vec(word, 0..12));
    proptest::collection::vec(proptest::collection::vec(field, 0..4), 0..300)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn all_is_as_tantivy_has_it(documents in documents()) {
        compare(&write(3, &documents));
    }
}
