//! Memory under load: the greatest proportional set size seen while the other rows were driven.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::goal;
use crate::server::Memory;
use crate::table::Outcome;

/// Looks twice a second until it is asked.
pub struct Watch {
    stop: Arc<AtomicBool>,
    looking: JoinHandle<f64>,
}

impl Watch {
    /// Begins to look.
    pub fn over(memory: Memory) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let until = Arc::clone(&stop);
        let looking = std::thread::spawn(move || {
            let mut most = 0.0_f64;
            while !until.load(Ordering::Relaxed) {
                most = most.max(memory.pss().unwrap_or_default());
                std::thread::sleep(Duration::from_millis(500));
            }
            most
        });
        Self { stop, looking }
    }

    /// The greatest it has seen.
    pub fn outcome(self) -> Outcome {
        self.stop.store(true, Ordering::Relaxed);
        Outcome::plain(&goal::MEMORY, self.looking.join().unwrap_or(f64::NAN))
    }
}
