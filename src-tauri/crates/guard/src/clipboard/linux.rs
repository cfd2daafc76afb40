//! X11, where whoever copied last owns the selection and hands its text out; and Wayland, where the compositor does so.

use x11rb::protocol::xproto::Window;

use super::selection::Selection;
use super::{Board, ClipboardError, ClipboardWriter};

pub(super) struct System {
    writer: Box<dyn ClipboardWriter>,
    /// On X11, the window that owns the selection since a secret was copied.
    owner: Option<Window>,
}

impl System {
    pub(super) fn new(writer: Box<dyn ClipboardWriter>) -> Self {
        Self {
            writer,
            owner: None,
        }
    }
}

impl Board for System {
    fn write_text(&mut self, text: &str) -> Result<(), ClipboardError> {
        self.owner = None;
        self.writer.write_text(text).map_err(not_offered)
    }

    fn write_secret(&mut self, secret: &str) -> Result<(), ClipboardError> {
        self.owner = None;
        self.writer.write_secret(secret).map_err(not_offered)?;
        if !is_wayland() {
            self.owner = owner_of(secret);
        }
        Ok(())
    }

    fn clear_if_ours(&mut self, secret: &str) -> Result<(), ClipboardError> {
        match self.owner {
            Some(owner) => Selection::open()?.give_up(owner)?,
            None => {
                let mut clipboard = arboard::Clipboard::new().map_err(ClipboardError::of)?;
                // An empty clipboard, or one that holds no text, is told as an error too.
                if clipboard.get_text().is_ok_and(|text| text == secret) {
                    clipboard.clear().map_err(ClipboardError::of)?;
                }
            }
        }
        self.owner = None;
        Ok(())
    }
}

/// The window that owns the selection, if what it hands out is `text`: then it is ours, since nobody else has it.
fn owner_of(text: &str) -> Option<Window> {
    let owner = Selection::open().ok()?.owner()?;
    let handed_out = arboard::Clipboard::new().ok()?.get_text().ok()?;
    (handed_out == text).then_some(owner)
}

/// Whether it did not work because no clipboard can be reached: neither the compositor's data control, which is tried first under Wayland,
/// nor an X server's.
fn not_offered(error: ClipboardError) -> ClipboardError {
    match arboard::Clipboard::new() {
        Ok(_) => error,
        Err(missing) => ClipboardError::NotOffered(missing.to_string()),
    }
}

fn is_wayland() -> bool {
    std::env::var_os("WAYLAND_DISPLAY").is_some()
}
