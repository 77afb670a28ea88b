//! Bytes that are not what was written: no panic, no hang, no more memory than the bytes are worth.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
    sync::OnceLock,
};

use proptest::{prelude::*, test_runner::Config};
use segment_reader::{Error, Part, Segment, SegmentFiles};

use crate::support::{Document, open, write};

/// Counts what a thread holds, and the most that it ever held.
struct Counting;

thread_local! {
    static HELD: Cell<(isize, isize)> = const { Cell::new((0, 0)) };
}

fn count(bytes: isize) {
    // A thread that ends has no counter any more.
    let _ = HELD.try_with(|held| {
        let (now, most) = held.get();
        held.set((now + bytes, most.max(now + bytes)));
    });
}

// What is counted is handed on as it is.
#[allow(unsafe_code, clippy::cast_possible_wrap)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The most that a thread holds while it acts.
fn most_held<T>(act: impl FnOnce() -> T) -> (T, isize) {
    let before = HELD.with(|held| {
        let (now, _) = held.get();
        held.set((now, now));
        now
    });
    let result = act();
    (result, HELD.with(Cell::get).1 - before)
}

/// Two fields, blocks of terms, packed blocks of documents, tails.
fn sound() -> &'static Vec<(String, Vec<u8>)> {
    static SOUND: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    SOUND.get_or_init(|| {
        let documents: Vec<Document> = (0..400_u32)
            .map(|at| {
                let terms = (0..12).map(|number| format!("{}", (at * 12 + number) * 7919 % 2000));
                let terms: Vec<String> = terms.chain(vec!["all".to_owned(); 1 + at as usize % 9]).collect();
                vec![(0, terms), (1, vec![format!("문서{}", at % 3), "x".repeat(at as usize % 40)])]
            })
            .collect();
        let files = write(2, &documents).files;
        let needed = [Part::Dictionary, Part::Postings, Part::Norms].map(Part::extension);
        files.into_iter().filter(|(name, _)| needed.iter().any(|end| name.ends_with(end))).collect()
    })
}

/// Opens and reads all that there is, and tells how many postings that was.
fn read_all(segment: &Segment<Vec<u8>>) -> Result<usize, Error> {
    let mut postings = 0;
    let mut damaged = None;
    for number in segment.fields() {
        let field = segment.field(number).expect("a field that was named");
        let mut terms = field.terms_from(b"");
        let mut count = 0;
        while let Some((key, term)) = terms.next() {
            assert_eq!(field.term(key), Some(term), "what a walk finds is found by itself");
            count += 1;
            let mut last = None;
            let read = field.postings(&term).for_each(|document, frequency| {
                assert!(document < segment.documents() && last < Some(document) && frequency > 0);
                assert!(field.length(document).is_some());
                last = Some(document);
                postings += 1;
            });
            damaged = damaged.or(read.err());
        }
        assert_eq!(count, field.terms(), "a walk sees all terms that were counted when it was opened");
    }
    damaged.map_or(Ok(postings), Err)
}

/// What a change does: in which file, where, and to what.
#[derive(Clone, Debug)]
enum Change {
    Set(usize, u8),
    Flip(usize, u8),
    Insert(usize, Vec<u8>),
    Remove(usize, usize),
    Copy(usize, usize, usize),
}

fn change() -> impl Strategy<Value = (usize, Change)> {
    let place = any::<usize>;
    let byte = prop_oneof![any::<u8>(), Just(0), Just(1), Just(0x7f), Just(0x80), Just(0xff)];
    let change = prop_oneof![
        4 => (place(), byte.clone()).prop_map(|(at, to)| Change::Set(at, to)),
        4 => (place(), 0_u8..8).prop_map(|(at, bit)| Change::Flip(at, bit)),
        1 => (place(), proptest::collection::vec(byte, 1..9)).prop_map(|(at, more)| Change::Insert(at, more)),
        1 => (place(), 1_usize..20).prop_map(|(at, count)| Change::Remove(at, count)),
        1 => (place(), place(), 1_usize..40).prop_map(|(from, to, count)| Change::Copy(from, to, count)),
    ];
    (0_usize..3, change)
}

/// Half of the changes hit the last 200 bytes, where the numbers are that all others hang on.
fn place(at: usize, length: usize) -> usize {
    let tail = length.min(200);
    if at.is_multiple_of(2) { (at / 2) % length } else { length - 1 - (at / 2) % tail }
}

