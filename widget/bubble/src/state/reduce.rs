use std::rc::Rc;

use answer_messages::{Article, Decision, Hit, Library, Reason, Reply};

use super::{Item, Place, Said, View, Vote};
use crate::address::is_web;

/// How far the search is.
#[derive(Debug, Default)]
#[cfg_attr(test, derive(PartialEq))]
pub(crate) enum Search {
    /// Not started.
    #[default]
    Idle,
    /// The bundle is being opened. Questions wait.
    Opening,
    /// Ready for questions.
    Ready(Rc<Library>),
    /// It could not be opened.
    Failed,
}

/// An article that is to be read.
#[derive(Debug)]
#[cfg_attr(test, derive(PartialEq))]
pub(crate) enum Fetched {
    /// Asked for.
    Waiting,
    /// Here.
    Here(Rc<Article>),
    /// It could not be had.
    Missing,
}

/// Everything that the panel shows.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// Whether the panel stands open.
    pub(crate) open: bool,
    /// The conversation, oldest first.
    pub(crate) items: Vec<Item>,
    /// Answers that are shown at full length, by their ids.
    pub(crate) whole: Vec<u32>,
    /// What lies over the conversation; the last is shown.
    pub(crate) trail: Vec<View>,
    /// Whether the visitor wants a person: where there is a desk, its chat lies over all.
    pub(crate) person: bool,
    /// Address of the desk, where one is known.
    pub(crate) desk: Option<String>,
    /// Articles by slug, as far as they were asked for.
    pub(crate) articles: Vec<(String, Fetched)>,
    /// How far the search is.
    pub(crate) search: Search,
    /// The language that the visitor chose, behind the language of the page that it was chosen on.
    pub(crate) spoken: Option<(String, String)>,
    /// Whether the visitor has been waiting for so long that it is said.
    pub(crate) slow: bool,
    /// What may be what is being typed.
    pub(crate) suggested: Vec<Hit>,
    /// Counts changes of what is kept over pages.
    pub(crate) revision: u32,
    last_id: u32,
}

/// What can happen.
#[derive(Debug)]
pub(crate) enum Action {
    /// Draw what is in the panel.
    Draw,
    /// Show the panel.
    Open {
        /// Leave the focus where it is: the visitor did not ask for the panel on this page.
        quiet: bool,
    },
    /// Hide the panel.
    Close,
    /// The visitor asks.
    Ask(String),
    /// The visitor has been waiting for long.
    Slow,
    /// The bundle is being opened.
    Opening,
    /// The bundle is open.
    Opened(Rc<Library>),
    /// The bundle could not be opened.
    OpeningFailed,
    /// The list of all articles could not be had.
    Unlisted,
    /// The engine answered the question with this id.
    Answered(u32, Reply),
    /// The question with this id could not be looked up.
    NotAnswered(u32),
    /// The question with this id is to be looked up once more.
    Again(u32),
    /// The visitor picks the hit with this slug of the reply with this id.
    Pick(u32, String),
    /// The visitor says whether the answer with this id helped; the same again takes it back.
    Vote(u32, Vote),
    /// Show the answer with this id at full length, or short again.
    Whole(u32),
    /// Show an article.
    Read(Place),
    /// The article with this slug is asked for, here, or missing.
    Fetched(String, Fetched),
    /// Show all articles.
    Browse,
    /// Go to a person.
    Person,
    /// Write to or ring a person.
    Contact,
    /// These may be what is being typed, where it still is what was typed then.
    Suggested(String, Vec<Hit>),
    /// Back to what lies beneath.
    Back,
    /// Back to the conversation.
    Talk,
    /// Give the conversation to the visitor as a file.
    Save,
    /// Forget the conversation.
    Clear,
    /// On a page in the first language, search in the second.
    Speak(String, String),
}

/// Views that lie over the conversation at most; the oldest go.
const DEEPEST: usize = 8;

