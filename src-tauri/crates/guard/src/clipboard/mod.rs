//! Values on their way to another program. A secret is kept out of clipboard histories and cloud clipboards where the system knows how,
//! and is taken off the clipboard again if it is still there. What somebody else put there is left alone.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(target_os = "linux")]
mod selection;
#[cfg(windows)]
mod windows;

use parking_lot::Mutex;
use thiserror::Error;
use zeroize::Zeroizing;

#[cfg(target_os = "linux")]
use linux::System;
#[cfg(target_os = "macos")]
use macos::System;
#[cfg(windows)]
use windows::System;

/// Why the clipboard did not take something.
#[derive(Debug, Error)]
pub enum ClipboardError {
    /// This desktop gives programs no clipboard that they may write without a window of their own in front: a Wayland compositor
    /// without the data-control protocol, say. Trying again is no use.
    #[error("there is no clipboard for programs here: {0}")]
    NotOffered(String),
    /// Another program may be holding it.
    #[error("{0}")]
    Refused(String),
}

impl ClipboardError {
    fn of(error: impl std::fmt::Display) -> Self {
        Self::Refused(error.to_string())
    }
}

/// Puts values on the system's clipboard. Whoever makes the window has one along with it.
///
/// It is called under this clipboard's own lock, and never once the program ends.
pub trait ClipboardWriter: Send {
    /// Puts a text there.
    fn write_text(&self, text: &str) -> Result<(), ClipboardError>;

    /// Puts a text there with the mark by which clipboard histories leave it out.
    #[cfg(target_os = "linux")]
    fn write_secret(&self, secret: &str) -> Result<(), ClipboardError>;
}

/// The system's clipboard, as far as it is needed here.
trait Board {
    fn write_text(&mut self, text: &str) -> Result<(), ClipboardError>;
    /// Kept out of histories and away from other computers.
    fn write_secret(&mut self, secret: &str) -> Result<(), ClipboardError>;
    /// Takes the secret off if it is what is there. Leaves anything else as it is, also what comes in at the same moment.
    fn clear_if_ours(&mut self, secret: &str) -> Result<(), ClipboardError>;
}

/// Which copy of a secret this was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopyNumber(u64);

/// What became of taking a copy back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenBack {
    /// The clipboard holds it no longer.
    Yes,
    /// Something else was copied from here since, or it was taken back before.
    NotOurs,
    /// Another program holds the clipboard; to be tried again.
    NotNow,
}

/// The clipboard. Each call may wait for another program, so none of them is for a window's own thread.
pub struct Clipboard(Mutex<Copies<System>>);

/// What was copied last. Locked while the clipboard is written, so that what is remembered is what is there.
struct Copies<B> {
    board: B,
    count: u64,
    secret: Option<(CopyNumber, Zeroizing<String>)>,
    ended: bool,
}

impl Clipboard {
    /// A clipboard that nothing has been copied to yet. Whatever else of this program copies through the writer is not known here, and
    /// might be taken for a secret: all of it is to go through this clipboard.
    pub fn new(writer: impl ClipboardWriter + 'static) -> Self {
        Self(Mutex::new(Copies::of(System::new(Box::new(writer)))))
    }

    /// Puts a value on the clipboard that is no secret.
    pub fn copy_text(&self, text: &str) -> Result<(), ClipboardError> {
        self.copies().copy_text(text)
    }

    /// Puts a secret on the clipboard.
    pub fn copy_secret(&self, secret: &str) -> Result<CopyNumber, ClipboardError> {
        self.copies().copy_secret(secret)
    }

    /// The copied secret that may still be there.
    pub fn copied_secret(&self) -> Option<CopyNumber> {
        self.copies().copied_secret()
    }

    /// Takes this copy off the clipboard.
    pub fn clear_if_ours(&self, copy: CopyNumber) -> TakenBack {
        self.copies().clear_if_ours(copy)
    }

    /// From here on nothing is copied any more, since nobody would be there to take it back. Answers the copied secret that may still be
    /// there.
    pub fn end(&self) -> Option<CopyNumber> {
        let mut copies = self.copies();
        copies.ended = true;
        copies.copied_secret()
    }

    fn copies(&self) -> parking_lot::MutexGuard<'_, Copies<System>> {
        self.0.lock()
    }
}

impl<B: Board> Copies<B> {
    fn of(board: B) -> Self {
        Self {
            board,
            count: 0,
            secret: None,
            ended: false,
        }
    }

    fn still_copies(&self) -> Result<(), ClipboardError> {
        if self.ended {
            Err(ClipboardError::of("the program ends"))
        } else {
            Ok(())
        }
    }

