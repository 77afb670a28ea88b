use std::fs;

use super::*;
use crate::{index, library::of_texts::of_texts};

/// A folder with a model of fifteen words whose vectors are random.
const TINY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/tiny-encoder");

fn tiny(cache: Option<PathBuf>) -> Encoder {
    Encoder { cache, ..Encoder::of_folder(Path::new(TINY)).unwrap() }
}

const ENGLISH: (&str, &str) = ("en/a.md", "# Reset your password\n\nOpen the door.\n\n## Keys\n\nChange the key.\n");
const KOREAN: (&str, &str) = ("ko/b.md", "# 열쇠\n\n열쇠를 바꿔요.\n");

#[test]
fn the_same_tokens_give_the_same_vector_whatever_their_case() {
    let encoder = tiny(None);
    let of = |text: &str| encoder.encode_all(&[text], &|_, _| ()).unwrap()[0];
    assert_eq!(of("Reset your password"), of("reset  YOUR pàssword"));
    assert_ne!(of("Reset your password"), of("open the door"));
    // Pieces of words, words that the model does not know, none at all.
    for text in ["doorssssssssssssssss", "doors lightings", "비밀번호 재설정", "", "\u{0}\u{301}\u{1f511}", "( [SEP] )"]
    {
        assert!(of(text).iter().all(|number| number.is_finite()), "{text}");
    }
}

#[test]
fn long_texts_are_read_from_their_beginning() {
    let encoder = tiny(None);
    let long = "open the door ".repeat(400);
    let tokens = encoder.tokens.of(&long).unwrap();
    assert_eq!((tokens.len(), tokens[0], tokens[255]), (256, 2, 3));
}

#[test]
fn english_texts_alone_are_encoded_each_once() {
    let (library, config) = of_texts(&[ENGLISH, KOREAN]);
    let folder = tempfile::tempdir().unwrap();
    let encoder = tiny(Some(folder.path().join("tiny.vectors")));
    let made = AtomicUsize::new(0);
    let count = |_, all| made.store(all, Ordering::Relaxed);
    let encoded = encoder.encoded(&library, &count).unwrap();
    // The title, and two sections.
    assert_eq!(made.swap(0, Ordering::Relaxed), 3);
    assert_eq!(encoder.encoded(&library, &count).unwrap(), encoded);
    assert_eq!(made.load(Ordering::Relaxed), 0);

    let words = |encoded| -> Vec<String> {
        let bundle = index::build(&library, &config, encoded, &|| ()).unwrap();
        bundle.files.into_iter().map(|file| file.path).filter(|path| path.ends_with(".words")).collect()
    };
    let (with, without) = (words(Some(&encoded)), words(None));
    assert_eq!((with.len(), without.len()), (2, 2));
    // The Korean file is the same.
    assert_eq!(with.iter().filter(|path| without.contains(path)).count(), 1);
}

#[test]
fn another_model_is_refused() {
    let error = Encoder::open(Path::new(TINY)).err().unwrap();
    assert!(matches!(error, EncoderError::OtherModel { .. }), "{error}");
}

#[test]
fn what_is_missing_or_broken_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let check = |expected: &str| {
        let error = Encoder::open(folder.path()).err().unwrap().to_string();
        assert!(error.contains(expected), "{error}");
        assert!(error.contains("all-MiniLM-L6-v2"), "{error}");
    };
    check("tokenizer.json");
    fs::write(folder.path().join("tokenizer.json"), "{}").unwrap();
    check("tokenizer.json");
    fs::copy(Path::new(TINY).join("tokenizer.json"), folder.path().join("tokenizer.json")).unwrap();
    check("model.onnx");
    fs::write(folder.path().join("model.onnx"), "no model").unwrap();
    check("model.onnx");
    let model = fs::read(Path::new(TINY).join("model.onnx")).unwrap();
    fs::write(folder.path().join("model.onnx"), &model[..model.len() / 2]).unwrap();
    check("model.onnx");
}

/// The real model, where `PORCHLIGHT_ENCODER` names its folder.
#[test]
#[allow(clippy::print_stderr, reason = "who runs the tests shall know what was not run")]
fn the_real_model_knows_what_is_alike() {
    let Some(folder) = std::env::var_os("PORCHLIGHT_ENCODER") else {
        eprintln!("not run: PORCHLIGHT_ENCODER does not name the folder of a model");
        return;
    };
    let encoder = Encoder { cache: None, ..Encoder::open(Path::new(&folder)).unwrap() };
    let texts = ["I cannot log in any more", "Reset your password", "Sort the rows of a table"];
    let [asked, near, far] = encoder.encode_all(&texts, &|_, _| ()).unwrap()[..] else { unreachable!() };
    let cosine = |a: [f32; DIMENSIONS], b: [f32; DIMENSIONS]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    assert!(cosine(asked, near) > cosine(asked, far) + 0.2);
}
