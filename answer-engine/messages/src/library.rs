use serde::{Deserialize, Serialize};

/// What a bundle says of itself in one language: what a widget needs to greet, to browse and to link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Library {
    /// Name of the help centre; empty where `kb.toml` gives none.
    pub name: String,
    /// Language of the articles.
    pub lang: String,
    /// All languages of the bundle, sorted.
    pub languages: Vec<String>,
    /// Address that articles' `url`s are relative to; ends with `/`, or is empty where none is set.
    pub site_url: String,
    /// Address of the desk, where one is set.
    pub desk: Option<String>,
    /// URL or `mailto:` used where no desk is set.
    pub contact: Option<String>,
    /// Questions suggested by page pattern, in the order of `kb.toml`: (pattern, questions).
    pub suggestions: Vec<(String, Vec<String>)>,
    /// The articles, by collection, order and title; of a large help centre the first ones, until all are asked for.
    pub articles: Vec<Listing>,
    /// How many articles there are.
    pub count: u32,
}

/// An article in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Slug.
    pub slug: String,
    /// Title.
    pub title: String,
    /// One line about it; may be empty.
    pub description: String,
    /// Collection; may be empty.
    pub collection: String,
    /// Address relative to `site_url`.
    pub url: String,
    /// Day of the last revision; may be empty.
    pub updated: String,
}

impl Library {
    /// Whether all articles are listed.
    pub fn is_complete(&self) -> bool {
        self.articles.len() >= self.count as usize
    }

    /// Whether the article with this slug and language has no translation here; no where not all articles are listed.
    pub fn lacks(&self, slug: &str, lang: &str) -> bool {
        if !self.is_complete() {
            return false;
        }
        let name = without_language(slug, lang);
        self.articles.iter().all(|listing| without_language(&listing.slug, &self.lang) != name)
    }
}

/// A slug without the folder of its language: what translations of an article have in common.
pub fn without_language<'s>(slug: &'s str, lang: &str) -> &'s str {
    slug.strip_prefix(lang).and_then(|rest| rest.strip_prefix('/')).unwrap_or(slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translations() {
        let listing = |slug: &str| Listing { slug: slug.into(), ..Listing::default() };
        let library =
            Library { lang: "ko".into(), articles: vec![listing("ko/a"), listing("b")], ..Library::default() };
        let check = |slug, lang, expected| assert_eq!(library.lacks(slug, lang), expected, "{slug}");
        check("en/a", "en", false);
        check("en/b", "en", false);
        check("pt-BR/a", "pt-BR", false);
        check("en/c", "en", true);
        check("en-GB/a", "en", true);
        check("ko/a", "ko", false);
    }
}
