//! The catalog as it is written. A visitor downloads it with every first answer, so it says nothing twice: documents follow
//! from counts, places from lengths; like stands beside like, which compresses well; weights have one byte.

use answer_messages::{
    Library,
    plain::{Read, Reader},
};
use serde::{Deserialize, Serialize};

use super::{
    ArticleEntry, Calibrations, Catalog, Piece, Place, Settings, Unit,
    catalog::{ArticleHash, HASH},
};

/// Articles that a library lists where the others are in a block: for the bubble's greeting.
const GREETED: usize = 3;

/// Phrases and sections of all articles: more than tantivy would take is damage.
const MOST: u32 = 1 << 24;

/// What is written. Lists of articles are in their order.
#[derive(Default, Serialize, Deserialize)]
struct CatalogFile {
    library: Library,
    stemmer: Option<String>,
    synonyms: Vec<Vec<String>>,
    everywhere: Vec<String>,
    settings: Settings,
    samples: u32,
    calibrations: Calibrations,
    /// Each article's place in the library.
    listings: Vec<u32>,
    /// How many phrases each article has: its first documents.
    phrases: Vec<u32>,
    /// How many sections each article has: the documents behind them. The document of the article itself ends its row.
    sections: Vec<u32>,
    /// The phrases that are headings, and their sections: positions among all phrases, and among all sections.
    headings: Vec<(u32, u32)>,
    is_large: bool,
    lengths: Option<[Vec<u32>; 2]>,
    /// Of each phrase and each section, in the documents' order; see [`packed`].
    weights: Vec<u8>,
    /// The packs' paths.
    packs: Vec<String>,
    /// How many articles each pack has.
    in_pack: Vec<u32>,
    /// Each article's bytes in its pack.
    bytes: Vec<u32>,
    /// Each article's [`ArticleHash`], one behind the other.
    hashes: Vec<u8>,
}

/// As postcard writes it; its own reader would take many times as many bytes of what visitors download.
impl Read for CatalogFile {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Some(Self {
            library: Read::read(reader)?,
            stemmer: Read::read(reader)?,
            synonyms: Read::read(reader)?,
            everywhere: Read::read(reader)?,
            settings: Read::read(reader)?,
            samples: Read::read(reader)?,
            calibrations: Read::read(reader)?,
            listings: Read::read(reader)?,
            phrases: Read::read(reader)?,
            sections: Read::read(reader)?,
            headings: Read::read(reader)?,
            is_large: Read::read(reader)?,
            lengths: Read::read(reader)?,
            weights: reader.bytes()?.to_vec(),
            packs: Read::read(reader)?,
            in_pack: Read::read(reader)?,
            bytes: Read::read(reader)?,
            hashes: reader.bytes()?.to_vec(),
        })
    }
}

impl Catalog {
    /// The bytes of a catalog whose documents are, article by article, its phrases, its sections and itself.
    ///
    /// # Errors
    /// Where it cannot be encoded.
    pub fn encode(&self) -> Result<Vec<u8>, postcard::Error> {
        let mut file = CatalogFile {
            library: self.library.clone(),
            stemmer: self.stemmer.clone(),
            synonyms: self.synonyms.clone(),
            everywhere: self.everywhere.clone(),
            settings: self.settings,
            samples: self.samples,
            calibrations: self.calibrations,
            listings: self.articles.iter().map(|entry| entry.listing).collect(),
            phrases: vec![0; self.articles.len()],
            sections: self.articles.iter().map(|entry| entry.sections).collect(),
            is_large: self.is_large,
            lengths: self.lengths.clone(),
            packs: self.packs.iter().map(|pack| pack.path.clone()).collect(),
            in_pack: vec![0; self.packs.len()],
            bytes: self.articles.iter().map(|entry| entry.place.length).collect(),
            hashes: self.articles.iter().flat_map(|entry| entry.place.hash).collect(),
            ..CatalogFile::default()
        };
        for entry in &self.articles {
            if let Some(count) = file.in_pack.get_mut(entry.place.pack as usize) {
                *count += 1;
            }
        }
        let mut phrases = 0;
        for unit in &self.units {
            match unit {
                Unit::Phrase { article, section, weight } => {
                    if let Some(count) = file.phrases.get_mut(*article as usize) {
                        *count += 1;
                    }
                    file.headings.extend(section.map(|section| (phrases, section)));
                    file.weights.push(packed(*weight));
                    phrases += 1;
                }
                Unit::Section { weight, .. } => file.weights.push(packed(*weight)),
                Unit::Article { .. } => {}
            }
        }
        if self.lengths.is_some() {
            // All this is in the blocks.
            file.library.articles.truncate(GREETED);
            for list in [&mut file.listings, &mut file.bytes] {
                list.clear();
            }
            for list in [&mut file.weights, &mut file.hashes] {
                list.clear();
            }
            file.packs.clear();
        }
        postcard::to_allocvec(&file)
    }

