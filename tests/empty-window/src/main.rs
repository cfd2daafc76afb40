//! A window with nothing in it, made as the program makes its own: private, and hidden until its page is laid out. With `--at-once` it
//! is shown from the start, as Tauri does by itself. It says `painted` on the standard error stream once its page is painted.

use tauri::{WebviewUrl, WebviewWindow, WebviewWindowBuilder};

#[tauri::command]
fn laid_out(window: WebviewWindow) {
    // A window that cannot be shown never says that it is painted.
    let _ = window.show();
    let _ = window.set_focus();
}

#[tauri::command]
fn painted() {
    eprintln!("painted");
}

fn main() {
    // WebDriver cannot reach a private window; the variable is the one that Tauri itself goes by.
    let is_driven = std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some();
    let at_once = std::env::args().any(|argument| argument == "--at-once");
    let run = tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![laid_out, painted])
        .setup(move |app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
                .title("Empty window")
                .inner_size(1180.0, 760.0)
                .center()
                .visible(at_once)
                .incognito(!is_driven)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!());
    if let Err(error) = run {
        eprintln!("no window: {error}");
        std::process::exit(1);
    }
}
