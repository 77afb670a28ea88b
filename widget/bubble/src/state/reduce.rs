use std::rc::Rc;

use answer_messages::{Library, Reply};
use yew::Reducible;

use super::{Item, Place, Said, View, Vote};

/// How far the search is.
#[derive(Clone, Debug, Default, PartialEq)]
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

/// Everything that the panel shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct State {
    /// Whether the panel stands open.
    pub(crate) open: bool,
    /// The conversation, oldest first.
    pub(crate) items: Vec<Rc<Item>>,
    /// What lies over the conversation; the last is shown.
    pub(crate) trail: Vec<View>,
    /// How far the search is.
    pub(crate) search: Search,
    /// Counts changes of what is kept over pages.
    pub(crate) revision: u32,
    last_id: u32,
}

/// What can happen. Times are milliseconds since 1970.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// Show the panel.
    Open,
    /// Hide the panel.
    Close,
    /// The visitor asks.
    Ask(String, f64),
    /// The bundle is being opened.
    Opening,
    /// The bundle is open.
    Opened(Rc<Library>),
    /// The bundle could not be opened.
    OpeningFailed(f64),
    /// The engine answered the question with this id.
    Answered(u32, Reply, f64),
    /// The question with this id could not be looked up.
    NotAnswered(u32, f64),
    /// The question with this id is to be looked up once more.
    Again(u32),
    /// The visitor picks the hit with this slug of the reply with this id.
    Pick(u32, String, f64),
    /// The visitor says whether the answer with this id helped; the same again takes it back.
    Vote(u32, Vote),
    /// Show an article.
    Read(Place),
    /// Show all articles.
    Browse,
    /// Back to what lies beneath.
    Back,
    /// Back to the conversation.
    Talk,
    /// Forget the conversation.
    Clear,
}

/// Views that lie over the conversation at most; the oldest go.
const DEEPEST: usize = 8;

impl State {
    /// What was kept from an earlier page.
    pub(crate) fn restored(items: Vec<Item>, trail: Vec<View>) -> Self {
        Self {
            last_id: items.iter().map(|item| item.id).max().unwrap_or(0),
            items: items.into_iter().map(Rc::new).collect(),
            trail,
            ..Self::default()
        }
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

    fn settled(&self, question: u32) -> bool {
        self.items.iter().any(|item| item.said.settles() == Some(question))
    }

    fn say(&mut self, said: Said, at: f64) {
        self.last_id += 1;
        let id = self.last_id;
        self.items.push(Rc::new(Item { id, at, said }));
    }

    /// Answers come once a question, and only to questions that were not cleared meanwhile.
    fn expects(&self, question: u32) -> bool {
        self.items.iter().any(|item| item.id == question) && !self.settled(question)
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Open => self.open = true,
            Action::Close => self.open = false,
            Action::Ask(text, at) => {
                self.say(Said::Question(text), at);
                self.trail.clear();
            }
            Action::Opening => self.search = Search::Opening,
            Action::Opened(library) => self.search = Search::Ready(library),
            Action::OpeningFailed(at) => {
                self.search = Search::Failed;
                for (question, _) in self.waiting() {
                    self.say(Said::Unavailable { question }, at);
                }
            }
            Action::Answered(question, reply, at) if self.expects(question) => {
                let vote = None;
                self.say(Said::Reply { question, reply, vote }, at);
            }
            Action::NotAnswered(question, at) if self.expects(question) => {
                self.say(Said::Unavailable { question }, at);
            }
            Action::Pick(reply, article, at) if !self.shown_for(reply).contains(&article.as_str()) => {
                let hit = self.reply(reply).and_then(|reply| reply.hits.iter().find(|hit| hit.article == article));
                if let Some(hit) = hit.cloned() {
                    let vote = None;
                    self.say(Said::Picked { reply, hit, vote }, at);
                }
            }
            Action::Again(question) => self.items.retain(|item| item.said != Said::Unavailable { question }),
            Action::Vote(id, new) => {
                let item = self.items.iter_mut().find(|item| item.id == id);
                if let Some(vote) = item.and_then(|item| Rc::make_mut(item).said.vote_mut()) {
                    *vote = (*vote != Some(new)).then_some(new);
                }
            }
            Action::Read(place) => {
                if self.trail.last() != Some(&View::Article(place.clone())) {
                    self.trail.push(View::Article(place));
                }
                if self.trail.len() > DEEPEST {
                    self.trail.remove(0);
                }
            }
            Action::Browse => {
                self.trail.clear();
                self.trail.push(View::Browse);
            }
            Action::Back => {
                self.trail.pop();
            }
            Action::Talk => self.trail.clear(),
            // Ids go on rising, so that a late answer finds no question.
            Action::Clear => self.items.clear(),
            Action::Answered(..) | Action::NotAnswered(..) | Action::Pick(..) => {}
        }
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        next.apply(action);
        if next == *self {
            return self;
        }
        if next.items != self.items || next.trail != self.trail {
            next.revision += 1;
        }
        Rc::new(next)
    }
}
