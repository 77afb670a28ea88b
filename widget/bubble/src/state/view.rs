use search_client::{choice, record};

/// A place in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Slug of the article.
    pub(crate) article: String,
    /// Anchor in it; empty for its top.
    pub(crate) section: String,
}

impl Place {
    /// The place with these names.
    pub(crate) fn new(article: &str, section: &str) -> Self {
        Self { article: article.to_owned(), section: section.to_owned() }
    }
}

/// What the middle of the panel shows. The conversation lies beneath them all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum View {
    /// The list of all articles.
    Browse,
    /// An article.
    Article(Place),
}

record!(Place { article, section });
choice!(View {
    0 Browse {},
    1 Article { 0: place },
    else Self::Browse
});
