//! The writers' preview: the help centre and the bubble as they would be published, built anew at every change.
//!
//! [`build`] makes all files in memory, [`watch`] tells of changes, [`server`] hands files out and tells open pages by
//! server-sent events. The last good build is shown until a better one is there; what is wrong is laid over the page.

pub mod build;
pub mod server;
pub mod watch;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use tokio::sync::watch as channel;

use crate::diagnostics::Diagnostic;

/// Files by path, without a slash before them.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What readers of the preview get.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// The last good build.
    pub files: Arc<Files>,
    /// Names the files by their content.
    pub id: String,
    /// Errors that keep a newer build from being shown.
    pub errors: Arc<Vec<Diagnostic>>,
}

/// What is built, and of what.
pub struct Preview {
    /// Folder of the articles.
    pub articles: PathBuf,
    /// The settings, where they are not beside the articles.
    pub config: Option<PathBuf>,
    /// Folder of the widget's files, where there is one.
    pub widget: Option<PathBuf>,
    shown: channel::Sender<Shown>,
}

impl Preview {
    /// A preview that shows nothing yet.
    pub fn new(articles: &Path, config: Option<&Path>, widget: Option<&Path>) -> Self {
        let owned = |path: Option<&Path>| path.map(Path::to_owned);
        Self {
            articles: articles.to_owned(),
            config: owned(config),
            widget: owned(widget),
            shown: channel::Sender::new(Shown::default()),
        }
    }

    /// Builds and shows what came of it. Gives the warnings and errors.
    ///
    /// # Errors
    /// Where the folder or the settings cannot be read, or the index cannot be written.
    pub fn renew(&self) -> anyhow::Result<Vec<Diagnostic>> {
        let is_first = self.shown.borrow().id.is_empty();
        let build::Outcome { files, found } = build::build(self, is_first)?;
        let errors: Vec<Diagnostic> = found.iter().filter(|one| one.is_error()).cloned().collect();
        let next = files.map(|files| (build::id(&files), files));
        self.shown.send_if_modified(|shown| {
            let mut changed = *shown.errors != errors;
            if changed {
                shown.errors = Arc::new(errors);
            }
            if let Some((id, files)) = next
                && id != shown.id
            {
                *shown = Shown { files: Arc::new(files), id, errors: shown.errors.clone() };
                changed = true;
            }
            changed
        });
        Ok(found)
    }

    /// What is shown now, and news of what comes.
    pub fn subscribe(&self) -> channel::Receiver<Shown> {
        self.shown.subscribe()
    }
}