impl State {
    /// What was kept from an earlier page.
    pub(crate) fn restored(items: Vec<Item>, trail: Vec<View>, spoken: Option<(String, String)>) -> Self {
        Self { last_id: items.iter().map(|item| item.id).max().unwrap_or(0), items, trail, spoken, ..Self::default() }
    }

    /// Questions that still wait for an answer.
    pub(crate) fn waiting(&self) -> Vec<(u32, String)> {
        self.items
            .iter()
            .filter_map(|item| match &item.said {
                Said::Question(text) if !self.settled(item.id) => Some((item.id, text.clone())),
                _ => None,
            })
            .collect()
    }

    /// The bundle's listing, once it is there.
    pub(crate) fn library(&self) -> Option<&Rc<Library>> {
        match &self.search {
            Search::Ready(library) => Some(library),
            _ => None,
        }
    }

    /// How far the article with this slug is.
    pub(crate) fn article(&self, slug: &str) -> Option<&Fetched> {
        self.articles.iter().find(|(known, _)| known == slug).map(|(_, fetched)| fetched)
    }

    /// Slugs of the articles that were shown in answer to the reply with this id.
    pub(crate) fn shown_for(&self, reply: u32) -> Vec<&str> {
        self.items
            .iter()
            .filter(|item| item.id == reply || matches!(item.said, Said::Picked { reply: of, .. } if of == reply))
            .filter_map(|item| item.said.shown())
            .map(|hit| hit.article.as_str())
            .collect()
    }

    /// The reply with this id.
    pub(crate) fn reply(&self, id: u32) -> Option<&Reply> {
        self.items.iter().find_map(|item| match &item.said {
            Said::Reply { reply, .. } if item.id == id => Some(reply),
            _ => None,
        })
    }

    /// Whether the desk's chat lies over all.
    pub(crate) fn at_person(&self) -> bool {
        self.person && self.desk.is_some()
    }

    /// How much lies over the conversation.
    pub(crate) fn depth(&self) -> usize {
        self.trail.len() + usize::from(self.at_person())
    }

