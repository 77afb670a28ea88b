//! `cargo xtask tune`: fits the constants that ship with the engine on the development sets, and prints them as Rust.
//!
//! Ranking: [`ranking`] fits `answer_engine::scoring::Weights`; confidence: [`confidence`] fits
//! `answer_engine::decision::Coefficients`. Both once by words alone and once with meaning, and both for three kinds
//! of material: sample questions alone, sample questions with texts, texts alone. `--ablation` instead tells what each part of the engine is worth.
//! The same data give the same numbers.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line program speaks through its standard streams"
)]

mod ablation;
mod asked;
mod confidence;
mod ranking;
mod sources;
mod tables;
mod tuning;
mod view;

use std::{env, path::PathBuf};

use anyhow::{Context, bail};

fn main() -> anyhow::Result<()> {
    let ablation = match env::args().nth(1).as_deref() {
        None => false,
        Some("--ablation") => true,
        Some(other) => bail!("unknown argument `{other}`; there is only --ablation"),
    };
    let data = env::var_os("PORCHLIGHT_DATA").map(PathBuf::from);
    let data = data.context("PORCHLIGHT_DATA must name the folder of the development sets, see docs/quality.md")?;
    let sets = asked::ask_all(&data, ablation)?;
    if ablation {
        ablation::print(&sets);
        return Ok(());
    }
    for meaning in [false, true] {
        tuning::print(&sets, meaning)?;
    }
    Ok(())
}