fn apply(change: Change, bytes: &mut Vec<u8>) {
    if bytes.is_empty() {
        return;
    }
    let length = bytes.len();
    match change {
        Change::Set(at, to) => bytes[place(at, length)] = to,
        Change::Flip(at, bit) => bytes[place(at, length)] ^= 1 << bit,
        Change::Insert(at, more) => {
            let at = place(at, length);
            bytes.splice(at..at, more);
        }
        Change::Remove(at, count) => {
            let at = place(at, length);
            bytes.drain(at..(at + count).min(length));
        }
        Change::Copy(from, to, count) => {
            let (from, to) = (place(from, length), place(to, length));
            let count = count.min(length - from.max(to));
            bytes.copy_within(from..from + count, to);
        }
    }
}

fn judge(changes: Vec<(usize, Change)>) {
    let mut files = sound().clone();
    for (file, change) in changes {
        apply(change, &mut files[file].1);
    }
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let verified = SegmentFiles::of(files.iter().map(|(name, bytes)| (name, bytes))).unwrap().verify();
    let unchanged = files == *sound();
    // A footer may be changed without a change to what it is the footer of.
    assert!(!unchanged || verified.is_ok());
    let (opened, held) = most_held(|| open(files));
    assert!(usize::try_from(held).unwrap() < 4 * bytes + 4096, "{held} bytes were held over {bytes}");
    if let Ok(segment) = opened {
        let (read, held) = most_held(|| read_all(&segment));
        // A walk keeps a key, and a list a block.
        assert!(usize::try_from(held).unwrap() < bytes + 4096, "{held} bytes were held over {bytes}");
        assert!(!unchanged || read.is_ok());
    }
}

/// `PORCHLIGHT_FUZZ` asks for more than the few cases that there is time for every day.
fn config() -> Config {
    let cases = std::env::var("PORCHLIGHT_FUZZ").ok().and_then(|cases| cases.parse().ok());
    Config { failure_persistence: None, ..Config::with_cases(cases.unwrap_or(400)) }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn changed_bytes(changes in proptest::collection::vec(change(), 1..4)) {
        judge(changes);
    }

    #[test]
    fn cut_files(file in 0_usize..3, length in any::<usize>()) {
        let mut files = sound().clone();
        let length = length % files[file].1.len();
        files[file].1.truncate(length);
        prop_assert!(open(files).is_err());
    }

    #[test]
    fn noise(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let files = [Part::Dictionary, Part::Postings, Part::Norms].map(|part| (format!("a{}", part.extension()), bytes.clone()));
        prop_assert!(open(files.into()).is_err());
    }
}

#[test]
fn changed_bodies_do_not_pass_their_checksum() {
    for (at, part) in [(0, Part::Dictionary), (1, Part::Postings), (2, Part::Norms)] {
        let mut files = sound().clone();
        files.sort_by_key(|(name, _)| [".term", ".idx", ".fieldnorm"].iter().position(|end| name.ends_with(end)));
        let middle = files[at].1.len() / 2;
        files[at].1[middle] ^= 4;
        let verified = SegmentFiles::of(files).unwrap().verify();
        assert_eq!(verified, Err(Error::Damaged(part)));
    }
}

/// A segment of one field and one block, of keys and values made by hand.
fn by_hand(keys: &[(usize, &[u8])], values: &[u8]) -> Vec<(String, Vec<u8>)> {
    let leb = |number: usize| -> Vec<u8> {
        let digits = [number & 127, number >> 7 & 127, number >> 14].map(|digit| u8::try_from(digit).unwrap());
        vec![digits[0] | 128, digits[1] | 128, digits[2]]
    };
    let mut block = vec![0];
    block.extend(values);
    for (keep, add) in keys {
        block.push(1);
        block.extend([leb(*keep), leb(add.len()), add.to_vec()].concat());
    }
    let mut dictionary = u32::try_from(block.len()).unwrap().to_le_bytes().to_vec();
    dictionary.extend([&block[..], &[0; 4]].concat());
    let index = dictionary.len() as u64;
    for number in [0, index, keys.len() as u64] {
        dictionary.extend(number.to_le_bytes());
    }
    dictionary.extend([3, 0, 0, 0, 2, 0, 0, 0]);
    // One token in all, and postings of the first document, once.
    let postings = [&1_u64.to_le_bytes()[..], &[0x80, 0x81]].concat();
    let file = |extension: &str, body: Vec<u8>| {
        let table = [0x81, 0x80, 0, 0, 0, 0, 0x80, 7, 0, 0, 0];
        let text = br#"{"index_format_version":7,"crc":0}"#;
        let bytes = [&body[..], &table, text, &[u8::try_from(text.len()).unwrap(), 0, 0, 0], &1337_u32.to_le_bytes()];
        (format!("a{extension}"), bytes.concat())
    };
    vec![file(".term", dictionary), file(".idx", postings), file(".fieldnorm", vec![1])]
}

