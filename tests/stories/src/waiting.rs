use std::fmt::Display;
use std::time::{Duration, Instant};

use crate::{Failure, Told};

/// How long anything in a story may take before it has failed.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How long one command of the WebDriver may take; it gives up on nothing by itself.
const ONE_COMMAND: Duration = Duration::from_secs(20);

const BETWEEN_LOOKS: Duration = Duration::from_millis(40);

/// Looks again and again until `look` answers a value, and fails with its last reason once `timeout` is over.
pub async fn until<T>(timeout: Duration, mut look: impl AsyncFnMut() -> Told<T>) -> Told<T> {
    let started = Instant::now();
    loop {
        let reason = match look().await {
            Ok(value) => return Ok(value),
            Err(failure) => failure,
        };
        if started.elapsed() >= timeout {
            return Err(reason.and(format!("(waited {} s)", timeout.as_secs())));
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}

/// The answer of one command, or a failure that says what was being done.
pub async fn answer<T, E: Display>(
    doing: &str,
    command: impl Future<Output = Result<T, E>>,
) -> Told<T> {
    match tokio::time::timeout(ONE_COMMAND, command).await {
        Ok(answer) => answer.map_err(|error| Failure::from_error(doing, error)),
        Err(_) => Err(Failure::new(format!(
            "{doing}: no answer in {} s",
            ONE_COMMAND.as_secs()
        ))),
    }
}
