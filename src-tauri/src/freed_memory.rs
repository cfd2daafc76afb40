//! The memory that GTK and the web view free. Rust's own is overwritten by the allocator of `main.rs`.

/// What freed memory is filled with: any byte that is not zero.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const FILL: i32 = 0xa5;

/// Has the C library overwrite what is freed, here and in the web view's processes, and has those take their memory from it instead of
/// from WebKit's own allocator, which leaves what is freed as it was. In this process WebKit has chosen its allocator by now, so what
/// its messages leave behind here is not overwritten before it is used again.
///
/// To be called first thing, before any thread is started. The user's own settings of both stand.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(
    unsafe_code,
    reason = "the C library's settings have no safe interface, and no thread has been started yet that could read the environment"
)]
pub fn overwrite_freed_memory() {
    // WebKit's own name: bmalloc's `Environment.cpp` lets the system's malloc serve where it is set.
    const WEB_VIEW: &str = "Malloc";
    // glibc's manual, "Memory Allocation Tunables".
    const C_LIBRARY: &str = "GLIBC_TUNABLES";
    let tunable = format!("glibc.malloc.perturb={FILL}");
    let tunables = match std::env::var(C_LIBRARY) {
        Ok(others) if others.contains("glibc.malloc.perturb") => others,
        Ok(others) if !others.is_empty() => format!("{others}:{tunable}"),
        _ => tunable,
    };
    // SAFETY: called first thing in `run`, before any thread is started; `mallopt` takes two plain numbers.
    unsafe {
        if std::env::var_os(WEB_VIEW).is_none() {
            std::env::set_var(WEB_VIEW, "1");
        }
        // For the processes that are started from here; this one has read it already.
        std::env::set_var(C_LIBRARY, tunables);
        libc::mallopt(libc::M_PERTURB, FILL);
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn overwrite_freed_memory() {}

/// Gives freed memory back to the system: what reading the records took to show the first screen, and at a lock what held secrets.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code, reason = "the C library's call has no safe interface")]
pub fn give_back_freed_memory() {
    // SAFETY: it takes a plain number, and may be called from any thread.
    unsafe {
        libc::malloc_trim(0);
    }
}

/// The other systems' allocators do so by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn give_back_freed_memory() {}
