//! Start-up: the window, the plugins, and the end.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use tauri::{AppHandle, Manager, RunEvent, WindowEvent};
use tauri_plugin_window_state::StateFlags;

use crate::backup_job::{BackupJob, look_after_backups};
use crate::bindings;
use crate::clipboard::{LastAsked, cleared_at_exit, clipboard_of};
use crate::closing::{CloseQuestion, think_close_over};
use crate::commands::{ExportJob, ReadAhead};
use crate::doors;
use crate::folders::{Folders, window_file};
use crate::follow::follow;
use crate::keychain_waits::tell_of_waiting;
use crate::lock::{self, LockController};
use crate::look_after::{LookAfter, look_after};
use crate::process::close_to_others;
use crate::session::AppSession;
use crate::start::{self, Options, StartTrouble, Wanted};
use crate::window::{Measured, WINDOW, open_window, show_in_any_case};

/// Runs the program until its window is closed.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let started = Instant::now();
    doors::close();
    let options = match Options::parse(arguments) {
        Ok(Wanted::Window(options)) => options,
        Ok(Wanted::Help) => {
            start::print(start::HELP);
            return ExitCode::SUCCESS;
        }
        Ok(Wanted::Version) => {
            start::print(concat!("subvault ", env!("CARGO_PKG_VERSION")));
            return ExitCode::SUCCESS;
        }
        Ok(Wanted::SayThatNoneAnswers) => {
            start::say_that_none_answers();
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            start::tell(&error.into(), None);
            return ExitCode::from(2);
        }
    };
    prefer_a_steady_renderer();
    close_to_others();
    let data = options.data.clone();
    let opened = start::remember_panics(data.as_deref());
    if let Err(trouble) = start::find_out_before() {
        start::tell(&trouble, data.as_deref());
        return ExitCode::FAILURE;
    }
    let measured = Measured::from(started, options.measure);
    let built = build(options, measured);
    opened.store(true, Ordering::SeqCst);
    match built {
        Ok(app) => {
            app.run(|app, event| {
                if let RunEvent::WindowEvent {
                    event: WindowEvent::CloseRequested { api, .. },
                    ..
                } = event
                {
                    api.prevent_close();
                    tauri::async_runtime::spawn(think_close_over(app.clone()));
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            start::tell(&StartTrouble::Window(error.to_string()), data.as_deref());
            ExitCode::FAILURE
        }
    }
}

/// What the build has made of the configuration.
pub(crate) fn context() -> tauri::Context<tauri::Wry> {
    tauri::generate_context!()
}

fn build(options: Options, measured: Measured) -> tauri::Result<tauri::App> {
    let bindings = bindings::builder();
    let handler = bindings.invoke_handler();
    let builder = tauri::Builder::default();
    #[cfg(target_os = "macos")]
    let builder = builder
        .menu(crate::menu::menu)
        .on_menu_event(crate::menu::chosen);
    #[cfg(target_os = "macos")]
    let builder = {
        let last = crate::window::LastCrash::default();
        // Without its process the window stays, and is blank.
        builder.on_web_content_process_terminate(move |view| {
            if last.may_load_anew(Instant::now()) {
                // A window that is gone shows nothing.
                let _ = view.reload();
            }
        })
    };
    builder
        .plugin(start::begins_waiting(options.data.clone()))
        .plugin(tauri_plugin_single_instance::init(
            |app, arguments, started_in| start::started_again(app, arguments, &started_in),
        ))
        .plugin(start::is_first())
        .plugin(remembers_its_size(options.data.as_deref()))
        .plugin(cleared_at_exit())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(
            tauri_plugin_opener::Builder::new()
                .open_js_links_on_click(false)
                .build(),
        )
        .invoke_handler(lock::through(handler))
        .setup(move |app| {
            bindings.mount_events(app);
            let handle = app.handle().clone();
            let folders = Folders::new(options.data.as_deref(), &handle)?;
            folders.make_window_file();
            let presence = guard::presence::of_this_system(window_handle(handle.clone()));
            let controller = Arc::new(LockController::new(presence, options.lock_after));
            app.manage(Arc::clone(&controller));
            app.manage(AppSession::new(folders, options, controller));
            app.manage(measured);
            app.manage(LookAfter::default());
            app.manage(BackupJob::default());
            app.manage(ExportJob::default());
            app.manage(CloseQuestion::default());
            app.manage(clipboard_of(&handle));
            app.manage(LastAsked::default());
            let window = open_window(&handle)?;
            tauri::async_runtime::spawn(show_in_any_case(window));
            app.manage(ReadAhead::begin(handle.clone()));
            tauri::async_runtime::spawn(tell_of_waiting(handle.clone()));
            tauri::async_runtime::spawn(look_after_backups(handle.clone()));
            tauri::async_runtime::spawn(look_after(handle.clone()));
            tauri::async_runtime::spawn(follow(handle.clone()));
            tauri::async_runtime::spawn(lock::follow(handle.clone()));
            tauri::async_runtime::spawn(lock::remember(handle.clone()));
            lock::watch_the_computer(&handle);
            tauri::async_runtime::spawn(end_when_told(handle));
            Ok(())
        })
        .build(context())
}

/// Keeps the window's size and place when it closes; [`open_window`] goes by them. They are kept in the folder named on the command line, or in the system's place for a program's settings.
fn remembers_its_size(named: Option<&Path>) -> tauri::plugin::TauriPlugin<tauri::Wry> {
    let plugin = tauri_plugin_window_state::Builder::new()
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
        .skip_initial_state(WINDOW);
    // The plugin joins this to its own folder, which a whole path takes the place of.
    let file = named.and_then(window_file);
    match file.as_deref().and_then(Path::to_str) {
        Some(file) => plugin.with_filename(file),
        None => plugin,
    }
    .build()
}

/// The window over which the system asks who is there, on Windows.
fn window_handle(app: AppHandle) -> impl Fn() -> isize + Send + Sync + 'static {
    move || {
        #[cfg(windows)]
        if let Some(Ok(handle)) = app.get_webview_window(WINDOW).map(|window| window.hwnd()) {
            return handle.0 as isize;
        }
        let _ = &app;
        0
    }
}

/// Ends in order when the system says so, and takes a copied secret off the clipboard.
#[cfg(unix)]
async fn end_when_told(app: AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};
    let told = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
        signal(SignalKind::hangup()),
    );
    if let (Ok(mut terminate), Ok(mut interrupt), Ok(mut hangup)) = told {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            _ = hangup.recv() => {}
        }
        app.exit(0);
    }
}

/// Windows closes the window, or ends the session and its clipboard with it.
#[cfg(not(unix))]
async fn end_when_told(_: AppHandle) {}

/// WebKitGTK's DMABUF renderer paints nothing on some graphics drivers; the older one always does. The user's own choice of it
/// stands. Source: tauri-apps/tauri issues 8462, 9394.
#[cfg(target_os = "linux")]
#[allow(
    unsafe_code,
    reason = "no thread has been started yet that could read the environment at the same time"
)]
fn prefer_a_steady_renderer() {
    const RENDERER: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(RENDERER).is_none() {
        // SAFETY: called first thing in `run`, before any thread is started.
        unsafe { std::env::set_var(RENDERER, "1") };
    }
}

#[cfg(not(target_os = "linux"))]
fn prefer_a_steady_renderer() {}
