//! From the encoder's 384 numbers to the 64 of the word tables.

use answer_engine::meaning::DIMENSIONS;

use crate::index::word_table::unit;

/// Numbers of a vector as the encoder gives it.
pub(super) const ENCODED: usize = 384;

/// A linear map: what comes nearest, in least squares over sentences, to the sum of a sentence's rows in the English
/// table, from the encoder's vector of the sentence. `kb-indexer/words/derive.py project` finds it.
pub(super) struct Projection {
    /// [`ENCODED`] rows of [`DIMENSIONS`] numbers, then one that is added to every vector.
    rows: Vec<[f32; DIMENSIONS]>,
}

impl Projection {
    /// The one that belongs to the English table of this program.
    pub(super) fn shipped() -> Self {
        let bytes = include_bytes!("../../words/en.projection");
        let numbers: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        Self { rows: numbers.as_chunks::<DIMENSIONS>().0.to_vec() }
    }

    /// A vector of the encoder in the table's space, at unit length.
    pub(super) fn project(&self, encoded: &[f32; ENCODED]) -> [f32; DIMENSIONS] {
        let length = encoded.iter().map(|value| value * value).sum::<f32>().sqrt();
        let scaled = encoded.iter().map(|value| if length > 0.0 { value / length } else { 0.0 });
        let mut sum = [0.0; DIMENSIONS];
        for (value, row) in scaled.chain(std::iter::once(1.0)).zip(&self.rows) {
            for (sum, number) in sum.iter_mut().zip(row) {
                *sum += value * number;
            }
        }
        unit(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_map_has_all_its_rows() {
        assert_eq!(Projection::shipped().rows.len(), ENCODED + 1);
    }

    #[test]
    fn length_does_not_matter() {
        let projection = Projection::shipped();
        let vector: [f32; ENCODED] = std::array::from_fn(|at| (at as f32 * 0.7).sin());
        let (once, twice) = (projection.project(&vector), projection.project(&vector.map(|value| 2.0 * value)));
        assert!(once.iter().zip(twice).all(|(a, b)| (a - b).abs() < 1e-6));
        assert!((once.iter().map(|value| value * value).sum::<f32>() - 1.0).abs() < 1e-5);
    }
}
