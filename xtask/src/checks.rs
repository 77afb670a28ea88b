//! `cargo xtask test`: every check that continuous integration runs, one named step after the other.

use std::time::{Duration, Instant};

use anyhow::anyhow;

use crate::Outcome;
use crate::failure::Failure;
use crate::steps::{Run, STEPS, Step};
use crate::workspace::Workspace;

/// Which checks to run.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Run only these steps
    #[arg(long, value_name = "STEP", value_delimiter = ',')]
    only: Vec<String>,
    /// List the steps
    #[arg(long)]
    list: bool,
    /// Go on after a failed step
    #[arg(long)]
    keep_going: bool,
}

/// How a step ended.
struct Ended {
    name: &'static str,
    passed: bool,
    took: Duration,
}

/// Runs the chore.
pub(crate) fn run(options: &Options) -> Outcome {
    if options.list {
        for step in STEPS {
            println!("{:<12} {}", step.name, step.about);
        }
        return Ok(());
    }
    let steps = chosen(&options.only)?;
    let mut run = Run::new(Workspace::find()?)?;
    let begun = Instant::now();
    let mut ended: Vec<Ended> = Vec::new();
    let mut first_failure = None;
    for (at, step) in steps.iter().enumerate() {
        println!("\n== {}/{} {}: {}", at + 1, steps.len(), step.name, step.about);
        let started = Instant::now();
        let outcome = (step.run)(&mut run);
        let took = started.elapsed();
        ended.push(Ended { name: step.name, passed: outcome.is_ok(), took });
        println!("== {} took {:.1} s", step.name, took.as_secs_f64());
        if let Err(failure) = outcome {
            println!("== {} FAILED: {:#}", step.name, failure.error());
            first_failure.get_or_insert((step.name, failure));
            if !options.keep_going {
                break;
            }
        }
    }
    summary(&steps, &ended, &run, begun.elapsed());
    match first_failure {
        None => Ok(()),
        Some((name, Failure::Setup(error))) => Err(Failure::Setup(error.context(format!("step {name}")))),
        Some((name, Failure::Check(error))) => Err(Failure::Check(error.context(format!("step {name}")))),
    }
}

fn chosen(only: &[String]) -> Outcome<Vec<&'static Step>> {
    if let Some(unknown) = only.iter().find(|name| STEPS.iter().all(|step| step.name != **name)) {
        return Err(Failure::Setup(anyhow!("there is no step `{unknown}`; `cargo xtask test --list` names them")));
    }
    Ok(STEPS.iter().filter(|step| only.is_empty() || only.iter().any(|name| name == step.name)).collect())
}

fn summary(steps: &[&Step], ended: &[Ended], run: &Run, total: Duration) {
    println!("\n{:<12} {:<8} {:>9}", "step", "", "seconds");
    for step in steps {
        match ended.iter().find(|ended| ended.name == step.name) {
            Some(ended) => println!(
                "{:<12} {:<8} {:>9.1}",
                ended.name,
                if ended.passed { "ok" } else { "FAILED" },
                ended.took.as_secs_f64()
            ),
            None => println!("{:<12} {:<8} {:>9}", step.name, "not run", ""),
        }
    }
    let good = ended.len() == steps.len() && ended.iter().all(|ended| ended.passed);
    let tally = run.tally;
    println!(
        "\ntest result: {}. {} passed; {} failed; {} ignored; {} of {} steps passed in {:.0} s",
        if good { "ok" } else { "FAILED" },
        tally.passed,
        tally.failed,
        tally.ignored,
        ended.iter().filter(|ended| ended.passed).count(),
        steps.len(),
        total.as_secs_f64()
    );
}
