//! `--stats`: one JSON line about time and memory.

use std::time::Instant;

use serde::Serialize;
use subrosa::Engine;

use crate::engine::now;
use crate::terminal::say;

/// The line. Field names are a contract.
#[derive(Serialize)]
struct Line {
    bytes: u64,
    detect_seconds: f64,
    wall_seconds: f64,
    findings: u64,
    peak_rss_bytes: Option<u64>,
}

/// What a run read and found.
pub struct Stats {
    start: Instant,
    /// Bytes of input.
    pub bytes: u64,
    /// Findings at or above the thresholds.
    pub findings: u64,
}

impl Stats {
    /// Starts the clock.
    pub fn start() -> Self {
        Self { start: now(), bytes: 0, findings: 0 }
    }

    /// Prints the line on stderr. `detect_seconds` is summed over threads, so it may exceed the wall clock.
    pub fn print(&self, engine: &Engine) {
        let line = Line {
            bytes: self.bytes,
            detect_seconds: engine.detect_time().as_secs_f64(),
            wall_seconds: self.start.elapsed().as_secs_f64(),
            findings: self.findings,
            peak_rss_bytes: peak_rss(),
        };
        if let Ok(json) = serde_json::to_string(&line) {
            say(json);
        }
    }
}

/// The most memory the process ever held, where the system says.
fn peak_rss() -> Option<u64> {
    #[allow(clippy::disallowed_methods, reason = "the command line asks the system")]
    let status = std::fs::read("/proc/self/status").ok()?;
    of_status(&String::from_utf8_lossy(&status))
}

fn of_status(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kib.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_high_water_mark() {
        assert_eq!(of_status("Name:\tx\nVmHWM:\t    2048 kB\nVmRSS:\t 1 kB\n"), Some(2048 * 1024));
        assert_eq!(of_status("Name:\tx\n"), None);
    }
}
