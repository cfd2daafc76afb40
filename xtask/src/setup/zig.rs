use std::path::PathBuf;

use crate::command::Shown;
use crate::files;
use crate::paths;
use crate::problem::Done;

/// The release of PyPI's `ziglang`.
const RELEASE: &str = "0.17.1";

/// Zig's C compiler with the arguments it chooses by itself taken out.
const COMPILER: &str = r#"#!/bin/sh
set -- "$@" --end-of-arguments--
while [ "$1" != --end-of-arguments-- ]; do
  argument=$1
  shift
  case $argument in
    --target=* | -mmacosx-version-min=*) ;;
    -arch) shift ;;
    *) set -- "$@" "$argument" ;;
  esac
done
shift
"#;

/// A C compiler that makes objects for Apple silicon.
pub fn compiler_for_macos() -> Done<PathBuf> {
    let folder = paths::cache().join(format!("zig-{RELEASE}"));
    let compiler = folder.join("cc");
    if compiler.is_file() {
        return Ok(compiler);
    }
    let python = folder.join("bin/python");
    Shown::new("python3")
        .args(["-m", "venv"])
        .arg(&folder)
        .run()?;
    Shown::new(&python.to_string_lossy())
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            &format!("ziglang=={RELEASE}"),
        ])
        .run()?;
    let script = format!(
        "{COMPILER}exec '{}' -m ziglang cc -target aarch64-macos \"$@\"\n",
        python.display()
    );
    files::write_program(&compiler, &script)?;
    Ok(compiler)
}
