/// The events that were delivered: all numbers from 1 to the last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sequence {
    last: u64,
}

/// Where an event stands to those that were delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// It was delivered before: live and by resume, or twice.
    Seen,
    /// It is the next one, and is now counted as delivered.
    Next,
    /// Some before it are missing.
    Beyond,
}

impl Sequence {
    pub(crate) fn after(last: u64) -> Self {
        Self { last }
    }

    pub(crate) fn last(self) -> u64 {
        self.last
    }

    pub(crate) fn take(&mut self, seq: u64) -> Place {
        match seq.checked_sub(self.last) {
            None | Some(0) => Place::Seen,
            Some(1) => {
                self.last = seq;
                Place::Next
            }
            Some(_) => Place::Beyond,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_once_and_none_left_out() {
        let check = |after, seqs: &[u64], places: &[Place]| {
            let mut sequence = Sequence::after(after);
            let taken: Vec<_> = seqs.iter().map(|seq| sequence.take(*seq)).collect();
            assert_eq!(taken, places, "{seqs:?} after {after}");
        };
        use Place::{Beyond, Next, Seen};
        check(0, &[1, 2, 3], &[Next, Next, Next]);
        check(0, &[0, 1, 1, 2, 1], &[Seen, Next, Seen, Next, Seen]);
        check(0, &[2, 1, 3, 2], &[Beyond, Next, Beyond, Next]);
        check(7, &[7, 9, 8, 9], &[Seen, Beyond, Next, Next]);
        check(u64::MAX, &[u64::MAX, 1], &[Seen, Seen]);
    }
}
