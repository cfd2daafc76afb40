//! How the program was started.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;

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

/// A command line that is not understood.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OptionsError {
    #[error("{0} is not an option of Subvault. It knows --practice and --data DIR.")]
    Unknown(String),
    #[error("{0} needs a value after it.")]
    NoValue(String),
}

impl Options {
    /// Reads the arguments after the program's own name.
    pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, OptionsError> {
        Self::parse_for(cfg!(debug_assertions), arguments)
    }

    /// `testing` says whether those are understood that only tests may use: they lead past Twilio's hosts and the lock's times.
    fn parse_for(
        testing: bool,
        arguments: impl IntoIterator<Item = OsString>,
    ) -> Result<Self, OptionsError> {
        let mut options = Self::default();
        let mut arguments = arguments.into_iter().skip(1);
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
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options, OptionsError> {
        Options::parse(
            std::iter::once("subvault")
                .chain(arguments.iter().copied())
                .map(OsString::from),
        )
    }

    #[test]
    fn practice_and_a_data_folder_can_be_asked_for() {
        let options = parse(&["--practice", "--data", "somewhere"]).expect("both are options");
        assert!(options.practice);
        assert_eq!(options.data, Some(PathBuf::from("somewhere")));
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
