#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

/// Whatever is freed is overwritten first, so that nothing secret stays behind in memory that is no longer used.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> std::process::ExitCode {
    subvault::run(std::env::args_os())
}
