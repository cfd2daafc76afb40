//! `faults creation` and `faults records`: the campaigns behind `cargo xtask faults`.

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    faults::run()
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("The kills and disk faults of these campaigns need Linux.");
}
