//! The memory that GTK and the web view free in this process. Rust's own is overwritten by the allocator of `main.rs`.
//!
//! What is typed or pasted into the page and what it shows crosses this process in WebKit's messages, which C and C++ free. So on Linux
//! this program brings its own `free` and `realloc`, which every library in the process then uses (the dynamic linker looks here first):
//! they overwrite, and then hand on to the C library's. glibc allows that: its manual, "Replacing malloc".

/// Gives freed memory back to the system: what reading the records took to show the first screen, and at a lock what held secrets.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code, reason = "the C library's call has no safe interface")]
pub fn give_back_freed_memory() {
    // SAFETY: it takes a plain number, and may be called from any thread.
    unsafe {
        libc::malloc_trim(0);
    }
}

/// The other systems' allocators do so by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn give_back_freed_memory() {}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(
    unsafe_code,
    reason = "these are the C library's own functions, which have no safe form"
)]
mod for_c {
    use std::ffi::{CStr, c_char, c_void};
    use std::ptr;

    /// WebKit's allocator keeps what is freed as it was, and lets the C library serve where this variable is set (bmalloc's
    /// `Environment.cpp`). It asks before `main` begins, so setting the variable would come too late. The user's own value stands.
    const WEB_VIEW_ALLOCATOR: &CStr = c"Malloc";
    const SYSTEM: &CStr = c"1";

    /// From this size on the system takes pages back and gives them anew as zeros, instead of each being written to.
    const BY_PAGES: usize = 256 << 10;
    const PAGE: usize = 4096;

    unsafe extern "C" {
        static mut environ: *const *const c_char;
        fn __libc_free(memory: *mut c_void);
        fn __libc_malloc(size: usize) -> *mut c_void;
    }

    /// Frees memory that was overwritten first.
    ///
    /// # Safety
    /// As `free` of the C library: `memory` is null or what its allocator gave and nobody uses any more.
    #[unsafe(no_mangle)]
    unsafe extern "C" fn free(memory: *mut c_void) {
        if memory.is_null() {
            return;
        }
        // SAFETY: it is the allocator's and its usable size is known to it; nobody else uses it any more.
        unsafe {
            wipe(memory, libc::malloc_usable_size(memory));
            __libc_free(memory);
        }
    }

    /// Moves memory that has to grow or shrinks much, and overwrites where it was.
    ///
    /// # Safety
    /// As `realloc` of the C library.
    #[unsafe(no_mangle)]
    unsafe extern "C" fn realloc(memory: *mut c_void, size: usize) -> *mut c_void {
        // SAFETY: as above; the new memory is as long as what is copied into it, and they do not overlap.
        unsafe {
            if memory.is_null() {
                return __libc_malloc(size);
            }
            if size == 0 {
                free(memory);
                return ptr::null_mut();
            }
            let held = libc::malloc_usable_size(memory);
            if size <= held && size >= held / 2 {
                return memory;
            }
            let moved = __libc_malloc(size);
            if !moved.is_null() {
                ptr::copy_nonoverlapping(memory.cast::<u8>(), moved.cast(), held.min(size));
                free(memory);
            }
            moved
        }
    }

    /// The value of a variable of the environment.
    ///
    /// # Safety
    /// As `getenv` of the C library: `name` is a C text, and the environment is not changed at the same time.
    #[unsafe(no_mangle)]
    unsafe extern "C" fn getenv(name: *const c_char) -> *mut c_char {
        if name.is_null() {
            return ptr::null_mut();
        }
        // SAFETY: the environment is a row of C texts that ends with a null, once there is one; the caller vouches for `name`.
        unsafe {
            let name = CStr::from_ptr(name);
            let mut variable = (&raw const environ).read();
            while !variable.is_null() && !(*variable).is_null() {
                let text = CStr::from_ptr(*variable).to_bytes();
                let value = text.strip_prefix(name.to_bytes());
                if let Some([b'=', ..]) = value {
                    return (*variable).add(name.count_bytes() + 1).cast_mut();
                }
                variable = variable.add(1);
            }
            if name == WEB_VIEW_ALLOCATOR {
                return SYSTEM.as_ptr().cast_mut();
            }
        }
        ptr::null_mut()
    }

    /// # Safety
    /// `memory` is `size` writable bytes that nobody uses any more.
    unsafe fn wipe(memory: *mut c_void, size: usize) {
        let from = memory as usize;
        // SAFETY: all of it lies within the memory; whole pages of the allocator's, which are private to this process and of no file, read
        // as zeros after that advice.
        unsafe {
            if size >= BY_PAGES {
                let first = from.next_multiple_of(PAGE);
                let last = (from + size) / PAGE * PAGE;
                let pages = memory.add(first - from);
                if libc::madvise(pages, last - first, libc::MADV_DONTNEED) == 0 {
                    memory.write_bytes(0, first - from);
                    memory.add(last - from).write_bytes(0, from + size - last);
                    return;
                }
            }
            memory.write_bytes(0, size);
        }
    }
}
