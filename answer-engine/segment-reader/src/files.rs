use crate::{Error, Part, checksum::crc32, footer};

/// The three files of a segment that are needed.
#[derive(Clone, Debug)]
pub struct SegmentFiles<B> {
    /// The file `.term`.
    pub dictionary: B,
    /// The file `.idx`.
    pub postings: B,
    /// The file `.fieldnorm`.
    pub norms: B,
}

impl<B> SegmentFiles<B> {
    /// Picks them among the files of an index, by their names. Other files are passed over.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Segments`] and [`Error::Deletes`].
    pub fn of<N: AsRef<str>>(files: impl IntoIterator<Item = (N, B)>) -> Result<Self, Error> {
        let mut segment: Option<N> = None;
        let mut found: [Option<B>; 3] = [None, None, None];
        for (name, bytes) in files {
            let Some((stem, extension)) = name.as_ref().rsplit_once('.') else { continue };
            let place = match extension {
                "term" => &mut found[0],
                "idx" => &mut found[1],
                "fieldnorm" => &mut found[2],
                "del" => return Err(Error::Deletes),
                _ => continue,
            };
            let same = segment.as_ref().is_none_or(|other| Some(stem) == stem_of(other.as_ref()));
            if !same || place.replace(bytes).is_some() {
                return Err(Error::Segments);
            }
            segment = Some(name);
        }
        let [dictionary, postings, norms] = found;
        Ok(Self {
            dictionary: dictionary.ok_or(Error::Missing(Part::Dictionary))?,
            postings: postings.ok_or(Error::Missing(Part::Postings))?,
            norms: norms.ok_or(Error::Missing(Part::Norms))?,
        })
    }
}

fn stem_of(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(stem, _)| stem)
}

impl<B: AsRef<[u8]>> SegmentFiles<B> {
    /// Whether the bytes are those that tantivy wrote, by its checksums. [`crate::Segment::open`] does not ask: bytes that
    /// were checked on their way need not be checked again.
    ///
    /// # Errors
    /// [`Error::Damaged`], and [`Error::Format`] of another version.
    pub fn verify(&self) -> Result<(), Error> {
        for (file, part) in self.parts() {
            let body = footer::body(file, part)?;
            if crc32(body.bytes) != body.checksum {
                return Err(Error::Damaged(part));
            }
        }
        Ok(())
    }

    fn parts(&self) -> [(&[u8], Part); 3] {
        [
            (self.dictionary.as_ref(), Part::Dictionary),
            (self.postings.as_ref(), Part::Postings),
            (self.norms.as_ref(), Part::Norms),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], expected: Result<[usize; 3], Error>) {
        let files = names.iter().enumerate().map(|(at, name)| (*name, at));
        let found = SegmentFiles::of(files).map(|files| [files.dictionary, files.postings, files.norms]);
        assert_eq!(found, expected, "{names:?}");
    }

    #[test]
    fn files_by_name() {
        check(&["meta.json", "a.fieldnorm", "a.idx", "a.pos", "a.term", "a.store"], Ok([4, 2, 1]));
        check(&["a.term", "a.idx"], Err(Error::Missing(Part::Norms)));
        check(&[], Err(Error::Missing(Part::Dictionary)));
        check(&["a.term", "b.term", "a.idx", "a.fieldnorm"], Err(Error::Segments));
        check(&["a.term", "b.idx", "a.fieldnorm"], Err(Error::Segments));
        check(&["a.term", "a.idx", "a.fieldnorm", "a.17.del"], Err(Error::Deletes));
    }
}
