//! The catalog as it is written. A visitor downloads it with every first answer, so it says nothing twice: documents follow
//! from counts, places from lengths; like stands beside like, which compresses well; weights have one byte.

use answer_messages::{
    Library,
    plain::{Read, Reader},
};
use serde::{Deserialize, Serialize};

use super::{
    ArticleEntry, Calibrations, Catalog, Pack, Place, Settings, Unit,
    catalog::{ArticleHash, HASH},
};

/// What is written. Lists of articles are in their order.
#[derive(Default, Serialize, Deserialize)]
struct CatalogFile {
    library: Library,
    stemmer: Option<String>,
    synonyms: Vec<Vec<String>>,
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
    /// The sections that say nothing but their heading.
    silent: Vec<u32>,
    /// Of each phrase and each section, in the documents' order; see [`packed`].
    weights: Vec<u8>,
    /// The packs' paths.
    packs: Vec<String>,
    /// How many articles each pack has.
    in_pack: Vec<u32>,
    /// Each article's bytes in its pack.
    lengths: Vec<u32>,
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
            settings: Read::read(reader)?,
            samples: Read::read(reader)?,
            calibrations: Read::read(reader)?,
            listings: Read::read(reader)?,
            phrases: Read::read(reader)?,
            sections: Read::read(reader)?,
            headings: Read::read(reader)?,
            silent: Read::read(reader)?,
            weights: reader.bytes()?.to_vec(),
            packs: Read::read(reader)?,
            in_pack: Read::read(reader)?,
            lengths: Read::read(reader)?,
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
            settings: self.settings,
            samples: self.samples,
            calibrations: self.calibrations,
            listings: self.articles.iter().map(|entry| entry.listing).collect(),
            phrases: vec![0; self.articles.len()],
            sections: self.articles.iter().map(|entry| entry.sections).collect(),
            silent: (0..).zip(&self.sections).filter(|(_, says)| !**says).map(|(at, _)| at).collect(),
            packs: self.packs.iter().map(|pack| pack.path.clone()).collect(),
            in_pack: vec![0; self.packs.len()],
            lengths: self.articles.iter().map(|entry| entry.place.length).collect(),
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
        postcard::to_allocvec(&file)
    }

    /// Reads what [`Catalog::encode`] wrote; `None` where the bytes are something else.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let file = CatalogFile::from_plain(bytes)?;
        let count = file.listings.len();
        let (hashes, rest) = file.hashes.as_chunks::<HASH>();
        let lists = [file.phrases.len(), file.sections.len(), file.lengths.len(), hashes.len()];
        let sum = |counts: &[u32]| counts.iter().try_fold(0_u32, |sum, count| sum.checked_add(*count));
        let sections = sum(&file.sections)?;
        let documents = sum(&file.phrases)?.checked_add(sections)?;
        // What is allocated below is as large as what is there.
        let sound = lists.iter().all(|length| *length == count)
            && rest.is_empty()
            && file.weights.len() == documents as usize
            && file.in_pack.len() == file.packs.len()
            && sum(&file.in_pack)? as usize == count;
        if !sound {
            return None;
        }
        let mut says = vec![true; sections as usize];
        for silent in file.silent {
            *says.get_mut(silent as usize)? = false;
        }
        let (articles, packs) =
            placed(&file.listings, &file.sections, &file.lengths, hashes, file.packs, &file.in_pack)?;
        let mut weights = file.weights.into_iter().map(unpacked);
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
            settings: file.settings,
            samples: file.samples,
            calibrations: file.calibrations,
            articles,
            sections: says,
            units,
            packs,
        })
    }
}

/// Where each article stands, from what each pack holds and how long each article is.
fn placed(
    listings: &[u32],
    sections: &[u32],
    lengths: &[u32],
    hashes: &[ArticleHash],
    paths: Vec<String>,
    in_pack: &[u32],
) -> Option<(Vec<ArticleEntry>, Vec<Pack>)> {
    let mut articles = Vec::with_capacity(listings.len());
    let mut packs = Vec::with_capacity(paths.len());
    let mut rows = listings.iter().zip(sections).zip(lengths.iter().zip(hashes));
    let mut first_section = 0;
    for ((pack, path), count) in (0..).zip(paths).zip(in_pack) {
        let mut offset = 0_u32;
        for _ in 0..*count {
            let ((listing, sections), (length, hash)) = rows.next()?;
            articles.push(ArticleEntry {
                listing: *listing,
                first_section,
                sections: *sections,
                place: Place { pack, offset, length: *length, hash: *hash },
            });
            first_section += sections;
            offset = offset.checked_add(*length)?;
        }
        packs.push(Pack { path, bytes: offset });
    }
    Some((articles, packs))
}

/// A weight in one byte: its root in 32nds, up to 63.5. The step is a fiftieth of a weight of 10.
fn packed(weight: f32) -> u8 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float becomes the nearest byte")]
    let byte = (libm::sqrtf(weight.max(0.0)) * 32.0 + 0.5) as u8;
    byte
}

fn unpacked(byte: u8) -> f32 {
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
                catalog.packs.push(Pack { path: format!("articles/{at}.pack"), bytes: 0 });
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
            catalog.sections.extend(sections);
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
