use core::fmt;

use crate::FORMAT;

/// A part of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The file `.term`.
    Dictionary,
    /// The file `.idx`.
    Postings,
    /// The file `.fieldnorm`.
    Norms,
}

impl Part {
    /// How the names of its files end.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Dictionary => ".term",
            Self::Postings => ".idx",
            Self::Norms => ".fieldnorm",
        }
    }
}

/// A segment cannot be read. The text says what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// A file is not there.
    Missing(Part),
    /// There are files of several segments.
    Segments,
    /// Documents were deleted.
    Deletes,
    /// The file is of another version of tantivy's format.
    Format(u32),
    /// The dictionary is of another type; 1 is tantivy's finite state transducer.
    DictionaryType(u32),
    /// The dictionary's table is of another version.
    DictionaryVersion(u32),
    /// The dictionary's blocks are compressed.
    Compressed,
    /// A field is indexed with positions.
    Positions,
    /// A field with terms has no norms.
    NoNorms,
    /// Bytes are cut or are not what their place asks for.
    Damaged(Part),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(part) => write!(f, "the segment's file `{}` is missing: write it again", part.extension()),
            Self::Segments => f.write_str("there are files of several segments: merge them into one"),
            Self::Deletes => f.write_str("the segment has deleted documents: merge it into a new one"),
            Self::Format(found) => {
                write!(f, "the segment is of format {found}, not {FORMAT}: write it again with tantivy 0.27")
            }
            Self::DictionaryType(found) => write!(
                f,
                "the segment's dictionary is of type {found}, not 2: write it again with tantivy's feature `quickwit`"
            ),
            Self::DictionaryVersion(found) => {
                write!(f, "the segment's dictionary is of version {found}, not 3: write it again with tantivy 0.27")
            }
            Self::Compressed => f.write_str(
                "the segment's dictionary is compressed: write it again without the feature `zstd-compression`",
            ),
            Self::Positions => {
                f.write_str("the segment has positions: write it again with frequencies alone (`WithFreqs`)")
            }
            Self::NoNorms => f.write_str("a field has no norms: write the segment again with field norms"),
            Self::Damaged(part) => {
                write!(f, "the segment's file `{}` is cut or damaged: fetch or write it again", part.extension())
            }
        }
    }
}

impl core::error::Error for Error {}
