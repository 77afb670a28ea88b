use alloc::vec::Vec;
use core::ops::Range;

use crate::{
    Error, Part, Postings, SegmentFiles, Term, Terms, composite,
    dictionary::{Dictionary, Limits},
    footer, length_of,
};

/// An open segment, over bytes that it keeps.
#[derive(Clone, Debug)]
pub struct Segment<B> {
    files: SegmentFiles<B>,
    documents: u32,
    /// By number, rising.
    fields: Vec<OpenField>,
}

#[derive(Clone, Debug)]
struct OpenField {
    number: u32,
    tokens: u64,
    dictionary: Dictionary,
    /// Where its terms, postings and norms are in their files.
    terms: Range<usize>,
    postings: Range<usize>,
    norms: Range<usize>,
}

impl<B: AsRef<[u8]>> Segment<B> {
    /// Opens a segment. All of its dictionaries are walked through and checked.
    ///
    /// # Errors
    /// [`Error`] where the files are not what this crate reads.
    pub fn open(files: SegmentFiles<B>) -> Result<Self, Error> {
        let SegmentFiles { dictionary, postings, norms } = &files;
        let slices =
            SegmentFiles { dictionary: dictionary.as_ref(), postings: postings.as_ref(), norms: norms.as_ref() };
        let (documents, fields) = OpenField::all(&slices)?;
        Ok(Self { files, documents, fields })
    }

    /// Number of documents.
    pub fn documents(&self) -> u32 {
        self.documents
    }

    /// The numbers of all fields with norms, rising. They are those of tantivy's schema.
    pub fn fields(&self) -> impl Iterator<Item = u32> + '_ {
        self.fields.iter().map(|field| field.number)
    }

    /// A field by its number; `None` where the segment has no such field.
    pub fn field(&self, number: u32) -> Option<Field<'_>> {
        let field = self.open_field(number)?;
        Some(Field {
            open: field,
            documents: self.documents,
            terms: self.files.dictionary.as_ref().get(field.terms.clone())?,
            postings: self.files.postings.as_ref().get(field.postings.clone())?,
            norms: self.files.norms.as_ref().get(field.norms.clone())?,
        })
    }

    /// [`Field::length`] without the way over the field: scoring asks it for every posting.
    #[inline]
    pub fn length(&self, field: u32, document: u32) -> Option<u32> {
        let range = &self.open_field(field)?.norms;
        if document >= self.documents {
            return None;
        }
        let norm = self.files.norms.as_ref().get(range.start + document as usize)?;
        Some(length_of(*norm))
    }

    #[inline]
    fn open_field(&self, number: u32) -> Option<&OpenField> {
        // As a rule all of a schema's fields are there.
        match self.fields.get(number as usize) {
            Some(field) if field.number == number => Some(field),
            _ => self.fields.iter().find(|field| field.number == number),
        }
    }
}

fn take(ranges: &mut Vec<(u32, Range<usize>)>, number: u32) -> Option<Range<usize>> {
    let at = ranges.iter().position(|(other, _)| *other == number)?;
    Some(ranges.swap_remove(at).1)
}

impl OpenField {
    /// Number of documents, and the fields. Apart from [`Segment::open`], so that there is one for all kinds of bytes.
    fn all(files: &SegmentFiles<&[u8]>) -> Result<(u32, Vec<Self>), Error> {
        let ranges = |file: &[u8], part| {
            let body = footer::body(file, part)?;
            composite::ranges(body.bytes).ok_or(Error::Damaged(part))
        };
        let mut terms = ranges(files.dictionary, Part::Dictionary)?;
        let mut postings = ranges(files.postings, Part::Postings)?;
        let mut norms = ranges(files.norms, Part::Norms)?;
        norms.sort_unstable_by_key(|(number, _)| *number);
        // Every field has as many norms as there are documents.
        let documents = norms.first().map_or(0, |(_, range)| range.len());
        let documents = u32::try_from(documents).map_err(|_| Error::Damaged(Part::Norms))?;
        let mut fields = Vec::new();
        for (number, norms) in norms {
            if norms.len() != documents as usize {
                return Err(Error::Damaged(Part::Norms));
            }
            let mut field =
                OpenField { number, tokens: 0, dictionary: Dictionary::empty(), terms: 0..0, postings: 0..0, norms };
            // A field without a word has neither.
            match (take(&mut terms, number), take(&mut postings, number)) {
                (Some(terms), Some(postings)) => field.fill(files, terms, postings, documents)?,
                (None, None) => {}
                (None, Some(_)) => return Err(Error::Damaged(Part::Dictionary)),
                (Some(_), None) => return Err(Error::Damaged(Part::Postings)),
            }
            fields.push(field);
        }
        if !terms.is_empty() || !postings.is_empty() {
            return Err(Error::NoNorms);
        }
        Ok((documents, fields))
    }

    fn fill(
        &mut self,
        files: &SegmentFiles<&[u8]>,
        terms: Range<usize>,
        postings: Range<usize>,
        documents: u32,
    ) -> Result<(), Error> {
        let damaged = Error::Damaged(Part::Postings);
        let bytes = files.postings.get(postings.clone()).ok_or(damaged)?;
        let (tokens, rest) = bytes.split_first_chunk::<8>().ok_or(damaged)?;
        let limits = Limits { documents, postings: u32::try_from(rest.len()).map_err(|_| damaged)? };
        let table = files.dictionary.get(terms.clone()).ok_or(Error::Damaged(Part::Dictionary))?;
        self.dictionary = Dictionary::open(table, limits)?;
        self.tokens = u64::from_le_bytes(*tokens);
        self.terms = terms;
        self.postings = postings.start + 8..postings.end;
        Ok(())
    }
}

/// A field of an open segment.
#[derive(Clone, Copy)]
pub struct Field<'a> {
    open: &'a OpenField,
    documents: u32,
    terms: &'a [u8],
    postings: &'a [u8],
    norms: &'a [u8],
}

impl<'a> Field<'a> {
    /// Number of tokens in all documents.
    pub fn tokens(&self) -> u64 {
        self.open.tokens
    }

    /// Number of terms.
    pub fn terms(&self) -> u32 {
        self.open.dictionary.terms()
    }

    /// Looks a term up. A word's term is its UTF-8.
    pub fn term(&self, term: &[u8]) -> Option<Term> {
        self.open.dictionary.get(self.terms, term)
    }

    /// The terms that begin with `prefix`, in the order of their bytes.
    pub fn terms_from(&self, prefix: &'a [u8]) -> Terms<'a> {
        Terms::new(&self.open.dictionary, self.terms, prefix)
    }

    /// The postings of a term of this field.
    pub fn postings(&self, term: &Term) -> Postings<'a> {
        Postings::new(self.postings, term, self.documents)
    }

    /// Number of tokens of a document, rounded down as the index stores it; `None` where there is no such document.
    pub fn length(&self, document: u32) -> Option<u32> {
        self.norms.get(document as usize).map(|norm| length_of(*norm))
    }
}
