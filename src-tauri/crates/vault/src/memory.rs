//! How much memory may be taken at once.

use sysinfo::{MemoryRefreshKind, RefreshKind, System};

/// What is left to everything else, in bytes.
const LEFT_FREE: u64 = 64 * 1024 * 1024;

/// What may be taken now without anything else having to give way, in bytes. `None` where the system does not say.
pub(crate) fn free() -> Option<u64> {
    #[cfg(feature = "file-store")]
    if let Some(free) = testing::told() {
        return Some(free);
    }
    let memory = RefreshKind::nothing().with_memory(MemoryRefreshKind::nothing().with_ram());
    let system = System::new_with_specifics(memory).ok()?;
    let available = system.available_memory();
    if available == 0 {
        return None;
    }
    // What a container may have, whatever the computer has.
    let of_container = system
        .cgroup_limits()
        .map(|limits| limits.total_memory.saturating_sub(limits.rss));
    let least = [of_container, left_of_address_space()]
        .into_iter()
        .flatten()
        .fold(available, u64::min);
    Some(least.saturating_sub(LEFT_FREE))
}

/// What the process may still have, where it was limited (`ulimit -v`).
#[cfg(target_os = "linux")]
fn left_of_address_space() -> Option<u64> {
    let limit = rustix::process::getrlimit(rustix::process::Resource::As).current?;
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let used = status.lines().find_map(|line| {
        let kibibytes = line.strip_prefix("VmSize:")?.strip_suffix("kB")?;
        kibibytes.trim().parse::<u64>().ok()?.checked_mul(1024)
    })?;
    Some(limit.saturating_sub(used))
}

/// The other systems do not limit it.
#[cfg(not(target_os = "linux"))]
fn left_of_address_space() -> Option<u64> {
    None
}

/// For tests only: the program is never built with the feature that opens this door.
#[cfg(feature = "file-store")]
pub(crate) mod testing {
    use std::cell::Cell;

    thread_local! {
        static TOLD: Cell<Option<u64>> = const { Cell::new(None) };
    }

    /// Has this thread believe that so much is free, in bytes.
    pub fn say_free(free: Option<u64>) {
        TOLD.set(free);
    }

    pub(super) fn told() -> Option<u64> {
        TOLD.get()
    }
}
