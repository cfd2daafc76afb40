use super::std_from_source;
use crate::command::Shown;
use crate::problem::Done;
use crate::setup::{self, front_end, needs, rust_std::RustStd, zig};

const TARGET: &str = "aarch64-apple-darwin";

/// Type-checks the whole program for Apple silicon. It cannot be linked away from a Mac.
pub fn macos(arguments: &[String]) -> Done {
    let from_source = std_from_source(arguments)?;
    if cfg!(target_os = "macos") {
        setup::provide(&[])?;
        return check(Shown::cargo().arg("check"));
    }
    setup::provide(&[needs::BUILD, needs::FROM_PYPI])?;
    let std = RustStd::provide(TARGET, from_source)?;
    let compiler = zig::compiler_for_macos()?;
    let cargo = std.used_by(Shown::cargo().arg("check").args(["--target", TARGET]));
    // zig brings the system's headers itself; build scripts that ask Xcode for them are told there is nothing to ask for.
    check(
        cargo
            .env("CC_aarch64_apple_darwin", compiler)
            .env("SDKROOT", "/")
            .env("CARGO_PROFILE_DEV_DEBUG", "0"),
    )
}

fn check(cargo: Shown) -> Done {
    if !crate::paths::ui().join("dist/index.html").is_file() {
        front_end::prepare_pages()?;
    }
    cargo.args(["--package", "subvault", "--all-targets"]).run()
}
