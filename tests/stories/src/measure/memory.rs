use std::fs;
use std::time::Duration;

use crate::desktop::family;
use crate::{Failure, Told};

const BETWEEN_READINGS: Duration = Duration::from_secs(1);
const READINGS: usize = 30;

/// The memory of a process and everything it started, in bytes: the proportional set size, once it has come to rest.
pub async fn family_memory(id: u32) -> Told<f64> {
    let mut last = 0.0;
    for _ in 0..READINGS {
        tokio::time::sleep(BETWEEN_READINGS).await;
        let now = family(id)?.into_iter().map(memory_of).sum::<Told<f64>>()?;
        if (now - last).abs() < 0.005 * now {
            return Ok(now);
        }
        last = now;
    }
    Err(Failure::new("the memory does not come to rest"))
}

fn memory_of(id: u32) -> Told<f64> {
    let file = format!("/proc/{id}/smaps_rollup");
    let rollup = fs::read_to_string(&file)
        .map_err(|error| Failure::from_error(&format!("read {file}"), error))?;
    let pss = rollup.lines().find_map(|line| {
        line.strip_prefix("Pss:")?
            .trim()
            .strip_suffix(" kB")?
            .trim()
            .parse::<f64>()
            .ok()
    });
    pss.map(|kilobytes| kilobytes * 1024.0)
        .ok_or_else(|| Failure::new(format!("{file} names no Pss")))
}
