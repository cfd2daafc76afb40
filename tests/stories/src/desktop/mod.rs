//! A computer of its own for one story.

mod accessibility_bus;
mod bus;
mod clipboard;
mod display;
mod driver;
mod environment;
mod family;
mod file_dialog;
mod keychain;
mod process;
mod undriven;

use std::path::{Path, PathBuf};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::{Failure, Told, Window, programs};
pub use accessibility_bus::{AccessibilityBus, Heard};
pub use clipboard::Clipboard;
pub use environment::Theme;
pub use family::{called_in_family, family, running_in_family};
pub use keychain::{Keychain, KeychainItem};
pub use process::Running;
pub use undriven::Undriven;

use bus::Bus;
use display::Display;
pub use display::Property;
use driver::Driver;
use environment::Environment;

/// The file that `strace` writes to.
const CONNECTIONS: &str = "connections.strace";

/// A display, a session bus, a keychain, a home folder and a WebDriver that nobody else uses. All of it ends with the value.
pub struct Desktop {
    // Fields are dropped in this order: whatever needs the others goes first.
    driver: Driver,
    keychain: Keychain,
    display: Display,
    bus: Bus,
    environment: Environment,
    folder: TempDir,
}

impl Desktop {
    /// Starts a desktop in `theme`, with an unlocked and empty keychain.
    pub async fn start(theme: Theme) -> Told<Self> {
        Self::start_as(theme, false).await
    }

    /// The same, with an eye on every connection that the program makes: see [`Desktop::connections_made`].
    pub async fn start_watched(theme: Theme) -> Told<Self> {
        Self::start_as(theme, true).await
    }

    async fn start_as(theme: Theme, watched: bool) -> Told<Self> {
        let folder = tempfile::Builder::new()
            .prefix("subvault-desktop-")
            .tempdir()
            .map_err(|error| Failure::from_error("make the desktop's folder", error))?;
        let mut environment = Environment::in_folder(folder.path(), theme)?;
        let display = Display::start(&environment)?;
        environment.set("DISPLAY", display.name());
        let bus = Bus::start(&environment, folder.path())?;
        environment.set("DBUS_SESSION_BUS_ADDRESS", bus.address());
        let keychain = Keychain::start(&environment).await?;
        let connections = watched.then(|| folder.path().join(CONNECTIONS));
        let driver = Driver::start(&environment, connections.as_deref()).await?;
        Ok(Self {
            driver,
            keychain,
            display,
            bus,
            environment,
            folder,
        })
    }

    /// Opens the program with these arguments, its files kept in this desktop's own folder, and waits for its page.
    pub async fn open(&self, arguments: &[&str]) -> Told<Window> {
        let data = self.data();
        let mut all = vec!["--data".to_owned(), data.display().to_string()];
        all.extend(arguments.iter().map(|&argument| argument.to_owned()));
        self.open_program(&programs::built("subvault")?, &all).await
    }

    /// Opens another program of this workspace that has a web view.
    pub async fn open_beside(&self, program: &str) -> Told<Window> {
        self.open_program(&programs::built(program)?, &[]).await
    }

    async fn open_program(&self, program: &Path, arguments: &[String]) -> Told<Window> {
        Window::open(self.driver.address(), program, arguments)
            .await
            .map_err(|failure| failure.and(self.printed()))
    }

    /// The process id of the program while its window is open.
    pub fn program(&self) -> Told<u32> {
        running_in_family(self.driver.id(), &programs::built("subvault")?)?
            .ok_or_else(|| Failure::new("the program is not running"))
    }

    /// Asks the program's window to close, as the button in its title bar does.
    pub fn ask_to_close(&self) -> Told {
        self.display.ask_to_close("Subvault")
    }

    /// Kills the program, as a power cut or the system would.
    pub fn kill_program(&self) -> Told {
        let program = i32::try_from(self.program()?).ok().and_then(Pid::from_raw);
        let program = program.ok_or_else(|| Failure::new("the program has no process id"))?;
        kill_process(program, Signal::KILL)
            .map_err(|error| Failure::from_error("kill the program", error))
    }

    /// What `strace` saw of the connections made so far, on a desktop that is watched.
    pub fn connections_made(&self) -> Told<String> {
        std::fs::read_to_string(self.folder.path().join(CONNECTIONS))
            .map_err(|error| Failure::from_error("read which connections were made", error))
    }

    /// Every property of every window of the display, its title among them.
    pub fn described_windows(&self) -> Told<Vec<Property>> {
        self.display.described_windows()
    }

    /// Starts a screen reader on it, before the program.
    pub async fn start_screen_reader(&self) -> Told<AccessibilityBus> {
        AccessibilityBus::start(&self.environment, self.bus.address()).await
    }

    /// Opens the program as its user does: no WebDriver, and nothing that is different for tests. A screen reader sees it.
    pub fn open_undriven<'a>(
        &'a self,
        screen_reader: &'a AccessibilityBus,
        arguments: &[&str],
    ) -> Told<Undriven<'a>> {
        let mut command = self.environment.command(programs::built("subvault")?);
        command
            .arg("--data")
            .arg(self.data())
            .args(arguments)
            .env_remove("TAURI_WEBVIEW_AUTOMATION")
            .env_remove("NO_AT_BRIDGE");
        Undriven::start(command, &self.environment, screen_reader)
    }

    /// Where everything of this desktop is kept.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A command that runs on this desktop.
    pub fn command(&self, program: &Path) -> std::process::Command {
        self.environment.command(program)
    }

    /// The home folder of whoever uses this desktop.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Answers the system's box of this title with a path.
    pub async fn answer_file_dialog(&self, title: &str, path: &Path) -> Told {
        file_dialog::answer(&self.environment, title, path).await
    }

    /// Where the program keeps its files on this desktop.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The keychain of this desktop.
    pub fn keychain(&self) -> &Keychain {
        &self.keychain
    }

    /// The clipboard, as another program sees it.
    pub fn clipboard(&self) -> Clipboard<'_> {
        Clipboard::new(&self.environment)
    }

    /// Writes a PNG of the program's window, or of the whole screen where it has none.
    pub fn picture(&self, to: &Path) -> Told {
        self.display.picture(&self.environment, "Subvault", to)
    }

    /// What the program and the driver printed so far, for a failure's text.
    pub fn printed(&self) -> String {
        self.driver.printed()
    }
}
