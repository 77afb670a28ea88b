//! The `build` subcommand.

use std::{
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};


use super::{Outcome, number, tell};
use crate::{
    cli,
    config::Config,
    diagnostics, index,
    library::{Library, ReadOptions},
    progress::Progress,
    publish, site,
};

/// Reads the articles, compiles the bundle and puts it in place. An error in an article publishes nothing, unless
/// `--lenient` leaves the article out.
///
/// # Errors
/// Where a file cannot be read or written.
pub fn run(arguments: &cli::Build) -> anyhow::Result<Outcome> {
    let (config, mut found) = Config::load(&arguments.articles, arguments.config.as_deref())?;
    // Leaving articles out is meant for articles: settings that are wrong concern all of them.
    let broken_settings = found.iter().any(diagnostics::Diagnostic::is_error);
    let progress = Progress::new("Reading");
    let told = |done, all| progress.step(done, all);
    let options = ReadOptions { today: None, progress: Some(&told) };
    let (library, more) = Library::read(&arguments.articles, &config, options)?;
    progress.finish();
    found.extend(more);
    if arguments.strict {
        diagnostics::make_strict(&mut found);
    }
    diagnostics::sort(&mut found);
    let (errors, warnings) = diagnostics::count(&found);
    if !found.is_empty() {
        tell(diagnostics::to_text(&found).trim_end());
    }
    if broken_settings || (errors > 0 && !arguments.lenient) {
        let (errors, warnings) = (number(errors, "error"), number(warnings, "warning"));
        tell(&format!("Nothing was published: {errors}, {warnings}."));
        return Ok(Outcome::Faulty);
    }
    let public = library.public();
    write_bundle(&public, &config, &arguments.out, arguments.prune)?;
    if let Some(out) = &arguments.agents_out {
        write_bundle(&library.agents(), &config, out, arguments.prune)?;
    }
    if let Some(out) = &arguments.site {
        site::write(&public, &config, out)?;
    }
    let left_out = match errors {
        0 => String::new(),
        _ => format!(", {} left out with what they concern", number(errors, "error")),
    };
    let agents = library.articles.len() - public.articles.len();
    let for_agents = match (agents, &arguments.agents_out) {
        (0, _) => String::new(),
        (_, Some(_)) => format!(" and {} for agents", number(agents, "article")),
        (_, None) => format!(" ({} for agents left out: no --agents-out)", number(agents, "article")),
    };
    let articles = number(public.articles.len(), "article");
    tell(&format!("Published {articles}{for_agents}{left_out}, {}.", number(warnings, "warning")));
    Ok(Outcome::Fine)
}

fn write_bundle(library: &Library, config: &Config, out: &Path, prune: bool) -> anyhow::Result<()> {
    let progress = Progress::new("Indexing");
    let (done, all) = (AtomicUsize::new(0), library.articles.len());
    let told = || progress.step(done.fetch_add(1, Ordering::Relaxed) + 1, all);
    let bundle = index::build(library, config, &told)?;
    progress.finish();
    publish::publish(&bundle, out, prune)?;
    Ok(())
}
