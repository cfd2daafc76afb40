//! Variables of the environment by which whoever starts the program could have code loaded into it, look into its window, or answer for
//! the system. They are taken out first thing, so that neither this process nor those of the web view go by them.
//!
//! What acts before the first line of a program runs (`LD_PRELOAD`, `LD_LIBRARY_PATH`, `LD_AUDIT`, `DYLD_*`) cannot be taken out; see
//! docs/SECURITY.md.

use std::ffi::OsStr;

/// Every variable with such a beginning, but those of [`HARMLESS`].
///
/// `WEBVIEW2_`: arguments, another browser, a debugger's pipe (Microsoft, "WebView2 browser flags" and `CreateCoreWebView2Environment`).
/// `WEBKIT_`: the inspector's server, an injected bundle, the sandbox (WebKit's `Source/WebKit`). `JSC_`: options of JavaScriptCore.
/// `GST_`: plugins that the web view's processes load. `TAURI_`: the window handed to WebDriver. `OPENSSL_`: engines and providers.
const BEGINNINGS: [&str; 6] = ["WEBVIEW2_", "WEBKIT_", "JSC_", "GST_", "TAURI_", "OPENSSL_"];

/// Choose how pixels are drawn, and no more.
const HARMLESS: [&str; 2] = [
    "WEBKIT_DISABLE_DMABUF_RENDERER",
    "WEBKIT_DISABLE_COMPOSITING_MODE",
];

/// Modules that GTK, GIO, the image loader, glibc's character sets and the graphics drivers load; GTK's inspector; encryption keys in a
/// file; and the system's bus, on which the system is asked who is at the computer.
const NAMES: [&str; 31] = [
    SYSTEM_BUS,
    "GBM_BACKENDS_PATH",
    "GCONV_PATH",
    "GDK_PIXBUF_MODULEDIR",
    "GDK_PIXBUF_MODULE_FILE",
    "GIO_EXTRA_MODULES",
    "GIO_MODULE_DIR",
    "GNUTLS_SYSTEM_PRIORITY_FILE",
    "GTK3_MODULES",
    "GTK_DATA_PREFIX",
    "GTK_DEBUG",
    "GTK_EXE_PREFIX",
    "GTK_IM_MODULE_FILE",
    "GTK_MODULES",
    "GTK_PATH",
    "LIBGL_DRIVERS_PATH",
    "LIBVA_DRIVERS_PATH",
    "P11_KIT_MODULE_PATH",
    "SSLKEYLOGFILE",
    "VDPAU_DRIVER_PATH",
    "VK_ADD_DRIVER_FILES",
    "VK_ADD_LAYER_PATH",
    "VK_DRIVER_FILES",
    "VK_ICD_FILENAMES",
    "VK_IMPLICIT_LAYER_PATH",
    "VK_INSTANCE_LAYERS",
    "VK_LAYER_PATH",
    "VK_LOADER_LAYERS_ENABLE",
    "__EGL_EXTERNAL_PLATFORM_CONFIG_DIRS",
    "__EGL_VENDOR_LIBRARY_DIRS",
    "__EGL_VENDOR_LIBRARY_FILENAMES",
];

/// What the tests drive the window with; beside it, they alone may name another bus to ask polkit on. The program that ships knows none
/// of it.
const FOR_TESTS: [&str; 2] = [AUTOMATION, "WEBKIT_INSPECTOR_SERVER"];

/// Where the system's bus is said to be. What the web view's libraries ask there would hang with one that never answers.
const SYSTEM_BUS: &str = "DBUS_SYSTEM_BUS_ADDRESS";

/// The variable that Tauri itself goes by.
const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";

/// Takes them all out. To be called before any thread is started.
#[allow(
    unsafe_code,
    reason = "no thread has been started yet that could read the environment at the same time"
)]
pub fn close() {
    #[cfg(target_os = "linux")]
    if cfg!(debug_assertions)
        && let Ok(address) = std::env::var(SYSTEM_BUS)
    {
        guard::presence::ask_on(address);
    }
    let names: Vec<_> = std::env::vars_os().map(|(name, _)| name).collect();
    for name in names {
        if is_a_door(cfg!(debug_assertions), &name) {
            // SAFETY: called first thing in `run`, before any thread is started.
            unsafe { std::env::remove_var(name) };
        }
    }
}

/// Whether the window is to be driven through WebDriver, which cannot reach an incognito window. Never in the program that ships.
pub fn is_driven_by_a_test() -> bool {
    cfg!(debug_assertions) && std::env::var_os(AUTOMATION).is_some()
}

/// `testing` says whether those are left that only tests may use. On Windows the case of a name does not matter.
fn is_a_door(testing: bool, name: &OsStr) -> bool {
    let Some(name) = name.to_str() else {
        return false;
    };
    let name = if cfg!(windows) {
        name.to_ascii_uppercase()
    } else {
        name.to_owned()
    };
    let name = name.as_str();
    if testing && FOR_TESTS.contains(&name) {
        return false;
    }
    let begins = BEGINNINGS
        .iter()
        .any(|beginning| name.starts_with(beginning));
    NAMES.contains(&name) || (begins && !HARMLESS.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_closed(testing: bool, name: &str) -> bool {
        is_a_door(testing, OsStr::new(name))
    }

    #[test]
    fn the_program_that_ships_goes_by_no_variable_that_opens_it() {
        for name in [
            "TAURI_WEBVIEW_AUTOMATION",
            "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
            "WEBVIEW2_BROWSER_EXECUTABLE_FOLDER",
            "WEBVIEW2_USER_DATA_FOLDER",
            "WEBVIEW2_PIPE_FOR_SCRIPT_DEBUGGER",
            "WEBVIEW2_RELEASE_CHANNEL_PREFERENCE",
            "WEBVIEW2_WAIT_FOR_SCRIPT_DEBUGGER",
            "WEBKIT_INSPECTOR_SERVER",
            "WEBKIT_INSPECTOR_HTTP_SERVER",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS",
            "WEBKIT_INJECTED_BUNDLE_PATH",
            "WEBKIT_EXEC_PATH",
            "JSC_useFTLJIT",
            "GST_PLUGIN_PATH_1_0",
            "GTK_MODULES",
            "GTK_PATH",
            "GTK_DEBUG",
            "GTK_IM_MODULE_FILE",
            "GIO_EXTRA_MODULES",
            "GDK_PIXBUF_MODULE_FILE",
            "GCONV_PATH",
            "OPENSSL_CONF",
            "SSLKEYLOGFILE",
            "DBUS_SYSTEM_BUS_ADDRESS",
        ] {
            assert!(is_closed(false, name), "{name}");
        }
    }

    #[test]
    fn what_a_desktop_needs_is_left() {
        for name in [
            "PATH",
            "HOME",
            "DISPLAY",
            "WAYLAND_DISPLAY",
            "DBUS_SESSION_BUS_ADDRESS",
            "XDG_RUNTIME_DIR",
            "GTK_THEME",
            "GTK_IM_MODULE",
            "GDK_BACKEND",
            "HTTPS_PROXY",
            "SSL_CERT_FILE",
            "WEBKIT_DISABLE_DMABUF_RENDERER",
        ] {
            assert!(!is_closed(false, name), "{name}");
        }
    }

    #[test]
    fn only_what_drives_the_tests_is_left_for_them() {
        for name in FOR_TESTS {
            assert!(is_closed(false, name) && !is_closed(true, name), "{name}");
        }
        assert!(is_closed(true, "WEBVIEW2_USER_DATA_FOLDER"));
        assert!(is_closed(true, "GTK_MODULES"));
    }
}