    /// The entries that are drawn. What was read is kept for a person alone.
    pub(crate) fn drawn(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| !matches!(item.said, Said::Read { .. }))
    }

    fn settled(&self, question: u32) -> bool {
        self.items.iter().any(|item| item.said.settles() == Some(question))
    }

    fn say(&mut self, said: Said, at: f64) {
        self.last_id += 1;
        self.items.push(Item { id: self.last_id, at, said });
    }

    fn uncover(&mut self) {
        self.suggested.clear();
        self.trail.clear();
        self.person = false;
    }

    /// Answers come once a question, and only to questions that were not cleared meanwhile.
    fn expects(&self, question: u32) -> bool {
        self.items.iter().any(|item| item.id == question) && !self.settled(question)
    }

    /// Whether an answer is the one that the last question got, and the visitor has found other words since: it was not
    /// what he meant.
    fn repeats(&self, reply: &Reply) -> bool {
        let last = self.items.iter().rev().find_map(|item| match &item.said {
            Said::Reply { reply, .. } => Some(reply),
            _ => None,
        });
        last.is_some_and(|last| {
            last.reason == Reason::Confident
                && reply.reason == Reason::Confident
                && last.question != reply.question
                && last.hits.first().map(place) == reply.hits.first().map(place)
        })
    }

    /// Lets an action happen, at this time in milliseconds since 1970.
    pub(crate) fn apply(&mut self, action: Action, now: f64) {
        // All others change what is kept over pages.
        if !matches!(
            action,
            Action::Draw
                | Action::Save
                | Action::Open { .. }
                | Action::Close
                | Action::Slow
                | Action::Opening
                | Action::Opened(_)
                | Action::Unlisted
                | Action::Whole(_)
                | Action::Suggested(..)
                | Action::Fetched(..)
        ) {
            self.revision += 1;
        }
        match action {
            Action::Open { .. } => self.open = true,
            Action::Close => self.open = false,
            Action::Ask(text) => {
                self.say(Said::Question(text), now);
                self.uncover();
            }
            Action::Slow => self.slow = true,
            Action::Unlisted | Action::Draw | Action::Save => {}
            Action::Opening => self.search = Search::Opening,
            Action::Opened(library) => {
                if self.desk.is_none() {
                    self.desk = library.desk.clone().filter(|desk| is_web(desk));
                }
                self.search = Search::Ready(library);
            }
            Action::OpeningFailed => {
                self.search = Search::Failed;
                for (question, _) in self.waiting() {
                    self.say(Said::Unavailable { question }, now);
                }
            }
            Action::Answered(question, mut reply) if self.expects(question) => {
                if self.repeats(&reply) {
                    // The reason stays: it tells these from what the engine decides so.
                    reply.decision = if reply.hits.len() > 1 { Decision::Choose } else { Decision::HandOff };
                }
                self.person |= matches!(reply.reason, Reason::AskedForPerson | Reason::Urgent);
                let vote = None;
                self.say(Said::Reply { question, reply, vote }, now);
            }
            Action::NotAnswered(question) if self.expects(question) => {
                self.say(Said::Unavailable { question }, now);
            }
            Action::Again(question) => {
                self.items.retain(|item| !matches!(item.said, Said::Unavailable { question: of } if of == question));
            }
            Action::Pick(reply, article) if !self.shown_for(reply).contains(&article.as_str()) => {
                let hit = self.reply(reply).and_then(|reply| reply.hits.iter().find(|hit| hit.article == article));
                if let Some(hit) = hit.cloned() {
                    let vote = None;
                    self.say(Said::Picked { reply, hit, vote }, now);
                }
            }
            Action::Vote(id, new) => {
                let item = self.items.iter_mut().find(|item| item.id == id);
                if let Some(vote) = item.and_then(|item| item.said.vote_mut()) {
                    *vote = (*vote != Some(new)).then_some(new);
                }
            }
            Action::Whole(id) => {
                let before = self.whole.len();
                self.whole.retain(|whole| *whole != id);
                if self.whole.len() == before {
                    self.whole.push(id);
                }
            }
            Action::Read(place) => {
                self.suggested.clear();
                // What was missing may be there by now.
                self.articles.retain(|(slug, fetched)| *slug != place.article || !matches!(fetched, Fetched::Missing));
                let again =
                    matches!(self.items.last(), Some(Item { said: Said::Read { place: last }, .. }) if *last == place);
                if !again {
                    self.say(Said::Read { place: place.clone() }, now);
                }
                if self.trail.last() != Some(&View::Article(place.clone())) {
                    self.trail.push(View::Article(place));
                }
                if self.trail.len() > DEEPEST {
                    self.trail.remove(0);
                }
                self.person = false;
            }
            Action::Fetched(slug, fetched) => {
                self.articles.retain(|(known, _)| *known != slug);
                self.articles.push((slug, fetched));
            }
            Action::Browse => {
                self.uncover();
                self.trail.push(View::Browse);
            }
            Action::Person => {
                self.suggested.clear();
                self.person = true;
            }
            Action::Back if self.at_person() => self.person = false,
            Action::Back => {
                self.trail.pop();
            }
            Action::Talk => self.uncover(),
            // Ids go on rising, so that a late answer finds no question.
            Action::Clear => self.items.clear(),
            Action::Speak(page, chosen) => {
                self.spoken = Some((page, chosen));
                self.search = Search::Idle;
                self.articles.clear();
                self.trail.clear();
            }
            Action::Suggested(_, hits) => self.suggested = hits,
            Action::Answered(..) | Action::NotAnswered(..) | Action::Pick(..) | Action::Contact => {}
        }
        self.slow &= !self.waiting().is_empty();
    }
}

fn place(hit: &Hit) -> (&str, &str) {
    (&hit.article, &hit.section)
}

#[cfg(test)]
#[path = "reduce_tests.rs"]
mod tests;
