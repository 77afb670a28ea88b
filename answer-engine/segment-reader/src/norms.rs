//! Field norms: how many tokens a document's field has, in a byte (`tantivy/src/fieldnorm`).
//!
//! The file holds one byte a document. Numbers below 40 are exact; above, a byte has three binary digits behind the first
//! (Lucene's `SmallFloat.byte4ToInt`).

/// The number of tokens that a byte stands for: the largest that is not above the real one.
pub const fn length_of(norm: u8) -> u32 {
    /// So many numbers stand for themselves before the scale begins.
    const FREE: u8 = 24;
    if norm < FREE {
        return norm as u32;
    }
    let scaled = norm - FREE;
    let (digits, exponent) = ((scaled & 7) as u32, scaled >> 3);
    let value = if exponent == 0 { digits } else { (digits | 8) << (exponent - 1) };
    FREE as u32 + value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_tantivy_decodes_them() {
        for norm in 0..=u8::MAX {
            assert_eq!(length_of(norm), tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm(norm), "{norm}");
        }
    }
}
