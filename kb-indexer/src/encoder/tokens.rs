//! Text to the numbers of its word pieces.

use std::path::{Path, PathBuf};

use rten_text::{
    Tokenizer,
    normalizers::{Bert, BertOptions, NormalizeError, Normalizer},
    tokenizer::EncodeOptions,
};

use super::{EncoderError, read};

/// Name of the tokenizer's file.
const TOKENIZER: &str = "tokenizer.json";
/// Tokens of a text that are read, the two at its ends included.
const TOKENS: usize = 256;

/// The tokenizer that belongs to a model.
pub(super) struct Tokens {
    tokenizer: Tokenizer,
    path: PathBuf,
}

impl Tokens {
    pub(super) fn open(folder: &Path) -> Result<Self, EncoderError> {
        let path = folder.join(TOKENIZER);
        let unusable = |problem: String| EncoderError::Unusable { path: path.clone(), problem };
        let json = String::from_utf8(read(&path)?).map_err(|_| unusable("it is not UTF-8".to_owned()))?;
        let tokenizer = Tokenizer::from_json(&json).map_err(|error| unusable(error.to_string()))?;
        let tokenizer = tokenizer.with_normalizer(Box::new(Uncased::new()));
        Ok(Self { tokenizer, path })
    }

    /// The tokens of a text's beginning.
    pub(super) fn of(&self, text: &str) -> Result<Vec<i32>, EncoderError> {
        let options = EncodeOptions { max_chunk_len: Some(TOKENS), overlap: 0 };
        let tokens = self.tokenizer.encode(text, Some(options));
        let tokens =
            tokens.map_err(|error| EncoderError::Unusable { path: self.path.clone(), problem: error.to_string() })?;
        Ok(tokens.token_ids().iter().filter_map(|token| i32::try_from(*token).ok()).collect())
    }
}

/// Lower case, no accents, as all-MiniLM-L6-v2 reads text.
///
/// The tokenizer counts the `##` that marks the later pieces of a word as bytes of the text (rten-text 0.27.0) and so may
/// look for the place of a byte behind the end, where it panics. Places are not needed here: there are some to spare.
#[derive(Debug)]
struct Uncased(Bert);

impl Uncased {
    fn new() -> Self {
        Self(Bert::new(BertOptions { lowercase: true, strip_accents: true }))
    }
}

impl Normalizer for Uncased {
    fn normalize(&self, text: &str) -> Result<(String, Vec<usize>), NormalizeError> {
        let (text, mut places) = self.0.normalize(text)?;
        // At most one piece a byte, two bytes too many each.
        places.resize(3 * text.len() + 1, 0);
        Ok((text, places))
    }
}
