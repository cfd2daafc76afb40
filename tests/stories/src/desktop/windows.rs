use std::error::Error;
use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::properties::WmSizeHints;
use x11rb::protocol::xproto::{
    AtomEnum, ConfigureWindowAux, ConnectionExt, CreateWindowAux, MapState, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;

use crate::waiting::PATIENCE;
use crate::{Failure, Told, expect};

const BETWEEN_LOOKS: Duration = Duration::from_millis(2);

/// A program's window as the X server has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowOfProgram {
    /// Its number.
    pub id: Window,
    /// Whether it is on the display.
    pub is_seen: bool,
    /// Where its upper left corner is on the screen.
    pub place: (i16, i16),
    /// Width and height of what is inside its frame.
    pub size: (u16, u16),
    /// The smallest size that its program lets anybody make it.
    pub smallest: Option<(i32, i32)>,
}

/// The windows of a display. Nobody manages them: each is directly on the screen.
pub struct Windows {
    connection: RustConnection,
    root: Window,
}

impl Windows {
    pub(super) fn on(display: &str) -> Told<Self> {
        Self::connect(display).map_err(|error| Failure::from_error("reach the display", error))
    }

    /// Every window of this title, seen or not.
    pub fn titled(&self, title: &str) -> Told<Vec<WindowOfProgram>> {
        self.find(title)
            .map_err(|error| Failure::from_error("look for a window", error))
    }

    /// The only window of this title, seen or not.
    pub fn only_one(&self, title: &str) -> Told<WindowOfProgram> {
        match self.titled(title)?.as_slice() {
            [only] => Ok(*only),
            found => Err(Failure::new(format!(
                "not one window is titled “{title}”: {found:?}"
            ))),
        }
    }

    /// Waits until a window of this title is seen, and answers when it was noticed.
    pub async fn comes_to_be_seen(&self, title: &str) -> Told<Instant> {
        let started = Instant::now();
        loop {
            // A window that goes away while it is looked at is not the one.
            let found = self.titled(title).unwrap_or_default();
            if found.iter().any(|window| window.is_seen) {
                return Ok(Instant::now());
            }
            expect(started.elapsed() < PATIENCE, || {
                format!("no window titled “{title}” came up")
            })?;
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    /// Makes a window this large, as somebody does who pulls its edge.
    pub fn resize(&self, window: WindowOfProgram, (width, height): (u16, u16)) -> Told {
        let size = ConfigureWindowAux::new()
            .width(u32::from(width))
            .height(u32::from(height));
        let resizing = |error: &dyn Error| Failure::from_error("resize a window", error);
        let resized = self.connection.configure_window(window.id, &size);
        let resized = resized.map_err(|error| resizing(&error))?;
        resized.check().map_err(|error| resizing(&error))
    }

    /// Lays another program's window over everything. It goes with this connection.
    pub fn cover(&self) -> Told<Window> {
        self.make_cover()
            .map_err(|error| Failure::from_error("cover the display", error))
    }

    /// Every window that is on the display, from the lowest to the highest.
    pub fn seen(&self) -> Told<Vec<Window>> {
        self.find_seen()
            .map_err(|error| Failure::from_error("look at the display", error))
    }

    fn connect(display: &str) -> Result<Self, Box<dyn Error>> {
        let (connection, screen) = x11rb::connect(Some(display))?;
        let screen = connection.setup().roots.get(screen).ok_or("no screen")?;
        let root = screen.root;
        Ok(Self { connection, root })
    }

    fn find(&self, title: &str) -> Result<Vec<WindowOfProgram>, Box<dyn Error>> {
        let connection = &self.connection;
        let mut found = Vec::new();
        for id in connection.query_tree(self.root)?.reply()?.children {
            if !self.title(id).is_ok_and(|of| of == title) {
                continue;
            }
            let attributes = connection.get_window_attributes(id)?.reply()?;
            let geometry = connection.get_geometry(id)?.reply()?;
            let hints = WmSizeHints::get_normal_hints(connection, id)?.reply()?;
            found.push(WindowOfProgram {
                id,
                is_seen: attributes.map_state == MapState::VIEWABLE,
                place: (geometry.x, geometry.y),
                size: (geometry.width, geometry.height),
                smallest: hints.and_then(|hints| hints.min_size),
            });
        }
        Ok(found)
    }

    fn find_seen(&self) -> Result<Vec<Window>, Box<dyn Error>> {
        let mut seen = Vec::new();
        for id in self.connection.query_tree(self.root)?.reply()?.children {
            let attributes = self.connection.get_window_attributes(id)?.reply()?;
            if attributes.map_state == MapState::VIEWABLE {
                seen.push(id);
            }
        }
        Ok(seen)
    }

    fn make_cover(&self) -> Result<Window, Box<dyn Error>> {
        let connection = &self.connection;
        let all = connection.get_geometry(self.root)?.reply()?;
        let cover = connection.generate_id()?;
        connection.create_window(
            x11rb::COPY_DEPTH_FROM_PARENT,
            cover,
            self.root,
            0,
            0,
            all.width,
            all.height,
            0,
            WindowClass::INPUT_OUTPUT,
            x11rb::COPY_FROM_PARENT,
            &CreateWindowAux::new(),
        )?;
        connection.map_window(cover)?.check()?;
        Ok(cover)
    }

    fn title(&self, window: Window) -> Result<String, Box<dyn Error>> {
        let name = self
            .connection
            .get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 256)?
            .reply()?;
        Ok(String::from_utf8_lossy(&name.value).into_owned())
    }
}
