//! Telling the library `faulty-disk` what to spoil. It is loaded before the program and reads a control file.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use tokio::process::Command;

/// The control file of one process.
#[derive(Debug, Clone)]
pub struct Control {
    file: PathBuf,
}

/// What is done to the calls that change files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spoil {
    Nothing,
    /// They fail with this `errno`.
    Fail(u32),
    /// The process dies before one.
    Die,
    /// Half of a write is done, then the process dies.
    DieHalfWay,
}

const WORDS: usize = 8;

impl Control {
    /// A control file that spoils nothing yet.
    pub fn new(file: PathBuf) -> io::Result<Self> {
        fs::write(&file, [0; WORDS * 4])?;
        Ok(Self { file })
    }

    /// The control file that another process made.
    pub fn existing(file: PathBuf) -> Self {
        Self { file }
    }

    pub fn file(&self) -> &Path {
        &self.file
    }

    /// From now on: after `skip` more calls, `times` calls are spoiled.
    pub fn spoil(&self, how: Spoil, skip: u32, times: Option<u32>) -> io::Result<()> {
        let (mode, errno) = match how {
            Spoil::Nothing => (0, 0),
            Spoil::Fail(errno) => (1, errno),
            Spoil::Die => (2, 0),
            Spoil::DieHalfWay => (3, 0),
        };
        // The mode comes last: with it the rest is in force.
        self.set(1, &[errno, skip, times.unwrap_or(u32::MAX)])?;
        self.set(0, &[mode])
    }

    /// How many calls there were, and how many of them were spoiled.
    pub fn calls(&self) -> io::Result<(u32, u32)> {
        let bytes = fs::read(&self.file)?;
        let word = |at: usize| {
            let word = bytes
                .get(at * 4..at * 4 + 4)
                .and_then(|word| word.try_into().ok());
            word.map_or(0, u32::from_ne_bytes)
        };
        Ok((word(4), word(5)))
    }

    /// Puts the process's wall clock forward.
    pub fn set_ahead(&self, seconds: u32) -> io::Result<()> {
        self.set(6, &[seconds])
    }

    /// Lets every lock fail with this `errno` from now on; 0 gives them again.
    pub fn set_lock_error(&self, errno: u32) -> io::Result<()> {
        self.set(7, &[errno])
    }

    fn set(&self, from: u64, words: &[u32]) -> io::Result<()> {
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_ne_bytes()).collect();
        let file = File::options().write(true).open(&self.file)?;
        file.write_all_at(&bytes, from * 4)
    }

    /// Lets a process obey this control in what it changes below `folder`.
    pub fn over(&self, command: &mut Command, folder: &Path) -> Result<(), String> {
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let library = program.with_file_name("libfaulty_disk.so");
        if !library.is_file() {
            return Err(format!("{} was not built", library.display()));
        }
        command
            .env("LD_PRELOAD", library)
            .env("FAULTY_DISK_FOLDER", folder)
            .env("FAULTY_DISK_CONTROL", &self.file);
        Ok(())
    }
}
