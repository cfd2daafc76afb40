//! Loaded by `LD_PRELOAD`, stands in front of the C library's functions that change files. Below one folder the nth of their calls
//! fails with an error, or ends the process, as a control file says. It can also put the wall clock forward.
//!
//! `FAULTY_DISK_FOLDER` is the folder, `FAULTY_DISK_CONTROL` the control file: 32-bit words in the machine's own order, which may be
//! changed at any time by whoever else has the file.
//!
//! | word | meaning |
//! | --- | --- |
//! | 0 | 0: nothing is spoiled; 1: calls fail; 2: the process dies before the call; 3: half of a write is done, then it dies |
//! | 1 | the `errno` of calls that fail |
//! | 2 | how many calls go well first |
//! | 3 | how many then fail; `u32::MAX` for all |
//! | 4 | counts all calls that change something |
//! | 5 | counts those that were spoiled |
//! | 6 | seconds that the wall clock is ahead |
//! | 7 | the `errno` of every lock that is asked for; 0: locks are given |
#![cfg(target_os = "linux")]
#![allow(
    unsafe_code,
    reason = "standing in front of the C library's functions is done in its own terms"
)]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use libc::{clockid_t, mode_t, off_t, off64_t, size_t, ssize_t, timespec};

const WORDS: usize = 8;
const MOST_FILES: usize = 4096;

/// Which file descriptors are below the folder.
static WATCHED: [AtomicBool; MOST_FILES] = [const { AtomicBool::new(false) }; MOST_FILES];
static CONTROL: OnceLock<Option<Control>> = OnceLock::new();

struct Control {
    folder: Vec<u8>,
    words: &'static [AtomicU32; WORDS],
}

/// What becomes of a call.
enum Fate {
    Goes,
    Fails,
    Dies,
    DiesHalfWay,
}

impl Control {
    fn open() -> Option<Self> {
        let folder = environment(c"FAULTY_DISK_FOLDER")?;
        let control = environment(c"FAULTY_DISK_CONTROL")?;
        let mut path = control;
        path.push(0);
        // SAFETY: the path ends with a zero; the mapping is checked, shared, large enough and never unmapped.
        unsafe {
            let file = libc::syscall(
                libc::SYS_openat,
                libc::AT_FDCWD,
                path.as_ptr(),
                libc::O_RDWR | libc::O_CLOEXEC,
            );
            let file = c_int::try_from(file).ok().filter(|file| *file >= 0)?;
            let size = WORDS * 4;
            let place = libc::mmap(
                std::ptr::null_mut(),
                size,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_SHARED,
                file,
                0,
            );
            libc::syscall(libc::SYS_close, file);
            if place == libc::MAP_FAILED {
                return None;
            }
            Some(Self {
                folder,
                words: &*place.cast::<[AtomicU32; WORDS]>(),
            })
        }
    }

    fn fate(&self) -> Fate {
        let [mode, _, skip, times, all, spoiled, ..] = self.words;
        all.fetch_add(1, Ordering::SeqCst);
        let mode = mode.load(Ordering::SeqCst);
        if mode == 0 {
            return Fate::Goes;
        }
        let passes = skip.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
            left.checked_sub(1)
        });
        if passes.is_ok() {
            return Fate::Goes;
        }
        let left = times.load(Ordering::SeqCst);
        if left == 0 {
            return Fate::Goes;
        }
        if left != u32::MAX {
            times.fetch_sub(1, Ordering::SeqCst);
        }
        spoiled.fetch_add(1, Ordering::SeqCst);
        match mode {
            1 => Fate::Fails,
            2 => Fate::Dies,
            _ => Fate::DiesHalfWay,
        }
    }

    fn fail(&self) -> c_int {
        let errno = self.words[1].load(Ordering::SeqCst);
        // SAFETY: the address of this thread's own errno.
        unsafe { *libc::__errno_location() = c_int::try_from(errno).unwrap_or(libc::EIO) };
        -1
    }
}

fn environment(name: &CStr) -> Option<Vec<u8>> {
    // SAFETY: getenv answers null or a C string, which is copied at once.
    unsafe {
        let value = libc::getenv(name.as_ptr());
        (!value.is_null()).then(|| CStr::from_ptr(value).to_bytes().to_vec())
    }
}

fn control() -> Option<&'static Control> {
    CONTROL.get_or_init(Control::open).as_ref()
}

