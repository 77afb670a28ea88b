use super::{Foreign, Found};

/// A piece of the old text and what stands in its place. Without newlines, so that it stays on its line.
pub(super) struct Edit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) with: String,
}

/// A rewritten text.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Rewritten {
    /// The new text.
    pub(in crate::markdown) text: String,
    /// What has no meaning here, and where in the old text.
    pub(in crate::markdown) foreign: Vec<(Foreign, usize)>,
    /// Where a piece of the new text begins, where it is in the old one, and whether it was copied from there.
    pieces: Vec<(usize, usize, bool)>,
}

impl Rewritten {
    /// Where the byte `offset` of the new text was in the old one.
    pub(in crate::markdown) fn place(&self, offset: usize) -> usize {
        let next = self.pieces.partition_point(|(new, ..)| *new <= offset);
        match next.checked_sub(1).and_then(|at| self.pieces.get(at)) {
            Some((new, old, true)) => old + (offset - new),
            Some((_, old, false)) => *old,
            None => offset,
        }
    }

    fn push(&mut self, text: &str, old: usize, copied: bool) {
        if !text.is_empty() {
            self.pieces.push((self.text.len(), old, copied));
            self.text.push_str(text);
        }
    }
}

/// Makes the edits. Of two that overlap, the one that begins first counts.
pub(super) fn apply(text: &str, found: Found) -> Rewritten {
    let Found { mut edits, foreign } = found;
    // Insertions come before replacements that begin at the same place.
    edits.sort_by_key(|edit| (edit.start, edit.end > edit.start));
    let mut rewritten = Rewritten { foreign, ..Rewritten::default() };
    let mut at = 0;
    for Edit { start, end, with } in edits {
        if start < at {
            continue;
        }
        rewritten.push(&text[at..start], at, true);
        rewritten.push(&with, start, false);
        at = end;
    }
    rewritten.push(&text[at..], at, true);
    rewritten.foreign.sort_by_key(|(_, at)| *at);
    rewritten
}
