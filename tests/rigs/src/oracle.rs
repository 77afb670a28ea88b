//! What must hold of a conversation in the end: nothing lost, doubled, reordered or missing, on the desk, on both screens
//! and in the transcript.

use std::collections::BTreeMap;
use std::fmt;

use handoff::chat::{Event, Participant, What};

use crate::person::Record;

/// Violations, counted. All must be 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Violations {
    /// Written messages that the desk does not have, or events that a screen did not show.
    pub(crate) lost: usize,
    /// Messages that the desk has more than once, or events that a screen showed twice.
    pub(crate) doubled: usize,
    /// Messages of a writer, or events on a screen, that stand before an earlier one.
    pub(crate) reordered: usize,
    /// Numbers that the desk's log leaves out.
    pub(crate) gaps: usize,
    /// Messages told to be stored that are not, or under another number.
    pub(crate) false_acks: usize,
    /// Hand-offs or transcripts that are not what was sent.
    pub(crate) transcripts: usize,
}

impl Violations {
    /// All kinds together.
    pub(crate) fn total(&self) -> usize {
        let Self { lost, doubled, reordered, gaps, false_acks, transcripts } = self;
        lost + doubled + reordered + gaps + false_acks + transcripts
    }

    /// Adds those of another conversation.
    pub(crate) fn add(&mut self, other: &Self) {
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.reordered += other.reordered;
        self.gaps += other.gaps;
        self.false_acks += other.false_acks;
        self.transcripts += other.transcripts;
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { lost, doubled, reordered, gaps, false_acks, transcripts } = self;
        write!(
            f,
            "lost {lost}, doubled {doubled}, reordered {reordered}, gaps {gaps}, false acks {false_acks}, transcripts {transcripts}"
        )
    }
}

/// Holds a desk's log against what two people wrote and saw.
pub(crate) fn judge(log: &[Event], visitor: &Record, agent: &Record) -> Violations {
    let mut violations = Violations::default();
    violations.gaps += log.iter().zip(1..).filter(|(event, expected)| event.seq != *expected).count();
    for (record, is_visitor) in [(visitor, true), (agent, false)] {
        judge_writer(log, record, is_visitor, &mut violations);
        judge_screen(log, &record.shown, &mut violations);
    }
    violations
}

/// A writer's messages stand in the log once each, in the order of writing, under the numbers that were told.
fn judge_writer(log: &[Event], record: &Record, is_visitor: bool, violations: &mut Violations) {
    let mut places: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for event in log {
        if let What::Message { text, .. } = &event.what
            && matches!(event.by, Participant::Visitor) == is_visitor
        {
            places.entry(text).or_default().push(event.seq);
        }
    }
    let mut last = 0;
    for (id, text) in &record.written {
        let found = places.get(text.as_str()).map_or(&[][..], Vec::as_slice);
        violations.doubled += found.len().saturating_sub(1);
        let Some(&seq) = found.first() else {
            violations.lost += 1;
            continue;
        };
        violations.reordered += usize::from(seq < last);
        last = seq;
        let told: Vec<u64> = record.sent.iter().filter(|(sent, _)| sent == id).map(|(_, seq)| *seq).collect();
        violations.false_acks += told.iter().filter(|told| !found.contains(told)).count();
    }
    violations.lost += record.refused;
    let unknown = record.sent.iter().filter(|(id, _)| !record.written.iter().any(|(written, _)| written == id));
    violations.false_acks += unknown.count();
}

/// A screen shows the log, event by event.
fn judge_screen(log: &[Event], shown: &[Event], violations: &mut Violations) {
    let mut times: BTreeMap<u64, usize> = BTreeMap::new();
    let mut last = 0;
    for event in shown {
        *times.entry(event.seq).or_default() += 1;
        violations.reordered += usize::from(event.seq < last);
        last = event.seq;
    }
    violations.doubled += times.values().map(|times| times - 1).sum::<usize>();
    for event in log {
        match shown.iter().find(|shown| shown.seq == event.seq) {
            Some(shown) if shown == event => {}
            // Missing, or another than the desk has.
            _ => violations.lost += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(seq: u64, by_visitor: bool, text: &str) -> Event {
        let by =
            if by_visitor { Participant::Visitor } else { Participant::Agent { id: "a".into(), name: "A".into() } };
        let what = What::Message { client_message_id: format!("id-{text}"), text: text.into() };
        Event { seq, at_ms: 0, by, what }
    }

    fn record(written: &[&str], sent: &[(&str, u64)], shown: Vec<Event>) -> Record {
        Record {
            written: written.iter().map(|text| (format!("id-{text}"), (*text).to_owned())).collect(),
            sent: sent.iter().map(|(text, seq)| (format!("id-{text}"), *seq)).collect(),
            refused: 0,
            shown,
        }
    }

    #[track_caller]
    fn check(log: &[Event], visitor: &Record, expected: &str) {
        let agent = record(&[], &[], log.to_vec());
        assert_eq!(judge(log, visitor, &agent).to_string(), expected);
    }

    const CLEAN: &str = "lost 0, doubled 0, reordered 0, gaps 0, false acks 0, transcripts 0";

    #[test]
    fn what_is_right_passes() {
        let log = vec![message(1, true, "x"), message(2, true, "y")];
        check(&log, &record(&["x", "y"], &[("x", 1), ("y", 2)], log.clone()), CLEAN);
    }

    #[test]
    fn every_kind_is_seen() {
        let log = vec![message(1, true, "x"), message(2, true, "y")];
        let told = [("x", 1), ("y", 2)];
        check(&log, &record(&["x", "z", "y"], &told, log.clone()), &CLEAN.replace("lost 0", "lost 1"));
        check(&log, &record(&["x", "y"], &told, log[..1].to_vec()), &CLEAN.replace("lost 0", "lost 1"));
        check(&log, &record(&["y", "x"], &told, log.clone()), &CLEAN.replace("reordered 0", "reordered 1"));
        check(&log, &record(&["x", "y"], &[("x", 2)], log.clone()), &CLEAN.replace("acks 0", "acks 1"));
        let doubled = vec![message(1, true, "x"), message(2, true, "x")];
        check(&doubled, &record(&["x"], &[("x", 1)], doubled.clone()), &CLEAN.replace("doubled 0", "doubled 1"));
        let gap = vec![message(1, true, "x"), message(3, true, "y")];
        check(&gap, &record(&["x", "y"], &[], gap.clone()), &CLEAN.replace("gaps 0", "gaps 1"));
    }
}
