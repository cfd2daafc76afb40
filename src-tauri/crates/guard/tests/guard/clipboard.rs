//! The real clipboard of the system: X11's on a display in memory, and Windows' under Wine.
#![cfg(any(target_os = "linux", windows))]

use guard::{ClipboardError, ClipboardWriter};
use parking_lot::Mutex;

/// Does what Tauri's clipboard plugin does: it keeps one handle from the start to the end.
struct Writer(Mutex<arboard::Clipboard>);

impl Writer {
    fn new() -> Self {
        Self(Mutex::new(
            arboard::Clipboard::new().expect("there is a clipboard"),
        ))
    }
}

impl ClipboardWriter for Writer {
    fn write_text(&self, text: &str) -> Result<(), ClipboardError> {
        self.0.lock().set_text(text).map_err(refused)
    }

    #[cfg(target_os = "linux")]
    fn write_secret(&self, secret: &str) -> Result<(), ClipboardError> {
        use arboard::SetExtLinux as _;

        let mut clipboard = self.0.lock();
        let writing = clipboard.set().exclude_from_history();
        writing.text(secret).map_err(refused)
    }
}

fn refused(error: arboard::Error) -> ClipboardError {
    ClipboardError::Refused(error.to_string())
}

#[cfg(target_os = "linux")]
mod x11 {
    use std::io::{BufRead as _, BufReader};
    use std::process::{Child, Command, Stdio};
    use std::sync::Barrier;
    use std::time::Duration;

    use guard::{Clipboard, TakenBack};
    use x11rb::connection::Connection as _;
    use x11rb::protocol::xproto::{Atom, ConnectionExt as _, CreateWindowAux, Window, WindowClass};
    use x11rb::rust_connection::RustConnection;

    use super::Writer;
    use crate::again::{Second, is_second, ready_and_waiting};

    struct Display {
        server: Child,
        name: String,
    }

    impl Display {
        fn start() -> Self {
            let mut server = Command::new("Xvfb")
                .args([
                    "-displayfd",
                    "1",
                    "-screen",
                    "0",
                    "320x200x24",
                    "-nolisten",
                    "tcp",
                ])
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .expect("Xvfb is there");
            let mut number = String::new();
            BufReader::new(server.stdout.take().expect("it was asked for"))
                .read_line(&mut number)
                .expect("Xvfb says which display it has");
            Self {
                server,
                name: format!(":{}", number.trim()),
            }
        }
    }

    impl Drop for Display {
        fn drop(&mut self) {
            // One that has ended by itself needs no more ending.
            let _ = self.server.kill();
            let _ = self.server.wait();
        }
    }

    /// Another program that copies something.
    struct SomebodyElse {
        connection: RustConnection,
        window: Window,
        clipboard: Atom,
    }

    impl SomebodyElse {
        fn on(display: Option<&str>) -> Self {
            let (connection, screen) = x11rb::connect(display).expect("the display answers");
            let root = connection.setup().roots[screen].root;
            let window = connection.generate_id().expect("there are identifiers");
            let clipboard = connection.intern_atom(false, b"CLIPBOARD").expect("sent");
            let clipboard = clipboard.reply().expect("answered").atom;
            connection
                .create_window(
                    x11rb::COPY_DEPTH_FROM_PARENT,
                    window,
                    root,
                    0,
                    0,
                    1,
                    1,
                    0,
                    WindowClass::INPUT_OUTPUT,
                    x11rb::COPY_FROM_PARENT,
                    &CreateWindowAux::new(),
                )
                .expect("sent")
                .check()
                .expect("made");
            Self {
                connection,
                window,
                clipboard,
            }
        }

        fn copies(&self) {
            self.connection
                .set_selection_owner(self.window, self.clipboard, x11rb::CURRENT_TIME)
                .expect("sent")
                .check()
                .expect("done");
        }

        fn owner(&self) -> Window {
            let asked = self.connection.get_selection_owner(self.clipboard);
            asked.expect("sent").reply().expect("answered").owner
        }
    }

