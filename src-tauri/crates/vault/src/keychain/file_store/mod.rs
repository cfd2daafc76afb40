//! A keychain kept in a file, with faults on demand. For tests; the program never has it.
//!
//! The file is synced before a call returns, so it survives a kill at any moment, and any number of processes may use it.
//! Secrets lie in it in plain text. What goes wrong is written in a [`Script`] beside the file, which another process may change
//! at any time.

mod item;
mod script;

use std::any::Any;
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error as StoreError, Result as StoreResult};
use parking_lot::Mutex;

use self::item::FileItem;
use self::script::Playing;
pub use self::script::{Call, Fault, Refusal, Rule, Script};
use super::native::LOCKED;

/// Service, then user, then the content in base64.
type Items = BTreeMap<String, BTreeMap<String, String>>;

/// How many calls went through one open store, whatever became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Calls {
    /// Reads.
    pub reads: usize,
    /// Writes.
    pub writes: usize,
    /// Deletes.
    pub deletes: usize,
}

/// The store; see the module.
#[derive(Debug)]
pub struct FileStore {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    file: PathBuf,
    playing: Mutex<Playing>,
    reads: AtomicUsize,
    writes: AtomicUsize,
    deletes: AtomicUsize,
}

impl FileStore {
    /// Opens the store in `file`, which need not exist yet; its folder must.
    pub fn open(file: impl Into<PathBuf>) -> Arc<Self> {
        let file = file.into();
        let playing = Mutex::new(Playing::new(Script::path_for(&file)));
        let (reads, writes, deletes) = Default::default();
        Arc::new(Self {
            inner: Arc::new(Inner {
                file,
                playing,
                reads,
                writes,
                deletes,
            }),
        })
    }

    /// How many calls have been made through this store object.
    pub fn calls(&self) -> Calls {
        let Inner {
            reads,
            writes,
            deletes,
            ..
        } = &*self.inner;
        Calls {
            reads: reads.load(Ordering::SeqCst),
            writes: writes.load(Ordering::SeqCst),
            deletes: deletes.load(Ordering::SeqCst),
        }
    }

    /// Writes the script that the store in `file` follows from now on.
    ///
    /// # Errors
    /// What the write failed with.
    pub fn direct(file: &Path, script: &Script) -> io::Result<()> {
        write_synced(&Script::path_for(file), &serde_json::to_vec_pretty(script)?)
    }

    /// The names of all items, as service and user, whatever the script says.
    ///
    /// # Errors
    /// What the read failed with.
    pub fn names(&self) -> io::Result<Vec<(String, String)>> {
        let items = self.inner.load()?;
        let names = items
            .iter()
            .flat_map(|(service, users)| users.keys().map(|user| (service.clone(), user.clone())));
        Ok(names.collect())
    }

    /// Gives the content of one item to another, as a meddling program might.
    ///
    /// # Errors
    /// When there is no such item, or what the write failed with.
    pub fn overwrite_with(&self, service: &str, user: &str, other: &str) -> io::Result<()> {
        let _lock = self.inner.lock()?;
        let mut items = self.inner.load()?;
        let users = items.get_mut(service).ok_or(io::ErrorKind::NotFound)?;
        let content = users.get(other).cloned().ok_or(io::ErrorKind::NotFound)?;
        users.insert(user.to_owned(), content);
        self.inner.store(&items)
    }

    /// Adds an item of the same name as one that is there, or as one of these that was added before, as a restored keyring does. Reading a
    /// locked one asks for a password, and nobody answers.
    ///
    /// # Errors
    /// What the write failed with.
    pub fn add_another(
        &self,
        service: &str,
        user: &str,
        content: &[u8],
        locked: bool,
    ) -> io::Result<()> {
        let _lock = self.inner.lock()?;
        let mut items = self.inner.load()?;
        let users = items.entry(service.to_owned()).or_default();
        let number = names_of(users, user).len();
        let locked = if locked { LOCKED } else { "" };
        let name = format!("{user}{ANOTHER}{number}{locked}");
        users.insert(name, STANDARD.encode(content));
        self.inner.store(&items)
    }

    /// The content of every item of one name, whatever the script says.
    ///
    /// # Errors
    /// What the read failed with.
    pub fn contents(&self, service: &str, user: &str) -> io::Result<Vec<Vec<u8>>> {
        let items = self.inner.load()?;
        let Some(users) = items.get(service) else {
            return Ok(Vec::new());
        };
        let contents = names_of(users, user).into_iter().map(|name| {
            let content = users.get(&name).map(String::as_str).unwrap_or_default();
            STANDARD.decode(content).map_err(io::Error::other)
        });
        contents.collect()
    }
}

/// Between the name of an item and what tells those of one name apart.
const ANOTHER: char = '\u{1}';

