//! The `build` subcommand.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use answer_engine::analysis::Analyzer;

use super::{Outcome, number, tell};
use crate::{
    calibration::SelfTest,
    checks::GoldenSet,
    cli,
    config::Config,
    diagnostics,
    encoder::Encoder,
    index::{self, Form},
    knowledge_base::KnowledgeBase,
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
    keep_agents_apart(arguments)?;
    let (config, mut found) = Config::load(&arguments.articles, arguments.config.as_deref())?;
    // Leaving articles out is meant for articles: settings that are wrong concern all of them.
    let broken_settings = found.iter().any(diagnostics::Diagnostic::is_error);
    let progress = Progress::new("Reading");
    let told = |done, all| progress.step(done, all);
    let options = ReadOptions { today: None, progress: Some(&told) };
    let (mut library, more) = Library::read(&arguments.articles, &config, options)?;
    progress.finish();
    found.extend(more);
    let (golden, more) = GoldenSet::read(&arguments.articles, &library);
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
    if arguments.without_samples {
        for article in &mut library.articles {
            article.questions.clear();
        }
    }
    let public = library.public();
    let encoder = arguments.encoder.as_deref().map(Encoder::open).transpose()?;
    // Both are compiled before either is put in place.
    let bundle = compile(arguments.index, &public, &config, encoder.as_ref())?;
    // The floors are those of the articles as they are written.
    let missed = if public.articles.is_empty() || arguments.without_samples {
        Vec::new()
    } else {
        golden.hold_floors(&KnowledgeBase::of_bundle(&bundle)?, &config.golden)?
    };
    if !missed.is_empty() {
        tell(diagnostics::to_text(&missed).trim_end());
        tell(&format!("Nothing was published: {}.", number(missed.len(), "error")));
        return Ok(Outcome::Faulty);
    }
    let agents_bundle = match &arguments.agents_out {
        Some(out) => Some((compile(arguments.index, &library.agents(), &config, encoder.as_ref())?, out)),
        None => None,
    };
    let report = publish::publish(&bundle, &arguments.out, arguments.prune)?;
    if let Some((bundle, out)) = agents_bundle {
        publish::publish(&bundle, out, arguments.prune)?;
    }
    if let Some(out) = &arguments.site {
        site::write(&public, &config, out)?;
    }
    let faulty: BTreeSet<&str> = found.iter().filter(|d| d.is_error()).map(|d| d.file.as_str()).collect();
    let left_out = match faulty.len() {
        0 => String::new(),
        files => format!(", {} left out because of errors", number(files, "file")),
    };
    let agents = library.articles.len() - public.articles.len();
    let for_agents = match (agents, &arguments.agents_out) {
        (0, _) => String::new(),
        (_, Some(_)) => format!(" and {} for agents", number(agents, "article")),
        (_, None) => format!(" ({} for agents left out: no --agents-out)", number(agents, "article")),
    };
    let articles = number(public.articles.len(), "article");
    let (warnings, files) = (number(warnings, "warning"), number(bundle.files.len() + 1, "file"));
    tell(&format!(
        "Published {articles}{for_agents}{left_out}, {warnings}: {files}, {} bytes, {} new.",
        report.bytes, report.written
    ));
    for (lang, found) in &bundle.self_tests {
        tell_of_self_test(lang, found);
    }
    if !public.articles.is_empty() && !arguments.without_samples {
        let (first, all) = golden.found_first(&KnowledgeBase::of_bundle(&bundle)?, &public)?;
        if all > 0 {
            let questions = number(all, "question");
            tell(&format!("golden.jsonl: {questions} that an article answers, {first} find it first."));
        }
    }
    tell_of_stemmers(&public);
    Ok(Outcome::Fine)
}

/// How the sample questions fare without themselves, and what visitors may expect by that.
fn tell_of_self_test(lang: &str, found: &SelfTest) {
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    let questions = number(found.questions, "sample question");
    let right = found.right_first;
    let answered = found.lost.iter().filter(|lost| lost.answered).count();
    let answered = match answered {
        0 => String::new(),
        some => format!("; {some} would be answered with another (`check` names the surest)"),
    };
    tell(&format!(
        "Self-test of `{lang}`: {questions} asked without themselves, {right} find their own article first{answered}."
    ));
    if let Some(expected) = &found.expected {
        tell(&format!(
            "Expected of visitors' questions in `{lang}`: {} answered ({} of these wrong), {} offered as a choice, {} \
             handed off; calibration error {:.2}.",
            percent(expected.answered),
            percent(expected.wrong_answers),
            percent(expected.chosen),
            percent(expected.handed_off),
            expected.ece
        ));
    }
}

/// The widget carries the English stemmer alone unless it is built otherwise; with another it could not open the index.
fn tell_of_stemmers(library: &Library) {
    let lacking = |tag: &&str| Analyzer::stemmer_for(tag).is_some_and(|stemmer| stemmer != "english");
    let tags: Vec<&str> = library.languages().into_iter().filter(lacking).collect();
    if !tags.is_empty() {
        let tags = tags.join(", ");
        tell(&format!(
            "The widget must know the word forms of {tags}: build it with `cargo xtask web --languages all`."
        ));
    }
}

/// What lies in a public folder is public: the agents' bundle may not be put there.
fn keep_agents_apart(arguments: &cli::Build) -> anyhow::Result<()> {
    let Some(agents_out) = &arguments.agents_out else { return Ok(()) };
    let agents_out = resolved(agents_out)?;
    for (name, folder) in [("--out", Some(&arguments.out)), ("--site", arguments.site.as_ref())] {
        if let Some(folder) = folder
            && agents_out.starts_with(resolved(folder)?)
        {
            anyhow::bail!("--agents-out lies in the folder of {name}, which is public. Give a folder outside it.");
        }
    }
    Ok(())
}

/// A path without symbolic links and dots, as far as it exists.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    for folder in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (folder.canonicalize(), path.strip_prefix(folder)) {
            return Ok(real.join(rest));
        }
    }
    Ok(path)
}

/// Compiles a bundle and shows how far it is.
///
/// # Errors
/// Where the index cannot be written.
pub(crate) fn compile(
    form: Form,
    library: &Library,
    config: &Config,
    encoder: Option<&Encoder>,
) -> anyhow::Result<index::Bundle> {
    let encoded = match encoder {
        Some(encoder) => {
            let progress = Progress::new("Encoding");
            let encoded = encoder.encoded(library, &|done, all| progress.step(done, all))?;
            progress.finish();
            Some(encoded)
        }
        None => None,
    };
    let progress = Progress::new("Indexing");
    let (done, all) = (AtomicUsize::new(0), library.articles.len());
    let told = || progress.step(done.fetch_add(1, Ordering::Relaxed) + 1, all);
    let bundle = index::build_as(form, library, config, encoded.as_ref(), &told)?;
    progress.finish();
    Ok(bundle)
}
