//! A computer of its own for one story.

mod accessibility_bus;
mod bus;
mod clipboard;
mod clipboard_changes;
mod display;
mod driver;
mod environment;
mod family;
mod file_dialog;
mod keychain;
mod keychain_item;
mod keyring_box;
mod process;
mod system_bus;
mod undriven;
mod windows;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, prlimit};
use tempfile::TempDir;

use crate::waiting::{PATIENCE, until};
use crate::{Failure, Told, Window, programs};
pub use accessibility_bus::{AccessibilityBus, Heard};
pub use clipboard::Clipboard;
pub use clipboard_changes::{ClipboardChange, ClipboardChanges};
pub use environment::Theme;
pub use family::{called_in_family, family, running_in_family};
pub use keychain::{Keychain, Keyring};
pub use keychain_item::{KeychainItem, content_for};
pub use process::Running;
pub use system_bus::{Agent, SilentBus, SystemBus};
pub use undriven::Undriven;
pub use windows::{WindowOfProgram, Windows};

use bus::Bus;
use display::Display;
pub use display::{Property, ScreenSize};
use driver::Driver;
use environment::Environment;

/// The file that `strace` writes to.
const CONNECTIONS: &str = "connections.strace";

/// The screen of a desktop unless another is asked for.
const USUAL_SCREEN: ScreenSize = (1280, 900);

/// How a desktop is set up.
struct Setup<'a> {
    theme: Theme,
    watched: bool,
    screen: ScreenSize,
    keyring: Keyring,
    /// The list of authorities that it trusts, where it is not the usual one.
    authorities: Option<&'a Path>,
}