    /// Tests that copy need a display of their own, which is a matter of the whole process.
    fn in_a_second_process(test: &str) -> bool {
        if is_second() {
            return true;
        }
        let display = Display::start();
        // It says that it is ready once all is done.
        drop(Second::start(test, &[("DISPLAY", &display.name)]));
        false
    }

    #[test]
    fn in_a_thousand_races_what_somebody_else_copies_is_never_taken_off() {
        if !in_a_second_process(
            "clipboard::x11::in_a_thousand_races_what_somebody_else_copies_is_never_taken_off",
        ) {
            return;
        }
        let clipboard = Clipboard::new(Writer::new());
        let other = SomebodyElse::on(None);
        let start = Barrier::new(2);
        let (mut before, mut after) = (0, 0);
        let mut race = 0_u64;
        // A busy computer lets one of the two come first nearly always.
        while race < 1_000 || (race < 20_000 && (before <= 50 || after <= 50)) {
            race += 1;
            let copy = clipboard
                .copy_secret("a secret of ours")
                .expect("it is free");
            let first = std::thread::scope(|scope| {
                let clearing = scope.spawn(|| {
                    start.wait();
                    std::thread::sleep(Duration::from_micros(race * 7 % 400));
                    clipboard.clear_if_ours(copy)
                });
                start.wait();
                std::thread::sleep(Duration::from_micros(race * 13 % 900));
                let first = other.owner() != x11rb::NONE;
                other.copies();
                assert_eq!(clearing.join().expect("it ends"), TakenBack::Yes);
                first
            });
            assert_eq!(other.owner(), other.window, "race {race}: it was taken off");
            *if first { &mut before } else { &mut after } += 1;
        }
        println!("{before} copied before it was cleared, {after} after");
        assert!(before > 50 && after > 50, "{before} and {after}: no race");
        ready_and_waiting();
    }

    #[test]
    fn a_secret_that_is_taken_back_is_gone() {
        if !in_a_second_process("clipboard::x11::a_secret_that_is_taken_back_is_gone") {
            return;
        }
        let clipboard = Clipboard::new(Writer::new());
        let other = SomebodyElse::on(None);
        for _ in 0..20 {
            let copy = clipboard
                .copy_secret("a secret of ours")
                .expect("it is free");
            assert_ne!(other.owner(), x11rb::NONE);
            assert_eq!(clipboard.clear_if_ours(copy), TakenBack::Yes);
            assert_eq!(other.owner(), x11rb::NONE);
        }
        ready_and_waiting();
    }

    /// What another program would be given.
    fn handed_out() -> Option<String> {
        let output = Command::new("xclip")
            .args(["-selection", "clipboard", "-out"])
            .output()
            .expect("xclip is there");
        let text = String::from_utf8(output.stdout).expect("it is a text");
        output.status.success().then_some(text)
    }

    #[test]
    fn a_text_that_is_copied_after_a_secret_stays() {
        if !in_a_second_process("clipboard::x11::a_text_that_is_copied_after_a_secret_stays") {
            return;
        }
        let clipboard = Clipboard::new(Writer::new());
        for _ in 0..20 {
            let copy = clipboard
                .copy_secret("a secret of ours")
                .expect("it is free");
            assert_eq!(handed_out().as_deref(), Some("a secret of ours"));
            clipboard.copy_text("AC1").expect("it is free");
            assert_eq!(clipboard.copied_secret(), None);
            assert_eq!(clipboard.clear_if_ours(copy), TakenBack::NotOurs);
            assert_eq!(handed_out().as_deref(), Some("AC1"));
        }
        ready_and_waiting();
    }

    /// Both are handed out by the same window, which hears only later that the first was taken back.
    #[test]
    fn a_text_that_is_copied_as_soon_as_a_secret_is_taken_back_stays() {
        if !in_a_second_process(
            "clipboard::x11::a_text_that_is_copied_as_soon_as_a_secret_is_taken_back_stays",
        ) {
            return;
        }
        let clipboard = Clipboard::new(Writer::new());
        for number in 0..300 {
            let text = format!("AC{number}");
            let copy = clipboard
                .copy_secret("a secret of ours")
                .expect("it is free");
            assert_eq!(clipboard.clear_if_ours(copy), TakenBack::Yes);
            clipboard.copy_text(&text).expect("it is free");
            assert_eq!(handed_out(), Some(text));
        }
        ready_and_waiting();
    }

