//! Tells of changes in folders.

use std::{
    path::{Path, PathBuf},
    sync::mpsc,
    time::Duration,
};

use notify::{Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

/// Editors write a file in several steps: a change is told when nothing has moved for so long.
const QUIET: Duration = Duration::from_millis(80);
/// Where the system tells of nothing, the folder is looked through this often.
const POLL: Duration = Duration::from_secs(1);

/// A folder cannot be watched.
#[derive(Debug, thiserror::Error)]
#[error("cannot watch {}: {source}. Check that the folder exists and that you may read it", path.display())]
pub struct WatchError {
    path: PathBuf,
    source: notify::Error,
}

/// Changes below folders, for as long as this lives.
pub struct Changes {
    news: mpsc::Receiver<()>,
    _watcher: Box<dyn Watcher + Send>,
}

impl Changes {
    /// Watches `folder` with all that is below it, and the file `beside`.
    ///
    /// # Errors
    /// [`WatchError`] where that is not possible.
    pub fn of(folder: &Path, beside: Option<&Path>) -> Result<Self, WatchError> {
        let (sender, news) = mpsc::channel();
        let native: notify::Result<Box<dyn Watcher + Send>> =
            RecommendedWatcher::new(tell(sender.clone()), Config::default()).map(|watcher| Box::new(watcher) as _);
        if let Ok(mut watcher) = native
            && follow(watcher.as_mut(), folder, beside).is_ok()
        {
            return Ok(Self { news, _watcher: watcher });
        }
        // The system's watches are used up, or the file system has none.
        let at = |source| WatchError { path: folder.to_owned(), source };
        let polling = Config::default().with_poll_interval(POLL).with_compare_contents(true);
        let mut watcher: Box<dyn Watcher + Send> = Box::new(PollWatcher::new(tell(sender), polling).map_err(at)?);
        follow(watcher.as_mut(), folder, beside).map_err(at)?;
        Ok(Self { news, _watcher: watcher })
    }

    /// Waits for a change and for the quiet after it. `false` where no more can come.
    pub fn wait(&self) -> bool {
        if self.news.recv().is_err() {
            return false;
        }
        while self.news.recv_timeout(QUIET).is_ok() {}
        true
    }
}

fn follow(watcher: &mut dyn Watcher, folder: &Path, beside: Option<&Path>) -> notify::Result<()> {
    watcher.watch(folder, RecursiveMode::Recursive)?;
    if let Some(file) = beside {
        // Editors put a new file in the old one's place: its folder hears of that.
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        watcher.watch(folder, RecursiveMode::NonRecursive)?;
    }
    Ok(())
}

fn tell(sender: mpsc::Sender<()>) -> impl Fn(notify::Result<notify::Event>) + Send + 'static {
    move |event| {
        // Reading the articles is no change; an error may have swallowed one.
        let is_access = event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_)));
        if !is_access {
            // Nobody listens any more: the preview ends.
            let _ = sender.send(());
        }
    }
}
