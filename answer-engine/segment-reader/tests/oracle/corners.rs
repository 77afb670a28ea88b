//! Where the formats turn a corner.

use segment_reader::MAX_TERM_BYTES;

use crate::support::{Document, compare, write};

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

/// Documents of which the first `count` hold a term, for each of `counts`.
fn in_first(counts: &[usize], times: impl Fn(usize) -> usize) -> Vec<Document> {
    let most = counts.iter().copied().max().unwrap_or_default();
    (0..most)
        .map(|at| {
            let held = counts.iter().filter(|count| at < **count);
            vec![(0, held.flat_map(|count| vec![format!("in {count}"); times(at)]).collect())]
        })
        .collect()
}

#[test]
fn around_a_block() {
    let counts = [1, 2, 127, 128, 129, 255, 256, 257, 384, 1000];
    let compared = compare(&write(1, &in_first(&counts, |at| 1 + at % 5)));
    assert_eq!((compared.terms, compared.postings), (counts.len(), counts.iter().sum()));
}

#[test]
fn a_block_that_does_not_begin_with_the_first_document() {
    let mut documents: Vec<Document> = vec![vec![]; 40_000];
    // Far apart and close together, and the last document of all.
    for at in (3..40_000).step_by(301).chain(39_000..39_100).chain([39_999]) {
        documents[at] = vec![(0, words(&["term"]))];
    }
    assert_eq!(compare(&write(1, &documents)).terms, 1);
}

#[test]
fn many_times_in_a_document() {
    for times in [127, 128, 129, 255, 256, 70_000] {
        compare(&write(1, &in_first(&[1, 127], |at| if at == 0 { times } else { 1 })));
    }
    // In a packed block too.
    compare(&write(1, &in_first(&[200], |at| if at == 64 { 70_000 } else { 1 })));
}

#[test]
fn fields_without_words() {
    let document = |field: u32| vec![(field, words(&["only", "here"]))];
    for fields in [&[0][..], &[1], &[2], &[0, 2], &[1, 2], &[0, 1, 2], &[]] {
        let documents: Vec<Document> = fields.iter().map(|field| document(*field)).chain([vec![]]).collect();
        let compared = compare(&write(3, &documents));
        assert_eq!((compared.terms, compared.norms), (fields.len() * 2, documents.len() * 3));
    }
}

#[test]
fn one_document_and_none() {
    assert_eq!(compare(&write(2, &[vec![(1, words(&["word"]))]])).terms, 1);
    assert_eq!(compare(&write(2, &[vec![]])).terms, 0);
    assert_eq!(compare(&write(2, &[])).norms, 0);
}

#[test]
fn long_terms_and_other_scripts() {
    let mut terms: Vec<String> = [15, 16, 17, 127, 128, 129, 16_383, 16_384, MAX_TERM_BYTES]
        .into_iter()
        .flat_map(|length| ["a".repeat(length), format!("{}b", "a".repeat(length - 1)), "z".repeat(length)])
        .collect();
    terms.extend(words(&["", "가", "가나", "각", "ㅋㅋ", "𝒳", "é", "e\u{301}", "\u{10ffff}", "\u{1}", "\u{1}\u{1}"]));
    let documents: Vec<Document> = terms.iter().map(|term| vec![(0, vec![term.clone()])]).collect();
    let distinct: std::collections::BTreeSet<_> = terms.iter().collect();
    assert_eq!(compare(&write(1, &documents)).terms, distinct.len());
}

#[test]
fn many_blocks_of_terms() {
    // Over a hundred blocks, so that the table has an index of several levels, and a walk crosses every border.
    let documents: Vec<Document> = (0..600_u64)
        .map(|at| {
            let terms = (0..100).map(|number| format!("{:x}", (at * 100 + number).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
            vec![(0, terms.collect())]
        })
        .collect();
    assert_eq!(compare(&write(1, &documents)).terms, 60_000);
}

#[test]
fn long_documents() {
    for length in [39, 40, 41, 42, 1_000, 70_000] {
        compare(&write(1, &[vec![(0, (0..length).map(|at| format!("{}", at % 700)).collect())]]));
    }
}