impl Default for Setup<'_> {
    fn default() -> Self {
        Self {
            theme: Theme::Light,
            watched: false,
            screen: USUAL_SCREEN,
            keyring: Keyring::Unlocked,
            authorities: None,
        }
    }
}

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
        Self::start_as(Setup {
            theme,
            ..Setup::default()
        })
        .await
    }

    /// The same, on a screen of this size.
    pub async fn start_on(screen: ScreenSize) -> Told<Self> {
        Self::start_as(Setup {
            screen,
            ..Setup::default()
        })
        .await
    }

    /// The same, with a keychain that has nothing to keep items in, and nobody who shows its boxes.
    pub async fn start_without_keyring() -> Told<Self> {
        Self::start_as(Setup {
            keyring: Keyring::Missing,
            ..Setup::default()
        })
        .await
    }

    /// The same, trusting the authorities of this file and no others.
    pub async fn start_trusting(authorities: &Path) -> Told<Self> {
        Self::start_as(Setup {
            authorities: Some(authorities),
            ..Setup::default()
        })
        .await
    }

    /// The same, with an eye on every connection that the program makes: see [`Desktop::connections_made`].
    pub async fn start_watched(theme: Theme) -> Told<Self> {
        Self::start_as(Setup {
            theme,
            watched: true,
            ..Setup::default()
        })
        .await
    }

    async fn start_as(setup: Setup<'_>) -> Told<Self> {
        let folder = tempfile::Builder::new()
            .prefix("subvault-desktop-")
            .tempdir()
            .map_err(|error| Failure::from_error("make the desktop's folder", error))?;
        let mut environment = Environment::in_folder(folder.path(), setup.theme)?;
        if let Some(authorities) = setup.authorities {
            environment.set("SSL_CERT_FILE", authorities);
        }
        let display = Display::start(&environment, setup.screen)?;
        environment.set("DISPLAY", display.name());
        let bus = Bus::start(&environment, folder.path())?;
        environment.set("DBUS_SESSION_BUS_ADDRESS", bus.address());
        environment.set(
            "DBUS_SYSTEM_BUS_ADDRESS",
            system_bus::address_in(folder.path()),
        );
        let keychain = Keychain::start(&environment, setup.keyring).await?;
        let connections = setup.watched.then(|| folder.path().join(CONNECTIONS));
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
        self.ask_window_to_close("Subvault")
    }

    /// Asks the window of this title to close.
    pub fn ask_window_to_close(&self, title: &str) -> Told {
        self.display.ask_to_close(title)
    }

    /// Kills the program, as a power cut or the system would.
    pub fn kill_program(&self) -> Told {
        self.signal_program(Signal::KILL)
    }

    /// Sends the program a signal.
    pub fn signal_program(&self, signal: Signal) -> Told {
        self.signal_process(self.program()?, signal)
    }

    /// Sends a process of the program a signal.
    pub fn signal_process(&self, id: u32, signal: Signal) -> Told {
        kill_process(process(id)?, signal)
            .map_err(|error| Failure::from_error("signal the program", error))
    }

    /// Waits until the program with this process id has ended, and answers how long that took.
    pub async fn program_ends(&self, program: u32) -> Told<Duration> {
        let (asked, path) = (Instant::now(), programs::built("subvault")?);
        until(PATIENCE, async || {
            match running_in_family(program, &path)? {
                Some(_) => Err(Failure::new("the program is still running")),
                None => Ok(asked.elapsed()),
            }
        })
        .await
    }

    /// Lets every program that is driven from now on write its memory to a file when it crashes, as far as nobody forbids it.
    pub fn allow_memory_dumps(&self) -> Told {
        let maximum = getrlimit(Resource::Core).maximum;
        let all = Rlimit {
            current: maximum,
            maximum,
        };
        prlimit(Some(process(self.driver.id())?), Resource::Core, all)
            .map(drop)
            .map_err(|error| Failure::from_error("allow memory dumps", error))
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

    /// Starts the system's bus, with a stand-in for polkit. Without it there is none.
    pub fn start_system_bus(&self, agent: Agent) -> Told<SystemBus> {
        SystemBus::start(&self.environment, self.folder.path(), agent)
    }

    /// Has something in the place of the system's bus that takes connections and says nothing.
    pub fn start_silent_system_bus(&self) -> Told<SilentBus> {
        SilentBus::start(self.folder.path())
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
        self.as_its_user_has_it(&mut command)
            .args(arguments)
            .env_remove("NO_AT_BRIDGE");
        Undriven::start(command, &self.environment, screen_reader)
    }

    /// Starts the program as its user does, with nobody who looks into it.
    pub fn start_alone(&self, arguments: &[&str]) -> Told<Running> {
        let mut command = self.environment.command(programs::built("subvault")?);
        self.as_its_user_has_it(&mut command).args(arguments);
        Running::start(command, "")
    }

    /// The same, with a change to its command: other variables, or another folder for its data.
    pub fn start_alone_changed(&self, change: impl FnOnce(&mut Command)) -> Told<Running> {
        let mut command = self.environment.command(programs::built("subvault")?);
        command.env_remove("TAURI_WEBVIEW_AUTOMATION");
        change(&mut command);
        Running::start(command, "")
    }

    /// The same, with the rights of a plain user also where whoever runs the tests may do everything.
    pub fn start_alone_without_rights(&self) -> Told<Running> {
        let mut command = self.command_without_rights(&programs::built("subvault")?);
        self.as_its_user_has_it(&mut command);
        Running::start(command, "")
    }

    /// A command that runs on this desktop with the rights of a plain user.
    pub fn command_without_rights(&self, program: &Path) -> Command {
        let has_none = std::fs::read_to_string("/proc/self/status")
            .is_ok_and(|status| status.contains("CapEff:\t0000000000000000"));
        if has_none {
            return self.environment.command(program);
        }
        let mut command = self.environment.command("setpriv");
        command
            .args(["--inh-caps=-all", "--bounding-set=-all"])
            .arg(program);
        command
    }

    fn as_its_user_has_it<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .arg("--data")
            .arg(self.data())
            .env_remove("TAURI_WEBVIEW_AUTOMATION")
    }

    /// Where everything of this desktop is kept.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A command that runs on this desktop.
    pub fn command(&self, program: &Path) -> Command {
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

    /// Lets the keychain's boxes come up from now on, on a desktop without a keyring.
    pub fn allow_keyring_boxes(&self) -> Told {
        keyring_box::allow(&bus::services_in(self.folder.path()))
    }

    /// Chooses a password in the keychain's box for a new keyring.
    pub async fn choose_keyring_password(&self, password: &str) -> Told {
        keyring_box::choose_password(&self.environment, password).await
    }

    /// Closes the keychain's box without an answer.
    pub async fn close_keyring_box(&self) -> Told {
        keyring_box::close(&self.environment).await
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

    /// What becomes of the clipboard from now on.
    pub fn clipboard_changes(&self) -> Told<ClipboardChanges> {
        ClipboardChanges::on(self.display.name())
    }

    /// The windows on the display, as the X server has them.
    pub fn windows(&self) -> Told<Windows> {
        Windows::on(self.display.name())
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

fn process(id: u32) -> Told<Pid> {
    let id = i32::try_from(id).ok().and_then(Pid::from_raw);
    id.ok_or_else(|| Failure::new("not a process id"))
}
