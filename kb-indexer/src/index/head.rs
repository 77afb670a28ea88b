use answer_engine::{
    Engine,
    analysis::Analyzer,
    bundle::{ArticleEntry, CATALOG, Calibrations, Catalog, Settings, container},
    scoring::vocabulary,
};
use answer_messages::{Library, Listing};

use super::{BundleFile, Encoded, Form, IndexError, divide, documents, meaning, packs, segment};
use crate::{
    article::ParsedArticle,
    calibration::{self, SelfTest},
    config::Config,
};

/// What is compiled of one language.
pub(super) struct Compiled {
    /// The head.
    pub(super) head: Vec<u8>,
    /// Files beside it: articles in packs, and blocks where there are any.
    pub(super) files: Vec<BundleFile>,
    /// The file of word vectors.
    pub(super) words: Option<Vec<u8>>,
    /// What the self-test found.
    pub(super) self_test: Option<SelfTest>,
}

/// A larger file of vectors is left out: on a slow line it would be there when the visitor has left, and until then it would
/// be in the way of questions.
const MOST_WORDS: usize = 2 * 1024 * 1024;

/// Compiles one language's head.
#[allow(clippy::too_many_lines, reason = "one step after the other")]
#[allow(clippy::too_many_arguments, reason = "all that a head is made of")]
pub(super) fn head(
    form: Form,
    articles: &[&ParsedArticle],
    lang: &str,
    languages: &[&str],
    config: &Config,
    encoded: Option<&Encoded>,
    progress: &(dyn Fn() + Sync),
) -> Result<Compiled, IndexError> {
    let too_large = || IndexError::TooLarge { lang: lang.to_owned() };
    let stemmer = Analyzer::stemmer_for(lang);
    let analyzer = Analyzer::new(stemmer)?;
    let order = browse_order(articles);

    let mut sections = 0_usize;
    let mut first_sections = Vec::with_capacity(articles.len());
    for article in articles {
        first_sections.push(u32::try_from(sections).map_err(|_| too_large())?);
        sections += article.sections.len();
    }
    let encoded_articles = packs::encode(articles)?;
    let packs = packs::pack(&encoded_articles, false, lang)?;
    let places = packs.places.clone();
    let (pieces, files) = packs.files();
    let documents = documents::documents(articles, &first_sections, &analyzer, progress);

    let mut listings = vec![0_u32; articles.len()];
    for (listed, at) in (0_u32..).zip(&order) {
        listings[*at] = listed;
    }
    let mut entries = Vec::with_capacity(articles.len());
    for (at, article) in articles.iter().enumerate() {
        entries.push(ArticleEntry {
            listing: listings[at],
            first_section: first_sections[at],
            sections: u32::try_from(article.sections.len()).map_err(|_| too_large())?,
            place: places[at].clone(),
        });
    }
    let mut settings = Settings::default();
    if let Some(share) = config.accepted_wrong_answers {
        settings.accepted_wrong_answers = share;
    }
    if let Some(share) = config.unanswerable_share {
        settings.unanswerable_share = share;
    }
    let mut catalog = Catalog {
        library: Library {
            name: config.name.clone(),
            lang: lang.to_owned(),
            languages: languages.iter().map(|tag| (*tag).to_owned()).collect(),
            site_url: config.site_url.clone(),
            desk: config.desk.clone(),
            contact: config.contact.clone(),
            suggestions: config.suggestions.clone(),
            articles: order.iter().map(|at| listing(articles[*at])).collect(),
            count: u32::try_from(articles.len()).map_err(|_| too_large())?,
        },
        stemmer: stemmer.map(str::to_owned),
        synonyms: synonyms(config, lang, &analyzer),
        everywhere: documents::everywhere(&documents, &analyzer),
        settings,
        samples: documents::samples(articles, &analyzer),
        calibrations: Calibrations::default(),
        articles: entries,
        is_large: false,
        lengths: None,
        units: documents.iter().map(|document| document.unit).collect(),
        packs: pieces,
    };
    let rest = segment::write(&documents)?;
    let bytes = rest.iter().map(|(_, bytes)| bytes.len() as u64).sum::<u64>() + catalog.encode()?.len() as u64;
    if bytes > u64::from(u32::MAX / 2) {
        return Err(too_large());
    }
    catalog.is_large = match form {
        Form::BySize => bytes > divide::LARGE,
        Form::Whole => false,
        Form::Blocks => true,
    };
    let pack = |catalog: &Catalog| -> Result<Vec<u8>, IndexError> {
        let mut parts = vec![(CATALOG.to_owned(), catalog.encode()?)];
        parts.extend(rest.iter().cloned());
        Ok(container::pack(&parts))
    };
    let untested = pack(&catalog)?;
    let is_tested = calibration::has_samples(articles);
    let fits = meaning::least_bytes(&documents, articles.len()) <= MOST_WORDS;
    // An index that has no vectors and tests nothing needs none.
    let vectors = if fits || is_tested {
        let encoded = encoded.map(|encoded| encoded.of_documents(articles, &analyzer));
        meaning::Vectors::of(lang, &documents, articles.len(), encoded.as_deref())?
    } else {
        None
    };
    let known = if catalog.is_large && vectors.is_some() {
        vocabulary(Engine::open(untested.clone())?.postings())
    } else {
        Vec::new()
    };
    let file = |most| vectors.as_ref().map(|vectors| vectors.file(most, &known)).transpose();
    let mut words = file(meaning::PHRASES)?;
    if words.as_ref().is_some_and(|words| words.len() > MOST_WORDS) {
        words = None;
    }
    // Once by words alone, once with vectors of every single phrase, each in a thread of its own.
    let test = |vectors: Option<Vec<u8>>| -> Result<_, IndexError> {
        let engine = Engine::open(untested.clone())?;
        if let Some(vectors) = vectors {
            engine.add_meaning(&vectors).map_err(answer_engine::OpenError::from)?;
        }
        Ok(calibration::calibrate(articles, &documents, &engine, &analyzer, &settings))
    };
    let (mut by_words, mut with_meaning) = (None, None);
    if is_tested {
        let all_phrases = file(usize::MAX)?;
        let (first, second) = std::thread::scope(|scope| {
            let with_meaning = all_phrases.map(|vectors| scope.spawn(|| test(Some(vectors))));
            let by_words = test(None);
            (by_words, with_meaning.map(|thread| thread.join()))
        });
        by_words = first?;
        with_meaning = match second {
            Some(Ok(found)) => found?,
            // A panic in the other thread goes on in this one.
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => None,
        };
    }
    catalog.calibrations = Calibrations {
        by_words: by_words.as_ref().and_then(|(calibration, _)| *calibration),
        with_meaning: with_meaning.as_ref().and_then(|(calibration, _)| *calibration),
    };
    let self_test = with_meaning.or(by_words).map(|(_, found)| found);
    let (head, files) =
        if catalog.is_large { divide::divide(catalog, rest, &encoded_articles)? } else { (pack(&catalog)?, files) };
    Ok(Compiled { head, files, words, self_test })
}

