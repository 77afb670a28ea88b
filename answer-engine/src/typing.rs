//! A question that is still being typed.

use crate::{
    Engine,
    analysis::fold,
    postings::{Index, Part, Postings as _},
    scoring::is_known,
};

impl Engine {
    /// The word of which this is most likely the beginning. In an index in blocks those are noted that would be missing, and
    /// there is none of a word that no block begins with.
    pub fn expect(&self, begun: &str) -> Option<String> {
        let Index::Divided(postings) = self.postings() else {
            let (mut most, mut likeliest) = (0, begun.to_owned());
            // Two letters begin too many.
            if begun.len() > 2 {
                self.postings().visit_terms(Part::Body.words(), &fold(begun), &mut |term, frequency| {
                    if frequency > most {
                        (most, likeliest) = (frequency, term.to_owned());
                    }
                });
            }
            return Some(likeliest);
        };
        for gram in self.analyzer().grams(begun) {
            postings.expect(&gram.term);
        }
        let likeliest = if begun.len() > 2 { postings.likeliest(&fold(begun)) } else { None };
        // A whole word may end in what its term does not have.
        likeliest.or_else(|| {
            let token = self.analyzer().words(begun).pop()?;
            is_known(&token.term, self.postings()).then_some(token.term)
        })
    }
}
