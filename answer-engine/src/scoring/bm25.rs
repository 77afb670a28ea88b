//! BM25 with the parameters and the rounding of lengths that tantivy uses.

/// Saturation of term frequency.
pub(super) const K1: f64 = 1.2;
/// Weight of a document's length.
pub(super) const B: f64 = 0.75;

/// Inverse document frequency: `ln(1 + (n - df + 0.5) / (df + 0.5))`.
pub(super) fn idf(documents: u32, document_frequency: u32) -> f64 {
    let n = f64::from(documents);
    let df = f64::from(document_frequency.min(documents));
    libm::log(1.0 + (n - df + 0.5) / (df + 0.5))
}

/// A term's part of the score, without its idf.
pub(super) fn saturation(frequency: u32, length: u32, average_length: f64) -> f64 {
    saturation_of(f64::from(frequency), length, average_length)
}

/// The same for a frequency that was added up with weights.
pub(super) fn saturation_of(frequency: f64, length: u32, average_length: f64) -> f64 {
    let relative = if average_length > 0.0 { f64::from(length) / average_length } else { 1.0 };
    frequency * (K1 + 1.0) / (frequency + K1 * (1.0 - B + B * relative))
}

/// How much there is to be matched in a phrase: the sum of its terms' idf, given each term's document frequency among
/// `phrases` phrases.
pub fn phrase_weight(phrases: u32, document_frequencies: impl Iterator<Item = u32>) -> f32 {
    #[allow(clippy::cast_possible_truncation, reason = "a sum of a few logarithms")]
    let weight = document_frequencies.map(|df| idf(phrases, df)).sum::<f64>() as f32;
    weight
}