/// So many terms in the one document.
fn values(count: usize) -> Vec<u8> {
    let count = [count & 127, count >> 7 & 127, count >> 14 | 128].map(|digit| u8::try_from(digit).unwrap());
    // Postings and positions begin at 0; then one document, no bytes of postings, none of positions.
    [&count[..], &[0x80, 0x80], &[0x81, 0x80, 0x80].repeat(usize::from(count[0]) | usize::from(count[1]) << 7)].concat()
}

#[test]
fn keys_that_do_not_rise() {
    let check = |keys: &[(usize, &[u8])], is_sound: bool| {
        let opened = open(by_hand(keys, &values(keys.len())));
        let expected = if is_sound { None } else { Some(Error::Damaged(Part::Dictionary)) };
        assert_eq!(opened.err(), expected, "{keys:?}");
    };
    check(&[(0, b"a"), (0, b"b"), (1, b"a"), (2, b"a")], true);
    check(&[(0, b""), (0, b"a")], true);
    check(&[(0, b"b"), (0, b"a")], false);
    check(&[(0, b"a"), (0, b"a")], false);
    check(&[(0, b"ab"), (1, b"a")], false);
    check(&[(0, b"ab"), (1, b"")], false);
    check(&[(0, b"ab"), (3, b"x")], false);
    check(&[(1, b"a")], false);
}

#[test]
fn numbers_that_do_not_fit() {
    let check = |values: &[u8], expected: Option<Error>| {
        assert_eq!(open(by_hand(&[(0, b"a")], values)).err(), expected, "{values:?}");
    };
    let damaged = Some(Error::Damaged(Part::Dictionary));
    check(&[0x81, 0x80, 0x80, 0x81, 0x82, 0x80], None);
    // Documents: none, or more than there are.
    check(&[0x81, 0x80, 0x80, 0x80, 0x82, 0x80], damaged);
    check(&[0x81, 0x80, 0x80, 0x82, 0x82, 0x80], damaged);
    // Postings that begin or end behind the end.
    check(&[0x81, 0x81, 0x80, 0x81, 0x82, 0x80], damaged);
    check(&[0x81, 0x80, 0x80, 0x81, 0x83, 0x80], damaged);
    check(&[0x81, 0x7f, 0x7f, 0x7f, 0x7f, 0x8f, 0x80, 0x81, 0x82, 0x80], damaged);
    // Positions.
    check(&[0x81, 0x80, 0x80, 0x81, 0x82, 0x81], Some(Error::Positions));
    check(&[0x81, 0x80, 0x81, 0x81, 0x82, 0x80], Some(Error::Positions));
    // Terms: none, two, and more than could be.
    check(&[0x80, 0x80, 0x80, 0x81, 0x82, 0x80], damaged);
    check(&[0x82, 0x80, 0x80, 0x81, 0x82, 0x80, 0x81, 0x80, 0x80], damaged);
    check(&[0x7f, 0x7f, 0x7f, 0x7f, 0x8f, 0x80, 0x80, 0x81, 0x82, 0x80], damaged);
}

/// Keys that all keep nearly all of a very long key: each costs a few bytes, and would be long in memory.
#[test]
fn long_keys_are_not_kept_often() {
    let long = vec![b'k'; 60_000];
    let last: Vec<[u8; 2]> = (0..10_000_u16).map(|at| (at + 1).to_be_bytes()).collect();
    let mut keys: Vec<(usize, &[u8])> = vec![(0, &long)];
    keys.extend(last.iter().enumerate().map(|(at, last)| {
        // What it has in common with the key before.
        let same = usize::from(at > 0 && last[1] != 0);
        (long.len() + same, &last[same..])
    }));
    let files = by_hand(&keys, &values(keys.len()));
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let (opened, held) = most_held(|| open(files));
    let opened = opened.unwrap();
    assert!(usize::try_from(held).unwrap() < 3 * bytes, "{held} bytes were held over {bytes}");
    let field = opened.field(0).unwrap();
    for key in [&last[0], &last[5_000], &last[9_999]].map(|last| [&long[..], last].concat()) {
        assert!(field.term(&key).is_some());
    }
    // No longer key than tantivy would write.
    let longer = vec![b'k'; 65_531];
    for (length, is_sound) in [(65_530, true), (65_531, false)] {
        assert_eq!(open(by_hand(&[(0, &longer[..length])], &values(1))).is_ok(), is_sound);
    }
}
