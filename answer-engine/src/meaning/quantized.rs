//! Vectors at four bits a number.

/// Numbers of a vector.
pub const DIMENSIONS: usize = 64;
/// Bytes of a packed vector.
pub const PACKED: usize = DIMENSIONS / 2;

/// The largest number that four bits hold on both sides of zero.
const LARGEST: f32 = 7.0;

/// Packs a vector, whatever its length, so that its largest number becomes 7; gives what one unit stands for.
pub fn pack(vector: &[f32; DIMENSIONS]) -> ([u8; PACKED], f32) {
    let largest = vector.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
    let unit = if largest > 0.0 { largest / LARGEST } else { 1.0 };
    let mut packed = [0_u8; PACKED];
    for (at, value) in vector.iter().enumerate() {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 15")]
        let nibble = (libm::rintf(value / unit).clamp(-LARGEST, LARGEST) + 8.0) as u8;
        packed[at / 2] |= nibble << (4 * (at % 2));
    }
    (packed, unit)
}

/// The numbers of a packed vector, -7 to 7; zeros for what is missing.
pub fn unpack(packed: &[u8]) -> [i8; DIMENSIONS] {
    std::array::from_fn(|at| pair(packed.get(at / 2).copied().unwrap_or(0x88))[at % 2])
}

/// 1 / length of a vector as [`unpack`] gives it; 0 where it has none.
pub(super) fn inverse_length(numbers: &[i8; DIMENSIONS]) -> f32 {
    let square: i32 = numbers.iter().map(|value| i32::from(*value) * i32::from(*value)).sum();
    #[allow(clippy::cast_precision_loss, reason = "at most 64 x 49")]
    let length = libm::sqrtf(square as f32);
    if length > 0.0 { 1.0 / length } else { 0.0 }
}

/// The two numbers of a byte.
pub(super) fn pair(byte: u8) -> [i8; 2] {
    #[allow(clippy::cast_possible_wrap, reason = "four bits")]
    let number = |nibble: u8| nibble as i8 - 8;
    [number(byte & 15), number(byte >> 4)]
}

/// A scale in one byte: its binary logarithm in sixteenths, counted down from 1.
pub fn scale_byte(scale: f32) -> u8 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let byte = (255.0 + 16.0 * libm::log2f(scale.max(f32::MIN_POSITIVE))).round().clamp(0.0, 255.0) as u8;
    byte
}

/// What a byte of [`scale_byte`] stands for.
pub fn scale_of(byte: u8) -> f32 {
    libm::exp2f((f32::from(byte) - 255.0) / 16.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_vector_keeps_its_direction() {
        let vector: [f32; DIMENSIONS] = std::array::from_fn(|at| libm::sinf(at as f32 * 0.7));
        let (packed, unit) = pack(&vector);
        for (value, number) in vector.iter().zip(unpack(&packed)) {
            assert!((value - unit * f32::from(number)).abs() <= unit / 2.0 + 1e-6);
        }
        assert_eq!(unpack(&pack(&[0.0; DIMENSIONS]).0), [0; DIMENSIONS]);
        assert_eq!(unpack(&[]), [0; DIMENSIONS]);
    }

    #[test]
    fn scales_come_back() {
        for scale in [1.0, 0.5, 0.0123, 0.0004] {
            let back = scale_of(scale_byte(scale));
            assert!((back / scale - 1.0).abs() < 0.025, "{scale} {back}");
        }
        assert_eq!(scale_byte(0.0), 0);
        assert_eq!(scale_byte(9.0), 255);
    }
}