fn die() -> ! {
    // SAFETY: ends this process; the loop is never reached.
    unsafe { libc::kill(libc::getpid(), libc::SIGKILL) };
    loop {
        std::hint::spin_loop();
    }
}

/// The control, where a path is below the folder.
fn for_path(path: *const c_char) -> Option<&'static Control> {
    let control = control()?;
    if path.is_null() {
        return None;
    }
    // SAFETY: callers of the C library give C strings.
    let path = unsafe { CStr::from_ptr(path) }.to_bytes();
    path.starts_with(&control.folder).then_some(control)
}

/// The control, where a file is below the folder.
fn for_file(file: c_int) -> Option<&'static Control> {
    let watched = WATCHED.get(usize::try_from(file).ok()?)?;
    if watched.load(Ordering::SeqCst) {
        control()
    } else {
        None
    }
}

fn watch(file: c_int, watched: bool) {
    if let Some(place) = usize::try_from(file)
        .ok()
        .and_then(|file| WATCHED.get(file))
    {
        place.store(watched, Ordering::SeqCst);
    }
}

/// Whether a call on something below the folder may go on; `Some` is what to answer in its place.
fn spoil(control: Option<&'static Control>) -> Option<c_int> {
    let control = control?;
    match control.fate() {
        Fate::Goes => None,
        Fate::Fails => Some(control.fail()),
        Fate::Dies | Fate::DiesHalfWay => die(),
    }
}

/// The next function of this name, as the program would have had it.
macro_rules! next {
    ($name:literal as $kind:ty) => {{
        static NEXT: OnceLock<usize> = OnceLock::new();
        // SAFETY: the C library has a function of this name and type.
        let address =
            *NEXT.get_or_init(|| unsafe { libc::dlsym(libc::RTLD_NEXT, $name.as_ptr()) as usize });
        // SAFETY: as above; a missing one would be null, which no C library of ours lacks.
        unsafe { std::mem::transmute::<usize, $kind>(address) }
    }};
}

type Open = extern "C" fn(*const c_char, c_int, mode_t) -> c_int;
type OpenAt = extern "C" fn(c_int, *const c_char, c_int, mode_t) -> c_int;

fn opening(path: *const c_char, flags: c_int, go_on: impl FnOnce() -> c_int) -> c_int {
    let control = for_path(path);
    let changes = flags & (libc::O_CREAT | libc::O_TRUNC) != 0;
    if let Some(answer) = spoil(control.filter(|_| changes)) {
        return answer;
    }
    let file = go_on();
    watch(file, control.is_some());
    file
}

macro_rules! stands_in_front_of_open {
    ($($name:ident $text:literal),+) => {$(
        /// See the module.
        #[unsafe(no_mangle)]
        pub extern "C" fn $name(path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
            opening(path, flags, || next!($text as Open)(path, flags, mode))
        }
    )+};
}

stands_in_front_of_open!(open c"open", open64 c"open64");

macro_rules! stands_in_front_of_openat {
    ($($name:ident $text:literal),+) => {$(
        /// See the module.
        #[unsafe(no_mangle)]
        pub extern "C" fn $name(folder: c_int, path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
            opening(path, flags, || next!($text as OpenAt)(folder, path, flags, mode))
        }
    )+};
}

stands_in_front_of_openat!(openat c"openat", openat64 c"openat64");

/// See the module.
#[unsafe(no_mangle)]
pub extern "C" fn close(file: c_int) -> c_int {
    watch(file, false);
    next!(c"close" as extern "C" fn(c_int) -> c_int)(file)
}

/// Writes, unless the call is spoiled. `go_on` writes so many bytes.
fn writing(file: c_int, length: size_t, go_on: impl FnOnce(size_t) -> ssize_t) -> ssize_t {
    let Some(control) = for_file(file) else {
        return go_on(length);
    };
    match control.fate() {
        Fate::Goes => go_on(length),
        Fate::Fails => control.fail() as ssize_t,
        Fate::Dies => die(),
        Fate::DiesHalfWay => {
            go_on(length / 2);
            die()
        }
    }
}

/// See the module.
#[unsafe(no_mangle)]
pub extern "C" fn write(file: c_int, bytes: *const c_void, length: size_t) -> ssize_t {
    let next = next!(c"write" as extern "C" fn(c_int, *const c_void, size_t) -> ssize_t);
    writing(file, length, |length| next(file, bytes, length))
}

