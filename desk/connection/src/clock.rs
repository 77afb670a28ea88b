//! A clock that never falls and does not stop while the machine sleeps.

use std::cell::RefCell;

use gloo::utils::window;

/// The two clocks of a browser may differ by this much without a sleep between, in milliseconds: the wall clock is put
/// right now and then.
const SLEEP_MS: f64 = 2_000.0;

/// The clock that is handed to the chat client's machine.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    hands: RefCell<Hands>,
}

impl Clock {
    /// Milliseconds since the first reading.
    pub(crate) fn now(&self) -> u64 {
        let wall = js_sys::Date::now();
        let steady = window().performance().map_or(wall, |performance| performance.now());
        self.hands.borrow_mut().read(steady, wall)
    }
}

/// How far it has come. `performance.now()` never falls, but stands still while some systems sleep; the wall clock goes on
/// then, but may be set. So the steady clock counts, and a long step of the wall clock beyond it is taken for sleep: a
/// connection that was silent so long is then seen to be dead at once. A clock set forward costs one new connection.
#[derive(Debug, Default)]
struct Hands {
    last: Option<(f64, f64)>,
    ms: f64,
}

impl Hands {
    fn read(&mut self, steady: f64, wall: f64) -> u64 {
        if let Some((steady_before, wall_before)) = self.last.replace((steady, wall)) {
            let (steady_step, wall_step) = ((steady - steady_before).max(0.0), wall - wall_before);
            let slept = wall_step - steady_step > SLEEP_MS;
            self.ms += if slept { wall_step } else { steady_step };
        }
        self.ms as u64
    }
}

#[cfg(test)]
mod tests {
    use super::Hands;

    fn check(readings: &[(f64, f64)]) -> Vec<u64> {
        let mut hands = Hands::default();
        readings.iter().map(|&(steady, wall)| hands.read(steady, wall)).collect()
    }

    #[test]
    fn the_steady_clock_counts() {
        assert_eq!(check(&[(5.0, 1_000.0), (105.5, 1_100.0), (205.5, 1_201.0)]), [0, 100, 200]);
    }

    #[test]
    fn sleep_counts_too() {
        assert_eq!(check(&[(5.0, 0.0), (15.0, 600_000.0), (25.0, 600_010.0)]), [0, 600_000, 600_010]);
    }

    #[test]
    fn it_never_falls() {
        assert_eq!(check(&[(5.0, 9_000.0), (15.0, 0.0), (10.0, -5.0), (12.0, 1.0)]), [0, 10, 10, 12]);
    }

    #[test]
    fn small_steps_do_not_add_up_to_sleep() {
        let readings: Vec<_> = (0..10_000).map(|step| (f64::from(step) * 0.1, f64::from(step / 10))).collect();
        assert_eq!(check(&readings).last(), Some(&999));
    }
}
