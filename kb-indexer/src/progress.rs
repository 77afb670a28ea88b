//! How far a run is: a bar on a terminal, plain lines elsewhere.

use std::{io::IsTerminal as _, sync::Mutex, time::Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::commands::tell;

/// Elsewhere than on a terminal, a line is told no more often than this.
const SECONDS_BETWEEN_LINES: u64 = 5;

/// Tells how far a task is.
pub struct Progress {
    task: &'static str,
    bar: Option<ProgressBar>,
    last_line: Mutex<Instant>,
}

impl Progress {
    /// Begins `task`.
    pub fn new(task: &'static str) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}");
            let bar = ProgressBar::new(0).with_message(task);
            match style {
                Ok(style) => bar.with_style(style),
                Err(_) => bar,
            }
        });
        Self { task, bar, last_line: Mutex::new(Instant::now()) }
    }

    /// `done` steps of `all` are done.
    pub fn step(&self, done: usize, all: usize) {
        if let Some(bar) = &self.bar {
            bar.set_length(all as u64);
            bar.set_position(done as u64);
            return;
        }
        if let Ok(mut last) = self.last_line.try_lock()
            && last.elapsed().as_secs() >= SECONDS_BETWEEN_LINES
        {
            *last = Instant::now();
            tell(&format!("{}: {done} of {all}", self.task));
        }
    }

    /// The task is done: the bar goes away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