/// See the module.
#[unsafe(no_mangle)]
pub extern "C" fn pwrite(file: c_int, bytes: *const c_void, length: size_t, at: off_t) -> ssize_t {
    let next = next!(c"pwrite" as extern "C" fn(c_int, *const c_void, size_t, off_t) -> ssize_t);
    writing(file, length, |length| next(file, bytes, length, at))
}

/// See the module.
#[unsafe(no_mangle)]
pub extern "C" fn pwrite64(
    file: c_int,
    bytes: *const c_void,
    length: size_t,
    at: off64_t,
) -> ssize_t {
    let next =
        next!(c"pwrite64" as extern "C" fn(c_int, *const c_void, size_t, off64_t) -> ssize_t);
    writing(file, length, |length| next(file, bytes, length, at))
}

macro_rules! stands_in_front_of_a_change_of_a_file {
    ($($name:ident $text:literal ($($argument:ident: $kind:ty),*)),+ $(,)?) => {$(
        /// See the module.
        #[unsafe(no_mangle)]
        pub extern "C" fn $name(file: c_int $(, $argument: $kind)*) -> c_int {
            if let Some(answer) = spoil(for_file(file)) {
                return answer;
            }
            next!($text as extern "C" fn(c_int $(, $kind)*) -> c_int)(file $(, $argument)*)
        }
    )+};
}

stands_in_front_of_a_change_of_a_file!(
    fsync c"fsync" (),
    fdatasync c"fdatasync" (),
    ftruncate c"ftruncate" (to: off_t),
    ftruncate64 c"ftruncate64" (to: off64_t),
);

macro_rules! stands_in_front_of_a_change_of_a_path {
    ($($name:ident $text:literal ($($argument:ident: $kind:ty),*)),+ $(,)?) => {$(
        /// See the module.
        #[unsafe(no_mangle)]
        pub extern "C" fn $name(path: *const c_char $(, $argument: $kind)*) -> c_int {
            if let Some(answer) = spoil(for_path(path)) {
                return answer;
            }
            next!($text as extern "C" fn(*const c_char $(, $kind)*) -> c_int)(path $(, $argument)*)
        }
    )+};
}

stands_in_front_of_a_change_of_a_path!(
    rename c"rename" (to: *const c_char),
    unlink c"unlink" (),
    mkdir c"mkdir" (mode: mode_t),
);

/// What a disk without locks answers; `None` where locks are given.
fn no_lock(file: c_int) -> Option<c_int> {
    let errno = for_file(file)?.words[7].load(Ordering::SeqCst);
    if errno == 0 {
        return None;
    }
    // SAFETY: the address of this thread's own errno.
    unsafe { *libc::__errno_location() = c_int::try_from(errno).unwrap_or(libc::ENOLCK) };
    Some(-1)
}

/// See the module.
#[unsafe(no_mangle)]
pub extern "C" fn flock(file: c_int, operation: c_int) -> c_int {
    if let Some(answer) = no_lock(file) {
        return answer;
    }
    next!(c"flock" as extern "C" fn(c_int, c_int) -> c_int)(file, operation)
}

macro_rules! stands_in_front_of_fcntl {
    ($($name:ident $text:literal),+) => {$(
        /// See the module. What it takes besides depends on the command; each is as large as an address.
        #[unsafe(no_mangle)]
        pub extern "C" fn $name(file: c_int, command: c_int, argument: usize) -> c_int {
            let asks = [libc::F_SETLK, libc::F_SETLKW, libc::F_OFD_SETLK, libc::F_OFD_SETLKW];
            if asks.contains(&command) && let Some(answer) = no_lock(file) {
                return answer;
            }
            next!($text as extern "C" fn(c_int, c_int, usize) -> c_int)(file, command, argument)
        }
    )+};
}

stands_in_front_of_fcntl!(fcntl c"fcntl", fcntl64 c"fcntl64");

/// See the module.
///
/// # Safety
/// `time` is the caller's own place, as the C library demands.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn clock_gettime(clock: clockid_t, time: *mut timespec) -> c_int {
    let next = next!(c"clock_gettime" as extern "C" fn(clockid_t, *mut timespec) -> c_int);
    let answer = next(clock, time);
    if clock == libc::CLOCK_REALTIME
        && answer == 0
        && let Some(control) = control()
    {
        let ahead = control.words[6].load(Ordering::SeqCst);
        // SAFETY: the call above succeeded, so the caller's place has been written.
        unsafe { (*time).tv_sec += libc::time_t::from(ahead) };
    }
    answer
}
