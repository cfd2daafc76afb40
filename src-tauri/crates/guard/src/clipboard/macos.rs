//! macOS: the pasteboard counts its changes, and can be told that what it takes is for this computer only.

use objc2_app_kit::{NSPasteboard, NSPasteboardContentsOptions, NSPasteboardTypeString};
use objc2_foundation::{NSInteger, NSString, ns_string};

use super::{Board, ClipboardError, ClipboardWriter};

pub(super) struct System {
    writer: Box<dyn ClipboardWriter>,
    /// The pasteboard's count since the secret was written.
    count: Option<NSInteger>,
}

impl System {
    pub(super) fn new(writer: Box<dyn ClipboardWriter>) -> Self {
        Self {
            writer,
            count: None,
        }
    }
}

impl Board for System {
    fn write_text(&mut self, text: &str) -> Result<(), ClipboardError> {
        self.count = None;
        self.writer.write_text(text)
    }

    /// "This computer only" keeps it from Universal Clipboard; the concealed type is what histories go by, so it is there before the
    /// text that a history could read meanwhile.
    /// Source: <http://nspasteboard.org>.
    #[allow(unsafe_code, reason = "the type's name is a constant of the system's")]
    fn write_secret(&mut self, secret: &str) -> Result<(), ClipboardError> {
        let board = NSPasteboard::generalPasteboard();
        self.count = Some(
            board.prepareForNewContentsWithOptions(NSPasteboardContentsOptions::CurrentHostOnly),
        );
        // SAFETY: a constant string that the system provides.
        let text = unsafe { NSPasteboardTypeString };
        let written = board
            .setString_forType(ns_string!(""), ns_string!("org.nspasteboard.ConcealedType"))
            && board.setString_forType(&NSString::from_str(secret), text);
        if written {
            Ok(())
        } else {
            Err(ClipboardError::of("the pasteboard did not take the text"))
        }
    }

    fn clear_if_ours(&mut self, _: &str) -> Result<(), ClipboardError> {
        let board = NSPasteboard::generalPasteboard();
        if self.count.take() == Some(board.changeCount()) {
            board.clearContents();
        }
        Ok(())
    }
}
