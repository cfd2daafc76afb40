//! What other programs of the same user can have of this process.

/// Keeps its memory out of crash reports, and other programs out of it where that does no harm yet.
pub fn close_to_others() {
    if let Err(error) = guard::keep_out_of_crash_reports() {
        eprintln!("{error}");
    }
    if !cfg!(windows) {
        close_process_to_others();
    }
}

/// On Windows only once the page is up, since the web view's processes open this one while they start.
pub fn close_process_to_others() {
    if let Err(error) = guard::close_process() {
        eprintln!("{error}");
    }
}
