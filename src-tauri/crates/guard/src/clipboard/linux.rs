//! X11, where whoever copied last owns the selection and hands its text out; and Wayland, where the compositor does so.

use arboard::SetExtLinux as _;
use x11rb::protocol::xproto::{Atom, ConnectionExt as _, Window};
use x11rb::rust_connection::RustConnection;

use super::{Board, ClipboardError};

/// Kept for as long as something copied from here is to be handed out.
#[derive(Default)]
pub(super) struct System {
    clipboard: Option<arboard::Clipboard>,
    /// On X11, the window that owns the selection since the last copy.
    owner: Option<Window>,
}

impl System {
    fn clipboard(&mut self) -> Result<&mut arboard::Clipboard, ClipboardError> {
        let clipboard = match self.clipboard.take() {
            Some(clipboard) => clipboard,
            None => arboard::Clipboard::new().map_err(not_offered)?,
        };
        Ok(self.clipboard.insert(clipboard))
    }

    /// The window that owns the selection, if what it hands out is `text`: then it is ours, since nobody else has it.
    fn owner_of(&mut self, text: &str) -> Option<Window> {
        let owner = Selection::open().ok()?.owner()?;
        let handed_out = self.clipboard.as_mut()?.get_text().ok()?;
        (handed_out == text).then_some(owner)
    }
}

impl Board for System {
    fn write_text(&mut self, text: &str) -> Result<(), ClipboardError> {
        self.owner = None;
        Ok(self.clipboard()?.set_text(text)?)
    }

    fn write_secret(&mut self, secret: &str) -> Result<(), ClipboardError> {
        self.owner = None;
        let writing = self.clipboard()?.set().exclude_from_history();
        writing.text(secret)?;
        if !is_wayland() {
            self.owner = self.owner_of(secret);
        }
        Ok(())
    }

    fn take_back(&mut self, secret: &str) -> Result<(), ClipboardError> {
        match self.owner {
            Some(owner) => Selection::open()?.give_up(owner)?,
            None => {
                let clipboard = self.clipboard()?;
                // An empty clipboard, or one that holds no text, is told as an error too.
                if clipboard.get_text().is_ok_and(|text| text == secret) {
                    clipboard.clear()?;
                }
            }
        }
        self.owner = None;
        // With it goes the copy of the secret that it holds for handing out.
        self.clipboard = None;
        Ok(())
    }
}

/// No clipboard could be reached: neither the compositor's data control, which it tries first under Wayland, nor an X server's.
fn not_offered(error: arboard::Error) -> ClipboardError {
    ClipboardError::NotOffered(error.to_string())
}

fn is_wayland() -> bool {
    std::env::var_os("WAYLAND_DISPLAY").is_some()
}

/// The X server's clipboard selection, over a connection of our own.
struct Selection {
    connection: RustConnection,
    clipboard: Atom,
}

impl Selection {
    fn open() -> Result<Self, ClipboardError> {
        let (connection, _) = x11rb::connect(None).map_err(ClipboardError::of)?;
        let clipboard = connection
            .intern_atom(false, b"CLIPBOARD")
            .map_err(ClipboardError::of)?
            .reply()
            .map_err(ClipboardError::of)?
            .atom;
        Ok(Self {
            connection,
            clipboard,
        })
    }

    fn owner(&self) -> Option<Window> {
        let asked = self.connection.get_selection_owner(self.clipboard).ok()?;
        let owner = asked.reply().ok()?.owner;
        (owner != x11rb::NONE).then_some(owner)
    }

    /// Takes the selection from `owner`, if that still has it. The server listens to nobody else meanwhile, so whoever copies at this
    /// moment does so before, and is left alone, or after.
    fn give_up(&self, owner: Window) -> Result<(), ClipboardError> {
        let connection = &self.connection;
        connection.grab_server().map_err(ClipboardError::of)?;
        if self.owner() == Some(owner) {
            connection
                .set_selection_owner(x11rb::NONE, self.clipboard, x11rb::CURRENT_TIME)
                .map_err(ClipboardError::of)?;
        }
        connection
            .ungrab_server()
            .map_err(ClipboardError::of)?
            .check()
            .map_err(ClipboardError::of)
    }
}
