//! What every part of the panel may need: the setup, the bundle's listing, and a way to say what the visitor did.

use std::rc::Rc;

use answer_messages::{Library, Listing};

use crate::{
    address,
    deeds::{Deed, Deeds},
    setup::Setup,
    state::Action,
    text::{Lang, joined},
};

/// Handed down to all parts.
pub(crate) struct Shell {
    /// What the loader said.
    pub(crate) setup: Rc<Setup>,
    /// The bundle's listing, once it is there.
    pub(crate) library: Option<Rc<Library>>,
    /// Whether there is a desk.
    pub(crate) desk: bool,
    /// What clicks do.
    pub(crate) deeds: Deeds,
}

impl Shell {
    /// Language of the bubble.
    pub(crate) fn lang(&self) -> Lang {
        self.setup.lang
    }

    /// The place of a deed at which this happens.
    #[inline(never)]
    pub(crate) fn does(&self, action: Action) -> usize {
        self.deeds.add(Deed::Act(action))
    }

    /// Address of the static help centre.
    pub(crate) fn site(&self) -> Option<String> {
        let of_bundle = self.library.as_ref().map(|library| library.site_url.clone());
        of_bundle
            .filter(|site| !site.is_empty())
            .or_else(|| self.setup.given.site.clone())
            .filter(|site| address::allowed(site))
    }

    /// Address of an article's page in the static help centre, where there is one.
    pub(crate) fn page(&self, url: &str) -> Option<String> {
        let site = &self.library.as_ref()?.site_url;
        let page = joined(&[site, url]);
        (!site.is_empty() && address::allowed(&page)).then_some(page)
    }

    /// The article with this slug.
    pub(crate) fn listing(&self, slug: &str) -> Option<&Listing> {
        self.library.as_ref()?.articles.iter().find(|listing| listing.slug == slug)
    }

    /// Address of the page of the article with this slug.
    pub(crate) fn page_of(&self, slug: &str) -> Option<String> {
        self.page(&self.listing(slug)?.url)
    }

    /// Where a person can be reached without a desk.
    pub(crate) fn contact(&self) -> Option<String> {
        self.setup.contact(self.library.as_deref())
    }
}