/// The groups that `kb.toml` has for a language, in terms; a word that has none is left out.
fn synonyms(config: &Config, lang: &str, analyzer: &Analyzer) -> Vec<Vec<String>> {
    let groups = config.synonyms.iter().filter(|(tag, _)| tag == lang).flat_map(|(_, groups)| groups);
    let mut found = Vec::new();
    for group in groups {
        let mut words: Vec<String> = Vec::new();
        for word in group {
            let terms: Vec<String> = analyzer.words(word).into_iter().map(|token| token.term).collect();
            let word = terms.join(" ");
            if !word.is_empty() && !words.contains(&word) {
                words.push(word);
            }
        }
        if words.len() > 1 {
            found.push(words);
        }
    }
    found
}

/// Articles by collection, order and title, as positions. Collections come in the order of their first article's
/// `order`, so that a writer who numbers articles throughout also orders the collections.
fn browse_order(articles: &[&ParsedArticle]) -> Vec<usize> {
    let place = |article: &ParsedArticle| article.order.unwrap_or(i64::MAX);
    let collection = |article: &ParsedArticle| article.collection.clone().unwrap_or_default();
    let mut collections: std::collections::BTreeMap<String, i64> = std::collections::BTreeMap::new();
    for article in articles {
        let first = collections.entry(collection(article)).or_insert(i64::MAX);
        *first = (*first).min(place(article));
    }
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by_cached_key(|at| {
        let article = articles[*at];
        let name = collection(article);
        (collections[&name], name, place(article), article.title.clone(), article.slug.clone())
    });
    order
}

fn listing(article: &ParsedArticle) -> Listing {
    Listing {
        slug: article.slug.clone(),
        title: article.title.clone(),
        description: article.description.clone(),
        collection: article.collection.clone().unwrap_or_default(),
        url: article.url.clone(),
        updated: article.updated.clone().unwrap_or_default(),
    }
}
