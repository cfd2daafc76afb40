//! The one window: how it is made, and when it is seen.

use std::time::{Duration, Instant};

#[cfg(any(target_os = "linux", target_os = "macos"))]
use parking_lot::Mutex;
use tauri::utils::config::Color;
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{AppHandle, Manager, Theme, WebviewUrl, WebviewWindow, WebviewWindowBuilder};
use tauri_plugin_window_state::AppHandleExt;

use crate::doors::is_driven_by_a_test;
use crate::platform::platform;
use crate::start::{Placement, WorkArea, place, saved_in};
use crate::wire::Platform;

/// The window's label, which the capability file names.
pub const WINDOW: &str = "main";
/// The window is shown after this long even where its page has not said that it is laid out.
pub const SHOWN_AT_THE_LATEST: Duration = Duration::from_secs(4);

/// How long the start took, for `--measure`.
pub struct Measured {
    started: Instant,
    wanted: bool,
}

impl Measured {
    /// `wanted` says whether anyone asked.
    pub fn from(started: Instant, wanted: bool) -> Self {
        Self { started, wanted }
    }

    /// Says that the start has come so far, and how many milliseconds that took, where that was asked for.
    pub fn come_to(&self, stage: &str) {
        if self.wanted {
            eprintln!("{stage} {}", self.started.elapsed().as_millis());
        }
    }
}

/// Makes the window, unseen: it is shown when its page is laid out.
pub fn open_window(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    let placement = placement(app);
    let window = WebviewWindowBuilder::new(app, WINDOW, WebviewUrl::default())
        .title("Subvault")
        .inner_size(placement.size.width, placement.size.height)
        .min_inner_size(placement.smallest.width, placement.smallest.height)
        .maximized(placement.maximized)
        .visible(false)
        .incognito(!is_driven_by_a_test())
        .general_autofill_enabled(false)
        .disable_drag_drop_handler()
        .initialization_script(include_str!("ask_ahead.js"))
        .devtools(cfg!(debug_assertions))
        .on_navigation(is_our_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(|window, page| {
            // Another page shows no secret; the one that did may have had no time to say that it is gone.
            if page.event() == PageLoadEvent::Finished {
                keep_out_of_pictures(&window, false);
            }
        })
        .build()?;
    if let Some(position) = placement.position {
        window.set_position(position)?;
    }
    let ground = match window.theme()? {
        Theme::Dark => Color(0x12, 0x16, 0x1d, 0xff),
        _ => Color(0xf6, 0xf7, 0xf9, 0xff),
    };
    window.set_background_color(Some(ground))?;
    #[cfg(target_os = "linux")]
    load_anew_after_a_crash(&window)?;
    Ok(window)
}

/// Where the window opens, by what Tauri's plugin saved of it and the screens that are there now. The plugin itself would put it back as
/// it was, however large and wherever that is now.
fn placement(app: &AppHandle) -> Placement {
    // The first screen is where a window goes that was nowhere before.
    let first = app.primary_monitor().ok().flatten();
    let all = app.available_monitors().unwrap_or_default();
    let screens: Vec<WorkArea> = first.iter().chain(&all).map(WorkArea::from).collect();
    let folder = app.path().app_config_dir();
    let saved = folder.ok().and_then(|folder| {
        // A whole path takes the folder's place.
        saved_in(&folder.join(app.filename()), WINDOW)
    });
    place(saved, &screens)
}

/// A page whose process ends again so soon would do that for ever.
#[cfg(any(target_os = "linux", target_os = "macos"))]
const CRASHES_APART: Duration = Duration::from_secs(20);

/// When the page's process last ended by itself.
#[cfg(any(target_os = "linux", target_os = "macos"))]
#[derive(Default)]
pub struct LastCrash(Mutex<Option<Instant>>);

#[cfg(any(target_os = "linux", target_os = "macos"))]
impl LastCrash {
    /// Notes one at this time, and says whether loading the page anew may help.
    pub fn may_load_anew(&self, at: Instant) -> bool {
        let mut last = self.0.lock();
        last.replace(at)
            .is_none_or(|last| at.duration_since(last) >= CRASHES_APART)
    }
}

/// Loads the page anew when its process has ended by itself: without it the window stays, and is blank.
#[cfg(target_os = "linux")]
fn load_anew_after_a_crash(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{WebProcessTerminationReason, WebViewExt};
    window.with_webview(|view| {
        let last = LastCrash::default();
        view.inner()
            .connect_web_process_terminated(move |view, reason| {
                if reason != WebProcessTerminationReason::TerminatedByApi
                    && last.may_load_anew(Instant::now())
                {
                    view.reload();
                }
            });
    })
}

fn is_our_own_page(url: &tauri::Url) -> bool {
    is_page_of(platform(), url)
}

/// The pages built into the program, under the address that the system's web view gives them.
pub(crate) fn is_page_of(system: Platform, url: &tauri::Url) -> bool {
    match system {
        Platform::Windows => {
            url.scheme() == "http"
                && url.host_str() == Some("tauri.localhost")
                && url.port().is_none()
        }
        Platform::Linux | Platform::Macos => {
            url.scheme() == "tauri" && url.host_str() == Some("localhost")
        }
    }
}

/// Brings the window before the user.
pub fn show(window: &WebviewWindow) {
    // A window that cannot be shown is one the user has closed just now.
    let _ = window.show();
    let _ = window.unminimize();
    let _ = window.set_focus();
}

/// Keeps the window out of pictures and recordings of the screen, or no longer does. Windows and macOS can; elsewhere it does nothing.
pub fn keep_out_of_pictures(window: &WebviewWindow, out: bool) {
    // A system that cannot shows the secret all the same, since it was asked for.
    let _ = window.set_content_protected(out);
}

/// Loads the page anew, in a process of its own where the one it was in can be ended: what was typed into a page, and shown on it, stays
/// in the memory of its process until then. A window driven through WebDriver would be lost to its driver with that process.
#[cfg(target_os = "linux")]
pub fn load_anew(window: &WebviewWindow) {
    use webkit2gtk::WebViewExt;
    if is_driven_by_a_test() {
        let _ = window.reload();
        return;
    }
    // A window that is gone shows nothing.
    let _ = window.with_webview(|view| {
        view.inner().terminate_web_process();
        view.inner().reload();
    });
}

/// Loads the page anew. Its process is the web view's own affair here.
#[cfg(not(target_os = "linux"))]
pub fn load_anew(window: &WebviewWindow) {
    // A window that is gone shows nothing.
    let _ = window.reload();
}

/// Shows a window whose page never says that it is laid out.
pub async fn show_in_any_case(window: WebviewWindow) {
    tokio::time::sleep(SHOWN_AT_THE_LATEST).await;
    if matches!(window.is_visible(), Ok(false)) {
        show(&window);
    }
}

#[cfg(all(test, any(target_os = "linux", target_os = "macos")))]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_crashes_again_and_again_is_loaded_anew_only_once() {
        let last = LastCrash::default();
        let start = Instant::now();
        assert!(last.may_load_anew(start));
        let again = start + Duration::from_secs(1);
        assert!(!last.may_load_anew(again));
        assert!(!last.may_load_anew(again + CRASHES_APART / 2));
        assert!(last.may_load_anew(again + CRASHES_APART * 2));
    }
}
