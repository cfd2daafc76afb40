//! A window with nothing in it. It says `painted` on the standard error stream once its page is painted.

#[tauri::command]
fn painted() {
    eprintln!("painted");
}

fn main() {
    let run = tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![painted])
        .run(tauri::generate_context!());
    if let Err(error) = run {
        eprintln!("no window: {error}");
        std::process::exit(1);
    }
}
