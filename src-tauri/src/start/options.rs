//! How the program was started.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

/// What may stand on the command line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Opens the made-up Twilio.
    pub practice: bool,
    /// Keeps the program's files in this folder.
    pub data: Option<PathBuf>,
    /// A Twilio on this computer, for tests. Not in a release build.
    pub twilio: Option<String>,
    /// Locks after so many seconds instead of the chosen minutes, for tests. Not in a release build.
    pub lock_after: Option<Duration>,
    /// Writes how long the start took to standard error.
    pub measure: bool,
}

/// What the program is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Open the window.
    Window(Options),
    /// Say how it is started.
    Help,
    /// Say which version it is.
    Version,
    /// Say in a box that the open Subvault does not answer. The program starts itself so, while it hangs on the open one.
    SayThatNoneAnswers,
}

/// What the program starts itself with for [`Wanted::SayThatNoneAnswers`].
pub const SAY_THAT_NONE_ANSWERS: &str = "--say-that-none-answers";

/// How the program is started, for `--help`.
pub const HELP: &str = "\
Subvault: one Twilio subaccount for each customer, one API key for each subaccount.

subvault [OPTIONS]

  --practice   opens practice mode: made-up data, nothing of a real account
  --data DIR   keeps its files in this folder
  --measure    prints when the start has come how far
  --help       prints this
  --version    prints the version";

/// A command line that is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionsError {
    /// It is no option of the program.
    Unknown(String),
    /// It needs a value after it.
    NoValue(String),
}

impl Options {
    /// Reads the arguments after the program's own name. Asking for help or for the version wins over everything else.
    ///
    /// # Errors
    /// What is not understood.
    pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Wanted, OptionsError> {
        Self::parse_for(cfg!(debug_assertions), arguments)
    }

    /// `testing` says whether those are understood that only tests may use: they lead past Twilio's hosts and the lock's times.
    fn parse_for(
        testing: bool,
        arguments: impl IntoIterator<Item = OsString>,
    ) -> Result<Wanted, OptionsError> {
        let arguments: Vec<OsString> = arguments.into_iter().skip(1).collect();
        for argument in &arguments {
            match argument.to_str() {
                Some("--help" | "-h") => return Ok(Wanted::Help),
                Some("--version" | "-V") => return Ok(Wanted::Version),
                Some(SAY_THAT_NONE_ANSWERS) => return Ok(Wanted::SayThatNoneAnswers),
                _ => {}
            }
        }
        let mut options = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let name = argument.to_string_lossy().into_owned();
            let mut value = || {
                arguments
                    .next()
                    .ok_or_else(|| OptionsError::NoValue(name.clone()))
            };
            match name.as_str() {
                "--practice" => options.practice = true,
                "--data" => options.data = Some(value()?.into()),
                "--measure" => options.measure = true,
                "--twilio" if testing => {
                    options.twilio = Some(value()?.to_string_lossy().into_owned());
                }
                "--lock-after" if testing => {
                    let seconds = value()?.to_string_lossy().parse();
                    let seconds = seconds.map_err(|_| OptionsError::NoValue(name.clone()))?;
                    options.lock_after = Some(Duration::from_secs(seconds));
                }
                _ => return Err(OptionsError::Unknown(name)),
            }
        }
        Ok(Wanted::Window(options))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Wanted, OptionsError> {
        Options::parse(
            std::iter::once("subvault")
                .chain(arguments.iter().copied())
                .map(OsString::from),
        )
    }

    #[test]
    fn practice_and_a_data_folder_can_be_asked_for() {
        let options = Options {
            practice: true,
            data: Some(PathBuf::from("somewhere")),
            ..Options::default()
        };
        assert_eq!(
            parse(&["--practice", "--data", "somewhere"]),
            Ok(Wanted::Window(options))
        );
    }

    #[test]
    fn help_and_the_version_are_told_whatever_else_is_asked_for() {
        for help in ["--help", "-h"] {
            assert_eq!(parse(&["--practise", help]), Ok(Wanted::Help));
        }
        assert_eq!(parse(&["--practice", "--version"]), Ok(Wanted::Version));
        assert!(HELP.contains("--practice") && HELP.contains("--data"));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        assert_eq!(
            parse(&["--practise"]),
            Err(OptionsError::Unknown("--practise".to_owned()))
        );
        assert_eq!(
            parse(&["--data"]),
            Err(OptionsError::NoValue("--data".to_owned()))
        );
    }

    #[test]
    fn what_only_tests_may_use_is_refused_by_the_program_that_ships() {
        for name in ["--twilio", "--lock-after"] {
            let arguments = ["subvault", name, "1"].map(OsString::from);
            assert!(Options::parse_for(true, arguments.clone()).is_ok());
            assert_eq!(
                Options::parse_for(false, arguments),
                Err(OptionsError::Unknown(name.to_owned()))
            );
        }
    }
}
