//! The client's machine against a model of the desk, under everything that may befall pages, network and desk: 100,000
//! random schedules, each from one number. A schedule that fails says its number; `PORCHLIGHT_SEED=NUMBER cargo test -p
//! desk-client --test schedules -- --nocapture` plays it again and tells all that happened. `PORCHLIGHT_SCHEDULES` sets
//! how many are played.
//!
//! Inspired by deterministic simulation as in <https://apple.github.io/foundationdb/testing.html>; loss, doubles and the
//! unexpected are told apart as in Jepsen's checker of queues.

mod acts;
mod chance;
mod desk;
mod link;
mod oracle;
mod page;
mod plan;
mod world;

use std::{
    env,
    panic::catch_unwind,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    thread,
    time::Instant,
};

use desk::Fault;
use oracle::Tally;
use world::World;

const SCHEDULES: u64 = 100_000;
/// A planted fault must be seen within so many schedules.
const FAULTY_SCHEDULES: u64 = 1_000;

fn number_from(variable: &str) -> Option<u64> {
    env::var(variable).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{variable} must be a number")))
}

/// The first seed below `until` that violates something, and what it violates; what was seen in all.
fn play_all(until: u64) -> (Option<(u64, String)>, Tally) {
    let threads = thread::available_parallelism().map_or(1, |threads| threads.get() as u64);
    let failed_at = AtomicU64::new(until);
    let play_some = &|first: u64| {
        let mut tally = Tally::default();
        // The lowest seed that fails is the one to look at.
        for seed in (first..until).step_by(threads as usize).take_while(|seed| *seed < failed_at.load(Relaxed)) {
            let violation = match catch_unwind(|| World::play(seed, Fault::None, false)) {
                Ok(outcome) => {
                    tally.add(&outcome.tally);
                    outcome.violation
                }
                Err(_) => Some("it panicked, see above".into()),
            };
            if let Some(violation) = violation {
                failed_at.fetch_min(seed, Relaxed);
                return (Some((seed, violation)), tally);
            }
        }
        (None, tally)
    };
    thread::scope(|scope| {
        let parts: Vec<_> = (0..threads).map(|first| scope.spawn(move || play_some(first))).collect();
        let mut all = Tally::default();
        let mut failed = None;
        for part in parts {
            let (failure, tally) = part.join().expect("panics are caught");
            all.add(&tally);
            failed = [failed, failure].into_iter().flatten().min();
        }
        (failed, all)
    })
}

#[test]
#[expect(clippy::print_stderr, reason = "figures for people")]
fn nothing_is_lost_doubled_or_out_of_order() {
    if let Some(seed) = number_from("PORCHLIGHT_SEED") {
        let outcome = World::play(seed, Fault::None, true);
        eprintln!("{}\n{:?}", outcome.trace.join("\n"), outcome.tally);
        assert_eq!(outcome.violation, None, "schedule {seed}");
        return;
    }
    let start = Instant::now();
    let (failed, tally) = play_all(number_from("PORCHLIGHT_SCHEDULES").unwrap_or(SCHEDULES));
    eprintln!("{:.1} s: {tally:#?}", start.elapsed().as_secs_f64());
    if let Some((seed, violation)) = failed {
        eprintln!("schedule {seed}: {violation}");
        let trace = World::play(seed, Fault::None, true).trace;
        let tail = trace[trace.len().saturating_sub(60)..].join("\n");
        panic!("schedule {seed}: {violation}\n{tail}\nPORCHLIGHT_SEED={seed} plays it again");
    }
    // The schedules must reach what they are for.
    let seen = |what, count: u64, least: u64| {
        assert!(count * 1_000 >= tally.schedules * least, "{what}: only {count} in {} schedules", tally.schedules);
    };
    seen("crashes that lose something", tally.lost_uncommitted, 10);
    seen("cuts between commit and acknowledgement", tally.cut_before_ack, 10);
    seen("messages that came again", tally.repeats, 200);
    seen("drafts found by a page that was loaded again", tally.reloaded, 50);
    seen("polling connections", tally.polls, 100);
}

#[test]
fn the_same_seed_plays_the_same() {
    for seed in 0..50 {
        let play = || World::play(seed, Fault::None, true).trace;
        assert_eq!(play(), play(), "schedule {seed}");
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "figures for people")]
fn planted_faults_are_caught() {
    for fault in [Fault::AckFirst, Fault::LazySync, Fault::NoUniqueKey, Fault::NoResume, Fault::NoResumeAfterLoss] {
        let violated = |seed| Some((seed, World::play(seed, fault, false).violation?));
        let caught: Vec<_> = (0..FAULTY_SCHEDULES).filter_map(violated).collect();
        let Some((seed, violation)) = caught.first() else { panic!("{fault:?}: not caught in {FAULTY_SCHEDULES}") };
        eprintln!("{fault:?}: caught by {} of {FAULTY_SCHEDULES}, first by {seed}: {violation}", caught.len());
    }
}
