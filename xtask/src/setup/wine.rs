use std::fs;
use std::path::{Path, PathBuf};

use crate::command::Shown;
use crate::paths;
use crate::problem::{Done, Problem};

/// Debian's 64-bit Wine; the package has no program of that name on the path.
pub const WINE: &str = "/usr/lib/wine/wine64";

/// Wine 8 lacks bcryptprimitives.dll, where Rust's standard library takes its random numbers from. This one hands the
/// call on to the function behind RtlGenRandom, which Wine has.
const STAND_IN: &str = "\
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length) {
    return SystemFunction036(buffer, (ULONG)length);
}
";

/// Lays the stand-in beside the programs in these folders.
pub fn provide_random_numbers(folders: &[PathBuf]) -> Done {
    let writing = |error| Problem::doing("write the stand-in for bcryptprimitives.dll", error);
    let place = paths::target().join("wine-stand-in");
    fs::create_dir_all(&place).map_err(writing)?;
    let source = place.join("bcryptprimitives.c");
    let library = place.join("bcryptprimitives.dll");
    fs::write(&source, STAND_IN).map_err(writing)?;
    Shown::new("x86_64-w64-mingw32-gcc")
        .arg("-shared")
        .arg("-o")
        .arg(&library)
        .arg(&source)
        .arg("-ladvapi32")
        .run()?;
    for folder in folders {
        fs::copy(&library, folder.join("bcryptprimitives.dll")).map_err(writing)?;
    }
    Ok(())
}

/// A program built for Windows, run by Wine with a registry and Credential Manager of the project's own.
pub fn under_wine(program: &Path) -> Shown {
    Shown::new(WINE)
        .arg(program)
        .env("WINEPREFIX", paths::target().join("wine"))
        .env("WINEDEBUG", "-all")
}
