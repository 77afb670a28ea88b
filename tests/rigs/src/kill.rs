//! `kill -9` at random moments during chats.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::ensure;
use system_tests::desk::Desk;
use tokio::task::JoinSet;

use crate::http::Routes;
use crate::oracle::Violations;
use crate::random::Random;
use crate::story::{self, Pace};

/// How the killing goes.
#[derive(clap::Args, Clone, Copy, Debug)]
pub(crate) struct Options {
    /// Kills
    #[arg(long, default_value_t = 300)]
    kills: usize,
    /// Conversations at a time
    #[arg(long, default_value_t = 6)]
    conversations: usize,
    /// Messages that each side of a conversation writes
    #[arg(long, default_value_t = 60)]
    messages: usize,
    /// Longest pause between two messages of a writer, in milliseconds
    #[arg(long, default_value_t = 120)]
    pause_ms: u64,
    /// Longest life of a desk, in milliseconds
    #[arg(long, default_value_t = 260)]
    life_ms: u64,
    /// Seconds after which people who still wait for something give up
    #[arg(long, default_value_t = 90)]
    longest_s: u64,
    /// Seed of the plan; moments of the killing differ all the same
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Which faults are planted, and how many kills may pass until each is caught.
#[derive(clap::Args, Clone, Copy, Debug)]
pub(crate) struct PlantedOptions {
    /// Kills within which each fault must be caught
    #[arg(long, default_value_t = 60)]
    kills: usize,
}

/// What a run saw.
struct Outcome {
    kills: usize,
    violations: Violations,
    conversations: usize,
    events: usize,
    /// Milliseconds from start to accepting, sorted.
    starts: Vec<u64>,
    took: Duration,
}

/// Runs the rig and fails on any violation.
pub(crate) async fn run(program: &Path, options: &Options) -> anyhow::Result<()> {
    let mut desk = Desk::set_up(program)?;
    desk.add_agent(program)?;
    let outcome = play(&mut desk, options, false).await?;
    tell(&outcome);
    ensure!(outcome.violations.total() == 0, "the desk broke its promise: {}", outcome.violations);
    ensure!(outcome.conversations > 0, "no conversation came to its end");
    Ok(())
}

/// Runs the rig against each planted fault and fails where one is not caught.
pub(crate) async fn planted(program: &Path, faulty: &Path, options: &PlantedOptions) -> anyhow::Result<()> {
    for fault in ["ack-first", "no-unique-key", "no-resume"] {
        let mut desk = Desk::set_up(faulty)?.with_environment("FAULT", fault);
        desk.add_agent(program)?;
        let kill = Options {
            kills: options.kills,
            conversations: 6,
            messages: 40,
            pause_ms: 12,
            life_ms: 260,
            // What a fault has lost never comes.
            longest_s: 6,
            seed: 7,
        };
        let outcome = play(&mut desk, &kill, true).await?;
        println!("planted fault {fault}: caught after {} kills: {}", outcome.kills, outcome.violations);
        ensure!(outcome.violations.total() > 0, "the planted fault {fault} was not caught in {} kills", outcome.kills);
    }
    Ok(())
}

/// Lets people talk while the desk is killed and started; ends early on the first violation if so wished.
async fn play(desk: &mut Desk, options: &Options, until_caught: bool) -> anyhow::Result<Outcome> {
    let begun = Instant::now();
    desk.start().await?;
    let routes = Routes::new(&desk.address())?;
    let cookie = routes.sign_in().await?;
    let over = Arc::new(AtomicBool::new(false));
    let caught = Arc::new(AtomicBool::new(false));
    let mut slots = JoinSet::new();
    for slot in 0..options.conversations {
        let (routes, cookie, options) = (routes.clone(), cookie.clone(), *options);
        let (over, caught) = (over.clone(), caught.clone());
        slots.spawn_local(async move {
            let mut random = Random::new(options.seed.wrapping_add(slot as u64).wrapping_mul(0x5851_f42d_4c95_7f2d));
            let (mut violations, mut conversations, mut events) = (Violations::default(), 0, 0);
            while !over.load(Ordering::Relaxed) {
                let pace =
                    Pace { messages: options.messages, pause_ms: options.pause_ms, longest_s: options.longest_s };
                let (found, length) = story::play(&routes, &cookie, pace, random.next()).await?;
                if found.total() > 0 {
                    caught.store(true, Ordering::Relaxed);
                }
                violations.add(&found);
                conversations += 1;
                events += length;
            }
            anyhow::Ok((violations, conversations, events))
        });
    }

    let mut random = Random::new(options.seed);
    let mut starts = Vec::new();
    let mut kills = 0;
    while kills < options.kills && !(until_caught && caught.load(Ordering::Relaxed)) {
        tokio::time::sleep(Duration::from_millis(random.between(10, options.life_ms))).await;
        desk.kill()?;
        kills += 1;
        starts.push(u64::try_from(desk.start().await?.as_millis())?);
    }
    over.store(true, Ordering::Relaxed);
    let mut outcome =
        Outcome { kills, violations: Violations::default(), conversations: 0, events: 0, starts, took: Duration::ZERO };
    while let Some(slot) = slots.join_next().await {
        let (violations, conversations, events) = slot??;
        outcome.violations.add(&violations);
        outcome.conversations += conversations;
        outcome.events += events;
    }
    outcome.starts.sort_unstable();
    outcome.took = begun.elapsed();
    desk.terminate()?;
    Ok(outcome)
}

fn tell(outcome: &Outcome) {
    let at = |share: usize| outcome.starts.get(outcome.starts.len() * share / 100).copied().unwrap_or_default();
    println!(
        "{} kills in {:.1} s; {} conversations judged, {} events; {}\n\
         from start to accepting: median {} ms, 99th percentile {} ms, longest {} ms",
        outcome.kills,
        outcome.took.as_secs_f64(),
        outcome.conversations,
        outcome.events,
        outcome.violations,
        at(50),
        at(99),
        outcome.starts.last().copied().unwrap_or_default(),
    );
}