/// Every item of one name, as the file names them.
fn names_of(users: &BTreeMap<String, String>, user: &str) -> Vec<String> {
    let is_of = |name: &&String| {
        name.strip_prefix(user)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(ANOTHER))
    };
    users.keys().filter(is_of).cloned().collect()
}

impl Inner {
    fn load(&self) -> io::Result<Items> {
        match patiently(|| fs::read(&self.file)) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Items::new()),
            Err(error) => Err(error),
        }
    }

    fn store(&self, items: &Items) -> io::Result<()> {
        write_synced(&self.file, &serde_json::to_vec_pretty(items)?)
    }

    fn lock(&self) -> io::Result<File> {
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.file.with_extension("lock"))?;
        lock.lock()?;
        Ok(lock)
    }

    fn playing<T>(&self, play: impl FnOnce(&mut Playing) -> T) -> T {
        play(&mut self.playing.lock())
    }

    /// Waits out a hang. It ends early when the script is changed.
    fn hang(&self, duration: Duration) {
        let until = Instant::now() + duration;
        let before = self.playing(|playing| playing.version());
        while Instant::now() < until
            && self.playing(|playing| playing.reload().is_ok() && playing.version() == before)
        {
            thread::sleep(Duration::from_millis(10).min(duration));
        }
    }

    /// One call, with whatever fault its turn has. `act` gets the items and whether they were changed is its answer's second half.
    fn perform<T>(
        &self,
        call: Call,
        act: impl Fn(&mut Items, &Turn) -> StoreResult<(T, bool)>,
    ) -> StoreResult<T> {
        let (fault, turn) = self
            .playing(|playing| {
                playing.reload()?;
                Ok::<_, io::Error>((playing.fault_for(call), Turn::of(playing.script())))
            })
            .map_err(failure)?;
        let mut turn = turn;
        let mut report = None;
        match fault {
            None => {}
            Some(Fault::Refuse(refusal)) => return Err(refusal.into()),
            Some(Fault::Hang { ms }) => self.hang(Duration::from_millis(ms)),
            Some(Fault::DoneButReported(refusal)) => report = Some(refusal),
            Some(Fault::Lose) => turn.lose = true,
            Some(Fault::Garble) => turn.garble = true,
        }
        let _lock = self.lock().map_err(failure)?;
        let mut items = self.load().map_err(failure)?;
        let (answer, changed) = act(&mut items, &turn)?;
        if changed && !turn.lose {
            self.store(&items).map_err(failure)?;
        }
        match report {
            Some(refusal) => Err(refusal.into()),
            None => Ok(answer),
        }
    }
}

/// What holds for one call besides its fault.
struct Turn {
    capacity: Option<usize>,
    emptied: bool,
    lose: bool,
    garble: bool,
}

impl Turn {
    fn of(script: &Script) -> Self {
        Self {
            capacity: script.capacity,
            emptied: script.emptied,
            lose: false,
            garble: false,
        }
    }
}

impl CredentialStoreApi for FileStore {
    fn vendor(&self) -> String {
        "File store for tests".to_owned()
    }

    fn id(&self) -> String {
        self.inner.file.display().to_string()
    }

    fn build(
        &self,
        service: &str,
        user: &str,
        modifiers: Option<&HashMap<&str, &str>>,
    ) -> StoreResult<Entry> {
        if modifiers.is_some_and(|modifiers| !modifiers.is_empty()) {
            return Err(StoreError::Invalid(
                "modifiers".to_owned(),
                "this store has none".to_owned(),
            ));
        }
        let item = FileItem {
            inner: Arc::clone(&self.inner),
            service: service.to_owned(),
            user: user.to_owned(),
            is_one_of_several: false,
        };
        Ok(Entry::new_with_credential(Arc::new(item)))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn failure(error: io::Error) -> StoreError {
    StoreError::PlatformFailure(Box::new(error))
}

/// Does it again for a while when Windows refuses it because another thread has the file open at this moment.
fn patiently<T>(mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let until = Instant::now() + Duration::from_secs(5);
    loop {
        match attempt() {
            Err(error)
                if cfg!(windows)
                    && error.kind() == io::ErrorKind::PermissionDenied
                    && Instant::now() < until =>
            {
                thread::sleep(Duration::from_millis(2));
            }
            answer => return answer,
        }
    }
}

/// Replaces a file so that after a crash either the old or the new content is there, whole.
fn write_synced(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let partial = file.with_extension(format!("{}.partial", std::process::id()));
    let mut writing = File::create(&partial)?;
    writing.write_all(bytes)?;
    writing.sync_all()?;
    drop(writing);
    patiently(|| fs::rename(&partial, file))?;
    #[cfg(unix)]
    if let Some(folder) = file.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
