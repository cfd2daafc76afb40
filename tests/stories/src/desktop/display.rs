use std::path::Path;

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, MapState, Window,
};
use x11rb::rust_connection::RustConnection;

use super::{Environment, Running};
use crate::{Failure, Told};

/// One property of a window: which of which window, and what it holds.
pub type Property = (String, Vec<u8>);

/// A screen's width and height in pixels.
pub type ScreenSize = (u16, u16);

/// An X server in memory, under the first free number.
pub struct Display {
    name: String,
    _server: Running,
}

impl Display {
    pub fn start(environment: &Environment, (width, height): ScreenSize) -> Told<Self> {
        let mut command = environment.command("Xvfb");
        command.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            &format!("{width}x{height}x24"),
            "-nolisten",
            "tcp",
            "-noreset",
        ]);
        let (server, [number]) = Running::start_and_read(command)?;
        Ok(Self {
            name: format!(":{number}"),
            _server: server,
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Sends the window of this title what the button in its title bar sends.
    pub fn ask_to_close(&self, title: &str) -> Told {
        let asked = self
            .send_close(title)
            .map_err(|error| Failure::from_error("ask the window to close", error))?;
        if asked {
            return Ok(());
        }
        Err(Failure::new(format!("no window is titled “{title}”")))
    }

    fn send_close(&self, title: &str) -> Result<bool, Box<dyn std::error::Error>> {
        let (connection, root) = self.held_still()?;
        let mut found = None;
        let mut to_look_at = vec![root];
        while let Some(window) = to_look_at.pop() {
            if titled(&connection, window, title)? {
                found = Some(window);
                break;
            }
            to_look_at.extend(connection.query_tree(window)?.reply()?.children);
        }
        let Some(window) = found else {
            return Ok(false);
        };
        let atom = |name: &[u8]| -> Result<_, x11rb::errors::ReplyError> {
            connection.intern_atom(false, name)?.reply()
        };
        let message = ClientMessageEvent::new(
            32,
            window,
            atom(b"WM_PROTOCOLS")?.atom,
            [
                atom(b"WM_DELETE_WINDOW")?.atom,
                x11rb::CURRENT_TIME,
                0,
                0,
                0,
            ],
        );
        // Waits until the server has passed it on: it may drop what a connection that is gone has asked for.
        connection
            .send_event(false, window, EventMask::NO_EVENT, message)?
            .check()?;
        Ok(true)
    }

    /// A connection beside which no window comes or goes while one looks through them: until it ends, the server listens to nobody else.
    fn held_still(&self) -> Result<(RustConnection, Window), Box<dyn std::error::Error>> {
        let (connection, screen) = x11rb::connect(Some(&self.name))?;
        let screen = connection.setup().roots.get(screen).ok_or("no screen")?;
        let root = screen.root;
        connection.grab_server()?;
        Ok((connection, root))
    }

    /// The properties of every window: where each stands, and what it holds.
    pub fn described_windows(&self) -> Told<Vec<Property>> {
        self.describe()
            .map_err(|error| Failure::from_error("read the windows' properties", error))
    }

    fn describe(&self) -> Result<Vec<Property>, Box<dyn std::error::Error>> {
        let (connection, root) = self.held_still()?;
        let (mut described, mut to_look_at) = (Vec::new(), vec![root]);
        while let Some(window) = to_look_at.pop() {
            to_look_at.extend(connection.query_tree(window)?.reply()?.children);
            for property in connection.list_properties(window)?.reply()?.atoms {
                let name = connection.get_atom_name(property)?.reply()?.name;
                let value = connection
                    .get_property(false, window, property, AtomEnum::ANY, 0, 1 << 20)?
                    .reply()?
                    .value;
                let name = String::from_utf8_lossy(&name).into_owned();
                described.push((format!("{name} of the window {window:#x}"), value));
            }
        }
        Ok(described)
    }

    /// Writes a PNG of the window of this title, or of the whole screen where there is none.
    pub fn picture(&self, environment: &Environment, title: &str, to: &Path) -> Told {
        let taking = |error| Failure::from_error("take a picture", error);
        let exactly = format!("^{title}$");
        let found = environment
            .command("xdotool")
            .args(["search", "--onlyvisible", "--name", &exactly])
            .output()
            .map_err(taking)?;
        let found = String::from_utf8_lossy(&found.stdout).into_owned();
        let window = found.lines().next_back().unwrap_or("root");
        let output = environment
            .command("import")
            .args(["-window", window])
            .arg(to)
            .output()
            .map_err(taking)?;
        if output.status.success() {
            return Ok(());
        }
        Err(Failure::new(format!(
            "no picture of {}: {}",
            self.name,
            String::from_utf8_lossy(&output.stderr)
        )))
    }
}

/// Whether the window is seen and has this title.
fn titled(
    connection: &impl Connection,
    window: Window,
    title: &str,
) -> Result<bool, x11rb::errors::ReplyError> {
    let attributes = connection.get_window_attributes(window)?.reply()?;
    let name = connection
        .get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 256)?
        .reply()?;
    Ok(attributes.map_state == MapState::VIEWABLE && name.value == title.as_bytes())
}
