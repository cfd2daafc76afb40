//! The X server's clipboard selection, over a connection of our own.

use std::time::{Duration, Instant};

use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, ConnectionExt as _, CreateWindowAux, EventMask, SELECTION_REQUEST_EVENT,
    SelectionRequestEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;

use super::ClipboardError;

/// An owner that has not answered by then answers nobody any more.
const ANSWERS_WITHIN: Duration = Duration::from_secs(1);
const BETWEEN_LOOKS: Duration = Duration::from_millis(1);

pub(super) struct Selection {
    connection: RustConnection,
    root: Window,
    clipboard: Atom,
    targets: Atom,
}

impl Selection {
    pub(super) fn open() -> Result<Self, ClipboardError> {
        let (connection, screen) = x11rb::connect(None).map_err(ClipboardError::of)?;
        let root = connection
            .setup()
            .roots
            .get(screen)
            .ok_or_else(|| ClipboardError::of("the X server has no such screen"))?
            .root;
        let atom = |name: &[u8]| -> Result<Atom, ClipboardError> {
            let asked = connection
                .intern_atom(false, name)
                .map_err(ClipboardError::of)?;
            Ok(asked.reply().map_err(ClipboardError::of)?.atom)
        };
        let (clipboard, targets) = (atom(b"CLIPBOARD")?, atom(b"TARGETS")?);
        Ok(Self {
            connection,
            root,
            clipboard,
            targets,
        })
    }

    pub(super) fn owner(&self) -> Option<Window> {
        let asked = self.connection.get_selection_owner(self.clipboard).ok()?;
        let owner = asked.reply().ok()?.owner;
        (owner != x11rb::NONE).then_some(owner)
    }

    /// Takes the selection from `owner`, if that still has it. The server listens to nobody else meanwhile, so whoever copies at this
    /// moment does so before, and is left alone, or after.
    pub(super) fn give_up(&self, owner: Window) -> Result<(), ClipboardError> {
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
            .map_err(ClipboardError::of)?;
        // What is not the owner's any more is done; one that does not answer has ended.
        let _ = self.wait_until_heard(owner);
        Ok(())
    }

    /// Waits until `owner` has heard that the selection is no longer its own, by asking it something that it answers after that. Only then
    /// does arboard drop what it handed out, and whatever is there by that time: what is copied before it has heard would go as well.
    fn wait_until_heard(&self, owner: Window) -> Result<(), ClipboardError> {
        let connection = &self.connection;
        let requestor = self.window()?;
        let question = SelectionRequestEvent {
            response_type: SELECTION_REQUEST_EVENT,
            sequence: 0,
            time: x11rb::CURRENT_TIME,
            owner,
            requestor,
            selection: self.clipboard,
            target: self.targets,
            property: self.targets,
        };
        connection
            .send_event(false, owner, EventMask::NO_EVENT, question)
            .map_err(ClipboardError::of)?;
        connection.flush().map_err(ClipboardError::of)?;
        let until = Instant::now() + ANSWERS_WITHIN;
        while Instant::now() < until {
            match connection.poll_for_event().map_err(ClipboardError::of)? {
                Some(Event::SelectionNotify(_)) => return Ok(()),
                Some(Event::Error(_)) => return Err(ClipboardError::of("the owner has ended")),
                Some(_) => {}
                None => std::thread::sleep(BETWEEN_LOOKS),
            }
        }
        Err(ClipboardError::of("the owner does not answer"))
    }

    /// A window that is never shown, for an answer to be sent to. It goes with the connection.
    fn window(&self) -> Result<Window, ClipboardError> {
        let connection = &self.connection;
        let window = connection.generate_id().map_err(ClipboardError::of)?;
        connection
            .create_window(
                0,
                window,
                self.root,
                0,
                0,
                1,
                1,
                0,
                WindowClass::INPUT_ONLY,
                x11rb::COPY_FROM_PARENT,
                &CreateWindowAux::new(),
            )
            .map_err(ClipboardError::of)?;
        Ok(window)
    }
}
