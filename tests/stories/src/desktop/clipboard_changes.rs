use std::error::Error;

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xfixes::{ConnectionExt as _, SelectionEvent, SelectionEventMask};
use x11rb::protocol::xproto::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::waiting::{PATIENCE, until};
use crate::{Failure, Told};

/// What became of the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClipboardChange {
    /// A program put something there.
    Filled,
    /// A program took off what was there.
    Emptied,
    /// What was there went with the program that had put it there.
    LostWithItsProgram,
}

/// Every change of the clipboard from now on, as the X server tells them.
pub struct ClipboardChanges {
    connection: RustConnection,
}

impl ClipboardChanges {
    pub(super) fn on(display: &str) -> Told<Self> {
        Self::connect(display).map_err(|error| Failure::from_error("watch the clipboard", error))
    }

    /// Waits for the next change.
    pub async fn next(&self) -> Told<ClipboardChange> {
        until(PATIENCE, async || {
            let change = self.poll();
            change
                .map_err(|error| Failure::from_error("watch the clipboard", error))?
                .ok_or_else(|| Failure::new("the clipboard did not change"))
        })
        .await
    }

    fn connect(display: &str) -> Result<Self, Box<dyn Error>> {
        let (connection, screen) = x11rb::connect(Some(display))?;
        let screen = connection.setup().roots.get(screen).ok_or("no screen")?;
        let root = screen.root;
        connection.xfixes_query_version(5, 0)?.reply()?;
        let clipboard = connection.intern_atom(false, b"CLIPBOARD")?.reply()?.atom;
        let all = SelectionEventMask::SET_SELECTION_OWNER
            | SelectionEventMask::SELECTION_WINDOW_DESTROY
            | SelectionEventMask::SELECTION_CLIENT_CLOSE;
        connection
            .xfixes_select_selection_input(root, clipboard, all)?
            .check()?;
        Ok(Self { connection })
    }

    fn poll(&self) -> Result<Option<ClipboardChange>, Box<dyn Error>> {
        while let Some(event) = self.connection.poll_for_event()? {
            let Event::XfixesSelectionNotify(change) = event else {
                continue;
            };
            return Ok(Some(match change.subtype {
                SelectionEvent::SET_SELECTION_OWNER if change.owner != x11rb::NONE => {
                    ClipboardChange::Filled
                }
                SelectionEvent::SET_SELECTION_OWNER => ClipboardChange::Emptied,
                _ => ClipboardChange::LostWithItsProgram,
            }));
        }
        Ok(None)
    }
}