    /// Reads what [`Catalog::encode`] wrote; `None` where the bytes are something else.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let file = CatalogFile::from_plain(bytes)?;
        let count = file.phrases.len();
        let (hashes, rest) = file.hashes.as_chunks::<HASH>();
        let sum = |counts: &[u32]| counts.iter().try_fold(0_u32, |sum, count| sum.checked_add(*count));
        let documents = sum(&file.phrases)?.checked_add(sum(&file.sections)?)?;
        let (each, weighed, packs) = match &file.lengths {
            None => (count, documents as usize, file.in_pack.len()),
            Some(_) => (0, 0, 0),
        };
        // What is allocated below is as large as what is there; a few bytes tell of many documents only where each of these
        // has a place in the blocks.
        let sound = [file.listings.len(), file.bytes.len(), hashes.len()].iter().all(|length| *length == each)
            && file.sections.len() == count
            && rest.is_empty()
            && file.weights.len() == weighed
            && documents <= MOST
            && file.packs.len() == packs
            && file.lengths.iter().flatten().all(|lengths| lengths.len() == count)
            && sum(&file.in_pack)? as usize == count;
        if !sound {
            return None;
        }
        let (articles, packs) = placed(&file, hashes)?;
        let mut weights = file.weights.into_iter().map(unpacked).chain(std::iter::repeat(0.0));
        let mut headings = file.headings.into_iter().peekable();
        let mut units = Vec::with_capacity(documents as usize + count);
        let mut phrase = 0;
        for ((article, entry), phrases) in (0..).zip(&articles).zip(file.phrases) {
            for phrase in phrase..phrase + phrases {
                let section = headings.next_if(|(at, _)| *at == phrase).map(|(_, section)| section);
                units.push(Unit::Phrase { article, section, weight: weights.next()? });
            }
            phrase += phrases;
            for section in entry.first_section..entry.first_section + entry.sections {
                units.push(Unit::Section { article, section, weight: weights.next()? });
            }
            units.push(Unit::Article { article });
        }
        Some(Self {
            library: file.library,
            stemmer: file.stemmer,
            synonyms: file.synonyms,
            everywhere: file.everywhere,
            settings: file.settings,
            samples: file.samples,
            calibrations: file.calibrations,
            articles,
            is_large: file.is_large,
            lengths: file.lengths,
            units,
            packs,
        })
    }
}

/// Where each article stands, from what each pack holds and how long each article is. In blocks it is its card that tells.
fn placed(file: &CatalogFile, hashes: &[ArticleHash]) -> Option<(Vec<ArticleEntry>, Vec<Piece>)> {
    let mut articles: Vec<ArticleEntry> = Vec::with_capacity(file.phrases.len());
    let mut packs = Vec::with_capacity(file.in_pack.len());
    let mut first_section = 0;
    for (pack, count) in (0_u32..).zip(&file.in_pack) {
        let mut offset = 0_u32;
        for at in articles.len()..articles.len() + *count as usize {
            let sections = *file.sections.get(at)?;
            let length = file.bytes.get(at).copied().unwrap_or_default();
            let hash = hashes.get(at).copied().unwrap_or_default();
            articles.push(ArticleEntry {
                // An index in blocks has no listings.
                listing: file.listings.get(at).copied().unwrap_or_default(),
                first_section,
                sections,
                place: Place { pack, offset, length, hash },
            });
            first_section += sections;
            offset = offset.checked_add(length)?;
        }
        let path = file.packs.get(pack as usize).cloned().unwrap_or_default();
        packs.push(Piece { path, bytes: offset, part: None });
    }
    Some((articles, packs))
}

