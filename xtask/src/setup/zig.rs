use std::path::PathBuf;

use super::python;
use crate::files;
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
    let folder = python::package("ziglang", RELEASE)?;
    let compiler = folder.join("cc");
    if compiler.is_file() {
        return Ok(compiler);
    }
    let python = folder.join("bin/python");
    let script = format!(
        "{COMPILER}exec '{}' -m ziglang cc -target aarch64-macos \"$@\"\n",
        python.display()
    );
    files::write_program(&compiler, &script)?;
    Ok(compiler)
}
