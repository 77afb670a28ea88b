//! Files and parts of files that were fetched, each once.

use std::{cell::RefCell, rc::Rc};

use answer_engine::{Engine, bundle::Piece, divided::Wanted};
use answer_messages::wire::Failure;
use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use crate::files;

/// Bytes of packs kept in memory: all of a help centre of usual size.
const KEPT: usize = 4 * 1024 * 1024;

/// What is to be fetched.
pub(crate) enum Goal {
    /// Articles, to be kept here.
    Pack(Piece),
    /// A block, for an engine.
    Block(Rc<Engine>, Wanted),
}

impl Goal {
    fn piece(&self) -> &Piece {
        match self {
            Self::Pack(piece) => piece,
            Self::Block(_, wanted) => &wanted.piece,
        }
    }
}

/// Fetches below one address.
#[derive(Default)]
pub(crate) struct Pieces {
    kb: String,
    packs: RefCell<Vec<(Piece, Rc<Vec<u8>>)>>,
    /// Pieces that are being fetched, with what ends when they are here: who asks for one meanwhile waits for the same.
    coming: RefCell<Vec<(Piece, Promise)>>,
    failed: RefCell<Option<Failure>>,
}

impl Pieces {
    pub(crate) fn new(kb: String) -> Self {
        Self { kb, ..Self::default() }
    }

    /// The address of a file.
    pub(crate) fn url(&self, path: &str) -> String {
        [&self.kb, path].concat()
    }

    /// A pack that is here.
    pub(crate) fn kept(&self, pack: &Piece) -> Option<Rc<Vec<u8>>> {
        self.packs.borrow().iter().find(|(kept, _)| kept == pack).map(|(_, bytes)| bytes.clone())
    }

    /// Fetches all of them at the same time.
    ///
    /// # Errors
    /// The last failure, when all have ended.
    pub(crate) async fn fetch(self: &Rc<Self>, goals: impl Iterator<Item = Goal>) -> Result<(), Failure> {
        let fetched: Array = goals.map(|goal| self.coming(goal)).collect();
        let _ = JsFuture::from(Promise::all(&fetched)).await;
        self.failed.take().map_or(Ok(()), Err)
    }

    /// What ends when it is here, or cannot be had.
    fn coming(self: &Rc<Self>, goal: Goal) -> Promise {
        let piece = goal.piece().clone();
        if matches!(goal, Goal::Pack(_)) && self.kept(&piece).is_some() {
            return Promise::resolve(&JsValue::UNDEFINED);
        }
        if let Some((_, promise)) = self.coming.borrow().iter().find(|(coming, _)| *coming == piece) {
            return promise.clone();
        }
        let (pieces, key) = (self.clone(), piece.clone());
        let promise = future_to_promise(async move {
            match pieces.bytes(&piece).await {
                Ok(bytes) => pieces.take(goal, bytes),
                Err(failure) => {
                    pieces.failed.replace(Some(failure));
                }
            }
            pieces.coming.borrow_mut().retain(|(coming, _)| *coming != piece);
            Ok(JsValue::UNDEFINED)
        });
        self.coming.borrow_mut().push((key, promise.clone()));
        promise
    }

    pub(crate) async fn bytes(&self, piece: &Piece) -> Result<Vec<u8>, Failure> {
        let url = self.url(&piece.path);
        match piece.part {
            Some((offset, length)) => files::part(url, offset, offset.saturating_add(length)).await,
            // The name is the beginning of the hash; each article's own hash is checked when it is taken out.
            None => files::checked(url, |bytes| bytes.len() == piece.bytes as usize).await,
        }
    }

    fn take(&self, goal: Goal, bytes: Vec<u8>) {
        match goal {
            Goal::Block(engine, wanted) => engine.put(&wanted, bytes),
            Goal::Pack(piece) => {
                let mut packs = self.packs.borrow_mut();
                packs.push((piece, Rc::new(bytes)));
                while packs.len() > 1 && packs.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() > KEPT {
                    packs.remove(0);
                }
            }
        }
    }
}
