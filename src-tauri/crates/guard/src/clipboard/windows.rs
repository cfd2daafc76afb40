//! Windows: only one program at a time has the clipboard open.

use arboard::SetExtWindows as _;
use clipboard_win::raw;
use zeroize::Zeroizing;

use super::{Board, ClipboardError, ClipboardWriter};

/// Others hold the clipboard for a moment only.
const TRIES: usize = 10;

pub(super) struct System {
    writer: Box<dyn ClipboardWriter>,
}

impl System {
    pub(super) fn new(writer: Box<dyn ClipboardWriter>) -> Self {
        Self { writer }
    }
}

impl Board for System {
    fn write_text(&mut self, text: &str) -> Result<(), ClipboardError> {
        self.writer.write_text(text)
    }

    fn write_secret(&mut self, secret: &str) -> Result<(), ClipboardError> {
        let mut clipboard = arboard::Clipboard::new().map_err(ClipboardError::of)?;
        let writing = clipboard
            .set()
            .exclude_from_monitoring()
            .exclude_from_cloud()
            .exclude_from_history();
        writing.text(secret).map_err(ClipboardError::of)
    }

    /// Looks and clears while the clipboard is open, so that nobody comes in between.
    fn clear_if_ours(&mut self, secret: &str) -> Result<(), ClipboardError> {
        let _open = clipboard_win::Clipboard::new_attempts(TRIES).map_err(ClipboardError::of)?;
        let mut text = Zeroizing::new(Vec::new());
        match raw::get_string(&mut text) {
            Ok(_) if *text == secret.as_bytes() => raw::empty().map_err(ClipboardError::of),
            // What is no text is not ours either.
            _ => Ok(()),
        }
    }
}