    #[test]
    fn at_the_end_a_secret_that_was_copied_after_a_text_is_taken_back_and_none_comes_after_it() {
        if !in_a_second_process(
            "clipboard::x11::at_the_end_a_secret_that_was_copied_after_a_text_is_taken_back_and_none_comes_after_it",
        ) {
            return;
        }
        let clipboard = Clipboard::new(Writer::new());
        clipboard.copy_text("AC1").expect("it is free");
        let copy = clipboard
            .copy_secret("a secret of ours")
            .expect("it is free");
        assert_eq!(clipboard.end(), Some(copy));
        clipboard
            .copy_secret("another secret")
            .expect_err("the program ends");
        assert_eq!(handed_out().as_deref(), Some("a secret of ours"));
        assert_eq!(clipboard.clear_if_ours(copy), TakenBack::Yes);
        assert_eq!(handed_out(), None);
        ready_and_waiting();
    }

    #[test]
    fn a_program_that_is_killed_takes_its_secret_with_it() {
        const TEST: &str = "clipboard::x11::a_program_that_is_killed_takes_its_secret_with_it";
        if is_second() {
            let clipboard = Clipboard::new(Writer::new());
            clipboard
                .copy_secret("a secret of ours")
                .expect("it is free");
            return ready_and_waiting();
        }
        let display = Display::start();
        let other = SomebodyElse::on(Some(&display.name));
        let second = Second::start(TEST, &[("DISPLAY", &display.name)]);
        assert_ne!(other.owner(), x11rb::NONE);
        drop(second);
        let gone = (0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(10));
            other.owner() == x11rb::NONE
        });
        assert!(gone, "it is still there a second after the kill");
    }
}

#[cfg(windows)]
mod windows {
    use clipboard_win::{Clipboard as Open, EnumFormats, raw};
    use guard::{Clipboard, TakenBack};

    use super::Writer;

    fn formats() -> Vec<String> {
        let _open = Open::new_attempts(10).expect("the clipboard can be opened");
        EnumFormats::new()
            .filter_map(raw::format_name_big)
            .collect()
    }

    fn text() -> Option<String> {
        clipboard_win::get_clipboard_string().ok()
    }

    /// One test, since there is one clipboard.
    #[test]
    fn a_secret_carries_all_three_exclusions_and_is_taken_off_unless_somebody_else_copied() {
        let clipboard = Clipboard::new(Writer::new());
        clipboard.copy_text("AC1").expect("it is free");
        assert_eq!(text().as_deref(), Some("AC1"));
        let plain = formats();
        let exclusions = [
            "ExcludeClipboardContentFromMonitorProcessing",
            "CanUploadToCloudClipboard",
            "CanIncludeInClipboardHistory",
        ];
        for exclusion in exclusions {
            assert!(!plain.iter().any(|name| name == exclusion), "{plain:?}");
        }

        let copy = clipboard
            .copy_secret("a secret of ours")
            .expect("it is free");
        assert_eq!(text().as_deref(), Some("a secret of ours"));
        let found = formats();
        for exclusion in exclusions {
            assert!(found.iter().any(|name| name == exclusion), "{found:?}");
        }
        {
            let _open = Open::new_attempts(10).expect("the clipboard can be opened");
            for forbidden in ["CanUploadToCloudClipboard", "CanIncludeInClipboardHistory"] {
                let format = clipboard_win::register_format(forbidden).expect("it has a number");
                let mut value = Vec::new();
                raw::get_vec(format.get(), &mut value).expect("it has a value");
                assert_eq!(value, [0; 4], "{forbidden}");
            }
        }
        assert_eq!(clipboard.clear_if_ours(copy), TakenBack::Yes);
        assert_eq!(text(), None);

        let copy = clipboard
            .copy_secret("a secret of ours")
            .expect("it is free");
        clipboard_win::set_clipboard_string("theirs").expect("it is free");
        assert_eq!(clipboard.clear_if_ours(copy), TakenBack::Yes);
        assert_eq!(text().as_deref(), Some("theirs"));
    }
}
