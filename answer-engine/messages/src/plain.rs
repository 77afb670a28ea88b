//! The messages' bytes, read and written by hand.
//!
//! serde and postcard write them, and read them natively and on the page. What they make of these types takes a tenth of the
//! search engine's WebAssembly; the worker reads and writes the very same form by these few lines. A test holds each type
//! to what postcard makes of it.
//!
//! The form: whole numbers of more than a byte in sevens of bits, the lowest first, all bytes but the last marked; lengths and
//! variants as such numbers; floats in little-endian bytes; fields one behind the other.

mod reading;
mod writing;

#[cfg(test)]
mod tests;

pub use writing::{Returned, response};

/// What is left of bytes that are read from the front.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a>(pub &'a [u8]);

/// What can be read. `None` says that the bytes are something else.
pub trait Read: Sized {
    /// Reads one, and leaves what follows.
    fn read(reader: &mut Reader<'_>) -> Option<Self>;

    /// Reads one from the beginning of bytes.
    fn from_plain(bytes: &[u8]) -> Option<Self> {
        Self::read(&mut Reader(bytes))
    }
}

/// What can be written.
pub trait Write {
    /// Writes it behind what is there.
    fn write(&self, out: &mut Vec<u8>);
}

/// Implements [`Read`] for a structure, whose fields are given in their order.
#[macro_export]
macro_rules! read_fields {
    ($type:ty { $($field:ident),+ $(,)? }) => {
        impl $crate::plain::Read for $type {
            fn read(reader: &mut $crate::plain::Reader<'_>) -> Option<Self> {
                Some(Self { $($field: $crate::plain::Read::read(reader)?),+ })
            }
        }
    };
}

impl<'a> Reader<'a> {
    /// A byte.
    pub fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    /// A whole number of no more than `bits` bits.
    fn number(&mut self, bits: u32) -> Option<u64> {
        let mut number = 0_u64;
        let mut shift = 0;
        loop {
            let byte = self.byte()?;
            let part = u64::from(byte & 127);
            if shift >= bits || (shift + 7 > bits && part >> (bits - shift) > 0) {
                return None;
            }
            number |= part << shift;
            shift += 7;
            if byte < 128 {
                return Some(number);
            }
        }
    }

    /// So many bytes.
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// Bytes with their number before them.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = u32::read(self)?;
        self.take(length as usize)
    }

    /// A text.
    pub fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }
}