/// The weight of a phrase or a heading in one byte: its root in 32nds, up to 63.5. The step is a fiftieth of a weight of 10.
pub fn packed(weight: f32) -> u8 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float becomes the nearest byte")]
    let byte = (libm::sqrtf(weight.max(0.0)) * 32.0 + 0.5) as u8;
    byte
}

pub(crate) fn unpacked(byte: u8) -> f32 {
    let root = f32::from(byte) / 32.0;
    root * root
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Articles by their phrases (with the section of a heading), sections (whether they say anything) and length.
    type Shape = Vec<(Vec<Option<u8>>, Vec<bool>, u16)>;

    fn catalog(shape: &Shape, per_pack: usize) -> Catalog {
        let mut catalog = Catalog { samples: 3, stemmer: Some("english".into()), ..Catalog::default() };
        let mut first_section = 0;
        for ((article, at), (phrases, sections, length)) in (0..).zip(0_usize..).zip(shape) {
            if at % per_pack == 0 {
                catalog.packs.push(Piece { path: format!("articles/{at}.pack"), ..Piece::default() });
            }
            let pack = catalog.packs.last_mut().unwrap();
            let (count, length) = (sections.len() as u32, u32::from(*length));
            let place = Place { pack: (at / per_pack) as u32, offset: pack.bytes, length, hash: [at as u8; HASH] };
            pack.bytes += length;
            catalog.articles.push(ArticleEntry { listing: article ^ 1, first_section, sections: count, place });
            for (phrase, heading) in (0_u8..).zip(phrases) {
                let section = heading.filter(|_| count > 0).map(|section| first_section + u32::from(section) % count);
                catalog.units.push(Unit::Phrase { article, section, weight: unpacked(phrase) });
            }
            for section in first_section..first_section + count {
                catalog.units.push(Unit::Section { article, section, weight: unpacked(section as u8) });
            }
            catalog.units.push(Unit::Article { article });
            first_section += count;
        }
        catalog
    }

    fn shapes() -> impl Strategy<Value = Shape> {
        let phrases = proptest::collection::vec(proptest::option::weighted(0.2, any::<u8>()), 0..5);
        let sections = proptest::collection::vec(any::<bool>(), 0..5);
        proptest::collection::vec((phrases, sections, any::<u16>()), 0..9)
    }

    proptest! {
        #[test]
        fn what_was_encoded_comes_back(shape in shapes(), per_pack in 1_usize..4) {
            let catalog = catalog(&shape, per_pack);
            prop_assert_eq!(Catalog::decode(&catalog.encode().unwrap()), Some(catalog));
        }

        #[test]
        fn damage_is_no_panic(shape in shapes(), cut in 0_usize..400, flip in 0_usize..400, by in 1_u8..) {
            let mut bytes = catalog(&shape, 2).encode().unwrap();
            let at = flip % bytes.len();
            bytes[at] ^= by;
            bytes.truncate(cut.max(1));
            if let Some(read) = Catalog::decode(&bytes) {
                prop_assert!(read.units.len() <= 3 * bytes.len());
            }
        }
    }

    #[test]
    fn weights_keep_their_size() {
        for weight in [0.0_f32, 0.3, 1.0, 4.2, 9.9, 31.0, 63.0] {
            let kept = unpacked(packed(weight));
            assert!((kept - weight).abs() <= 0.01 + 0.02 * weight.max(1.0), "{weight} {kept}");
        }
        assert_eq!(packed(1e9), 255);
        assert_eq!(packed(f32::NAN), 0);
    }
}
