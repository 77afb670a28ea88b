use gloo::utils::window;

/// A random name: 128 bits in 32 hexadecimal digits, fit for an idempotency key or a client's message id.
pub fn random_id() -> String {
    hexadecimal(&bytes())
}

/// A number, uniform over all.
pub(crate) fn random() -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = bytes();
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

fn bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    let strong = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    if strong.is_err() {
        // No browser of today comes here. Ids must differ, not be secret, so this is good enough.
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    bytes
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::hexadecimal;

    #[test]
    fn names() {
        assert_eq!(hexadecimal(&[0, 1, 0xAB, 0xFF]), "0001abff");
        assert!(handoff::limits::is_id(&hexadecimal(&[7; 16])));
    }
}
