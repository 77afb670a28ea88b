//! A question that is still being typed.

use crate::{Engine, analysis::fold, postings::Index, scoring::is_known};

impl Engine {
    /// The word of which this is most likely the beginning, in an index in blocks. Those are noted that would be missing.
    pub fn expect(&self, begun: &str) -> Option<String> {
        let Index::Divided(postings) = self.postings() else { return None };
        for gram in self.analyzer().grams(begun) {
            postings.expect(&gram.term);
        }
        // Two letters begin too many.
        let likeliest = if begun.len() > 2 { postings.likeliest(&fold(begun)) } else { None };
        // A whole word may end in what its term does not have.
        likeliest.or_else(|| {
            let token = self.analyzer().words(begun).pop()?;
            is_known(&token.term, self.postings()).then_some(token.term)
        })
    }
}
