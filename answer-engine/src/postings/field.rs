#[cfg(feature = "full")]
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// Where words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// One title, alias, sample question or question heading (documents of the kind *phrase*).
    Phrase,
    /// An article's title (documents of the kind *article*).
    Title,
    /// An article's phrases joined (documents of the kind *article*).
    Questions,
    /// A section's heading and those above it (documents of the kind *section*).
    Headings,
    /// A section's text (documents of the kind *section*).
    Body,
}

/// A field of the index: a part, in words or in grams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldId {
    /// Where the words stand.
    pub part: Part,
    /// Whether the field holds the gram stream.
    pub grams: bool,
}

impl Part {
    /// The field of this part's words.
    pub const fn words(self) -> FieldId {
        FieldId { part: self, grams: false }
    }

    /// The field of this part's grams.
    pub const fn grams(self) -> FieldId {
        FieldId { part: self, grams: true }
    }
}

/// All fields, in the order of the schema, which is the order of their numbers.
pub const FIELDS: [FieldId; 10] = [
    Part::Phrase.words(),
    Part::Phrase.grams(),
    Part::Title.words(),
    Part::Title.grams(),
    Part::Questions.words(),
    Part::Questions.grams(),
    Part::Headings.words(),
    Part::Headings.grams(),
    Part::Body.words(),
    Part::Body.grams(),
];

impl FieldId {
    /// Name in the schema.
    pub const fn name(self) -> &'static str {
        match (self.part, self.grams) {
            (Part::Phrase, false) => "phrase",
            (Part::Phrase, true) => "phrase_grams",
            (Part::Title, false) => "title",
            (Part::Title, true) => "title_grams",
            (Part::Questions, false) => "questions",
            (Part::Questions, true) => "questions_grams",
            (Part::Headings, false) => "headings",
            (Part::Headings, true) => "headings_grams",
            (Part::Body, false) => "body",
            (Part::Body, true) => "body_grams",
        }
    }

    /// Position in [`FIELDS`].
    pub const fn number(self) -> usize {
        self.part as usize * 2 + self.grams as usize
    }

    /// tantivy's handle of the field.
    #[cfg(feature = "full")]
    pub fn tantivy(self) -> Field {
        // Ten fields.
        #[allow(clippy::cast_possible_truncation)]
        Field::from_field_id(self.number() as u32)
    }
}

#[cfg(feature = "full")]
/// The schema of every segment: frequencies and field norms, no positions, nothing stored.
pub fn schema() -> Schema {
    let indexing = TextFieldIndexing::default()
        // Terms are as they come; kb-indexer puts a way to hand over many of them at once under this name.
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::WithFreqs)
        .set_fieldnorms(true);
    let options = TextOptions::default().set_indexing_options(indexing);
    let mut builder = Schema::builder();
    for field in FIELDS {
        builder.add_text_field(field.name(), options.clone());
    }
    builder.build()
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_schema() {
        let schema = schema();
        for (number, field) in FIELDS.into_iter().enumerate() {
            assert_eq!(field.number(), number);
            assert_eq!(schema.get_field(field.name()).unwrap(), field.tantivy());
        }
    }
}
