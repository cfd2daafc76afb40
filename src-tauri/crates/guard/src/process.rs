//! The program's own process: nothing of its memory is written down when it crashes, and other programs of the same user may not look
//! into it, where the system allows that.
//!
//! The administrator, and on Linux whoever may trace every process, can look all the same.

use thiserror::Error;

/// The system refused to close the process. It runs on, unprotected.
#[derive(Debug, Error)]
#[error("{what}: {reason}")]
pub struct NotClosed {
    what: &'static str,
    reason: String,
}

fn not_closed(what: &'static str, reason: impl std::fmt::Display) -> NotClosed {
    NotClosed {
        what,
        reason: reason.to_string(),
    }
}

/// Turns off memory dumps and crash reports, for the programs started from here too. To be called first thing.
pub fn keep_out_of_crash_reports() -> Result<(), NotClosed> {
    no_dumps().map_err(|reason| not_closed("memory dumps could not be turned off", reason))
}

/// Closes the process to other programs of the same user: no reading of its memory, no attaching.
///
/// On Windows this stops programs that try without more ado. The user owns the process, and an owner may always give the right back
/// (Microsoft, "Owner of a New Object").
///
/// On Windows the web view's own processes need to reach this one while they start; what they opened until then they keep. There it is
/// to be called once the first page is up, and nothing secret may be in memory before. Elsewhere it can be called at once.
pub fn close_process() -> Result<(), NotClosed> {
    close().map_err(|reason| not_closed("the process could not be closed to others", reason))
}

/// A limit of 0 keeps dumps out of files, but the kernel still pipes them to a handler such as systemd-coredump; at exactly 1 it does
/// neither. Source: `do_coredump` in Linux's fs/coredump.c.
#[cfg(target_os = "linux")]
fn no_dumps() -> Result<(), String> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let neither_file_nor_handler = Rlimit {
        current: Some(1),
        maximum: Some(1),
    };
    setrlimit(Resource::Core, neither_file_nor_handler).map_err(|error| error.to_string())
}

#[cfg(target_os = "macos")]
fn no_dumps() -> Result<(), String> {
    secmem_proc::components::disable_core_dumps_rlimit().map_err(|error| error.to_string())
}

/// Excludes the program from Windows Error Reporting, keeps the heap out of a report that is made all the same, and shows no crash
/// box that offers one.
#[cfg(windows)]
#[allow(
    unsafe_code,
    reason = "Windows has no safe interface to these settings"
)]
fn no_dumps() -> Result<(), String> {
    use windows::Win32::System::Diagnostics::Debug::{
        SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SetErrorMode,
    };
    use windows::Win32::System::ErrorReporting::{
        WER_FAULT_REPORTING_FLAG_NOHEAP, WerAddExcludedApplication, WerSetFlags,
    };
    use windows::core::w;
    // SAFETY: plain values, and one string that lives for ever.
    unsafe {
        SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
        let without_heap = WerSetFlags(WER_FAULT_REPORTING_FLAG_NOHEAP);
        let excluded = WerAddExcludedApplication(w!("subvault.exe"), false);
        without_heap
            .and(excluded)
            .map_err(|error| error.to_string())
    }
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn close() -> Result<(), String> {
    secmem_proc::components::disable_tracing_prctl().map_err(|error| error.to_string())
}

/// Leaves other programs of the user the right to wait for this one, to end it, and to know that it runs.
#[cfg(windows)]
fn close() -> Result<(), String> {
    secmem_proc::components::set_default_dacl_winapi().map_err(|error| error.to_string())
}
