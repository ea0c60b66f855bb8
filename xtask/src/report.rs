//! What is printed while work goes on: one line when a step begins, one when it ends, with its duration.

use anyhow::Result;
use std::time::{Duration, Instant};

/// Runs one step, with its name before and its duration after.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("-- {name}");
    let begin = Instant::now();
    let result = work();
    let took = duration(begin.elapsed());
    match &result {
        Ok(_) => println!("   done in {took}"),
        Err(_) => println!("   failed after {took}"),
    }
    result
}

/// `0.4 s`, `12 s`, `3 min 20 s`.
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        ..10.0 => format!("{seconds:.1} s"),
        ..60.0 => format!("{seconds:.0} s"),
        _ => format!("{} min {} s", time.as_secs() / 60, time.as_secs() % 60),
    }
}

/// Bytes as kB (1000 bytes), the unit of the size budget.
pub fn kilobytes(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
    let kilobytes = bytes as f64 / 1000.0;
    if kilobytes < 10.0 { format!("{kilobytes:.1} kB") } else { format!("{kilobytes:.0} kB") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_short() {
        let texts: Vec<_> = [430, 12_300, 200_000].map(|ms| duration(Duration::from_millis(ms))).into();
        assert_eq!(texts, ["0.4 s", "12 s", "3 min 20 s"]);
    }

    #[test]
    fn sizes_are_in_kilobytes() {
        assert_eq!((kilobytes(1_240), kilobytes(135_700)), ("1.2 kB".into(), "136 kB".into()));
    }
}