    fn copy_text(&mut self, text: &str) -> Result<(), ClipboardError> {
        self.still_copies()?;
        self.board.write_text(text)?;
        self.secret = None;
        Ok(())
    }

    fn copy_secret(&mut self, secret: &str) -> Result<CopyNumber, ClipboardError> {
        self.still_copies()?;
        let kept = Zeroizing::new(secret.to_owned());
        if let Err(error) = self.board.write_secret(secret) {
            // Part of it may be there; nobody was told that it is, so nobody would wait for it to go.
            let _ = self.board.clear_if_ours(secret);
            return Err(error);
        }
        self.count += 1;
        let copy = CopyNumber(self.count);
        self.secret = Some((copy, kept));
        Ok(copy)
    }

    fn copied_secret(&self) -> Option<CopyNumber> {
        self.secret.as_ref().map(|(copy, _)| *copy)
    }

    fn clear_if_ours(&mut self, copy: CopyNumber) -> TakenBack {
        let secret = match &self.secret {
            Some((latest, secret)) if *latest == copy => secret,
            _ => return TakenBack::NotOurs,
        };
        if self.board.clear_if_ours(secret).is_err() {
            return TakenBack::NotNow;
        }
        self.secret = None;
        TakenBack::Yes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A clipboard that others use too, and that is sometimes held by them.
    #[derive(Default)]
    struct Shared {
        content: Option<String>,
        held: bool,
    }

    impl Board for Shared {
        fn write_text(&mut self, text: &str) -> Result<(), ClipboardError> {
            if self.held {
                return Err(ClipboardError::of("held"));
            }
            self.content = Some(text.to_owned());
            Ok(())
        }

        fn write_secret(&mut self, secret: &str) -> Result<(), ClipboardError> {
            self.write_text(secret)
        }

        fn clear_if_ours(&mut self, secret: &str) -> Result<(), ClipboardError> {
            if self.held {
                return Err(ClipboardError::of("held"));
            }
            if self.content.as_deref() == Some(secret) {
                self.content = None;
            }
            Ok(())
        }
    }

    fn copies() -> Copies<Shared> {
        Copies::of(Shared::default())
    }

    #[test]
    fn a_later_copy_is_not_cleared_by_the_timer_of_an_earlier_one() {
        let mut copies = copies();
        let first = copies.copy_secret("first").expect("it is free");
        let second = copies.copy_secret("second").expect("it is free");
        assert_eq!(copies.clear_if_ours(first), TakenBack::NotOurs);
        assert_eq!(copies.board.content.as_deref(), Some("second"));
        assert_eq!(copies.clear_if_ours(second), TakenBack::Yes);
        assert_eq!(copies.board.content, None);
        assert_eq!(copies.clear_if_ours(second), TakenBack::NotOurs);
    }

    #[test]
    fn a_secret_that_a_busy_clipboard_keeps_is_tried_again() {
        let mut copies = copies();
        let only = copies.copy_secret("only").expect("it is free");
        copies.board.held = true;
        assert_eq!(copies.clear_if_ours(only), TakenBack::NotNow);
        copies.board.held = false;
        assert_eq!(copies.clear_if_ours(only), TakenBack::Yes);
        assert_eq!(copies.board.content, None);
    }

    #[test]
    fn a_value_that_could_not_be_copied_does_not_make_the_secret_forgotten() {
        let mut copies = copies();
        let still_there = copies.copy_secret("still there").expect("it is free");
        copies.board.held = true;
        copies.copy_text("AC1").expect_err("it is held");
        copies.board.held = false;
        assert_eq!(copies.copied_secret(), Some(still_there));
        assert_eq!(copies.clear_if_ours(still_there), TakenBack::Yes);
        assert_eq!(copies.board.content, None);
        assert_eq!(copies.copied_secret(), None);
    }

    #[test]
    fn at_the_end_the_secret_can_be_taken_back_and_nothing_is_copied_any_more() {
        let mut copies = copies();
        let last = copies.copy_secret("last").expect("it is free");
        copies.ended = true;
        copies.copy_text("AC1").expect_err("it has ended");
        copies.copy_secret("too late").expect_err("it has ended");
        assert_eq!(copies.board.content.as_deref(), Some("last"));
        assert_eq!(copies.clear_if_ours(last), TakenBack::Yes);
        assert_eq!(copies.board.content, None);
    }

    #[test]
    fn what_somebody_else_copied_meanwhile_stays() {
        let mut copies = copies();
        let ours = copies.copy_secret("ours").expect("it is free");
        copies.board.content = Some("theirs".to_owned());
        assert_eq!(copies.clear_if_ours(ours), TakenBack::Yes);
        assert_eq!(copies.board.content.as_deref(), Some("theirs"));
    }
}
