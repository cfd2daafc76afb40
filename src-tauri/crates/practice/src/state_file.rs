//! Keeping the state from one start to the next.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use parking_lot::Mutex;

use crate::model::{FORMAT, World};

/// No usage is older than Twilio itself.
const TWILIO_BEGAN: Date = date(2008, 1, 1);

/// The file the state is kept in.
pub(crate) struct StateFile {
    path: PathBuf,
    /// The newest revision on disk.
    written: Mutex<Option<u64>>,
}

impl StateFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            path,
            written: Mutex::new(None),
        }
    }

    /// Reads the state. A file that cannot be used is renamed to `….broken-N`, and nothing is returned.
    pub(crate) fn read(&self) -> io::Result<Option<World>> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let world = world_in(&bytes);
        if world.is_none() {
            fs::rename(&self.path, unused_name(&self.path))?;
        }
        Ok(world)
    }

    /// Whether a revision, or a later one, is on disk.
    pub(crate) fn holds(&self, revision: u64) -> bool {
        self.written
            .lock()
            .is_some_and(|written| written >= revision)
    }

    /// Writes under another name, syncs and renames, so that a crash leaves the old state or the new one. An older state than
    /// the one on disk is not written.
    pub(crate) fn write(&self, world: &World) -> io::Result<()> {
        let mut written = self.written.lock();
        if written.is_some_and(|written| written >= world.revision) {
            return Ok(());
        }
        let fresh = self.path.with_extension("writing");
        let mut file = for_the_owner_alone(&fresh)?;
        file.write_all(&serde_json::to_vec(world)?)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&fresh, &self.path)?;
        *written = Some(world.revision);
        Ok(())
    }
}

/// A file that is written anew, for its owner alone where the system knows such a thing.
fn for_the_owner_alone(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// The state in a file's bytes, where they are one that can be gone on with.
pub(crate) fn world_in(bytes: &[u8]) -> Option<World> {
    let world: World = serde_json::from_slice(bytes).ok()?;
    // Counted from 0, one at a time: numbers so large were never counted, and could not be counted on from.
    let was_counted = world.revision < u64::from(u32::MAX) && world.given_out < u32::MAX / 2;
    // Every day since then is gone through when usage is asked for.
    let has_a_sound_start = world.usage_from >= TWILIO_BEGAN;
    (world.format == FORMAT && !world.accounts.is_empty() && was_counted && has_a_sound_start)
        .then_some(world)
}

fn unused_name(path: &Path) -> PathBuf {
    let name = |number: u32| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".broken-{number}"));
        PathBuf::from(name)
    };
    (1..u32::MAX)
        .map(name)
        .find(|candidate| !candidate.exists())
        .unwrap_or_else(|| name(0))
}
