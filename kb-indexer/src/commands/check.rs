//! The `check` subcommand.

use super::{Outcome, build::compile, number, print};
use crate::{
    checks::{self, GoldenSet, retrieval},
    cli,
    config::Config,
    diagnostics,
    index::Form,
    knowledge_base::KnowledgeBase,
    library::{Library, ReadOptions},
    progress::Progress,
};

/// Reads the articles and tells all that is wrong with them.
///
/// # Errors
/// Where the folder or the settings cannot be read.
pub fn run(arguments: &cli::Check) -> anyhow::Result<Outcome> {
    let (config, mut found) = Config::load(&arguments.articles, arguments.config.as_deref())?;
    let progress = Progress::new("Reading");
    let told = |done, all| progress.step(done, all);
    let options = ReadOptions { today: arguments.today.as_deref(), progress: Some(&told) };
    let (library, more) = Library::read(&arguments.articles, &config, options)?;
    progress.finish();
    found.extend(more);
    found.extend(checks::of_articles(&library));
    let (golden, more) = GoldenSet::read(&arguments.articles, &library);
    found.extend(more);
    let public = library.public();
    if !public.articles.is_empty() {
        let bundle = compile(Form::BySize, &public, &config, None)?;
        let kb = KnowledgeBase::of_bundle(&bundle)?;
        found.extend(retrieval::check(&kb, &library, &golden, &bundle.self_tests)?);
        // With articles left out, the figures would tell of these alone.
        if !found.iter().any(diagnostics::Diagnostic::is_error) {
            found.extend(golden.hold_floors(&kb, &config.golden)?);
        }
    }
    if arguments.strict {
        diagnostics::make_strict(&mut found);
    }
    diagnostics::sort(&mut found);
    let (errors, warnings) = diagnostics::count(&found);
    if arguments.json {
        print(&format!("{}\n", diagnostics::to_json(&found)))?;
    } else {
        let articles = number(library.articles.len(), "article");
        let (errors, warnings) = (number(errors, "error"), number(warnings, "warning"));
        print(&format!("{}{articles}, {errors}, {warnings}\n", diagnostics::to_text(&found)))?;
    }
    Ok(if errors > 0 { Outcome::Faulty } else { Outcome::Fine })
}
