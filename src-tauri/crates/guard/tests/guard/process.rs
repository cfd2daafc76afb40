//! A closed process, looked at from outside.

use super::again::{Second, is_second, ready_and_waiting};

const CLOSED: &str = "GUARD_TEST_CLOSED";

/// In the first process, a closed one and one that is not, so that the test can fail.
fn closed_and_open(test: &str) -> Option<(Second, Second)> {
    if !is_second() {
        return Some((
            Second::start(test, &[(CLOSED, "1")]),
            Second::start(test, &[]),
        ));
    }
    if std::env::var_os(CLOSED).is_some() {
        guard::keep_out_of_crash_reports().expect("dumps can be turned off");
        guard::close_process().expect("the process can be closed");
    }
    ready_and_waiting();
    None
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;

    use super::closed_and_open;
    use crate::again::without_rights;

    #[test]
    fn the_memory_is_written_to_no_file_and_to_no_handler() {
        let Some((closed, _)) =
            closed_and_open("process::linux::the_memory_is_written_to_no_file_and_to_no_handler")
        else {
            return;
        };
        let limits = fs::read_to_string(format!("/proc/{}/limits", closed.id()))
            .expect("the kernel lists the limits");
        let line = limits
            .lines()
            .find(|line| line.starts_with("Max core file size"))
            .expect("the limit on dumps is listed");
        let values: Vec<_> = line.split_whitespace().skip(4).take(2).collect();
        assert_eq!(values, ["1", "1"], "neither a file nor a handler gets it");
    }

    fn can_read(process: u32, file: &str) -> bool {
        without_rights("head")
            .args(["--bytes=1", &format!("/proc/{process}/{file}")])
            .output()
            .expect("head is there")
            .status
            .success()
    }

    #[test]
    fn another_program_of_the_same_user_cannot_read_it() {
        let Some((closed, open)) =
            closed_and_open("process::linux::another_program_of_the_same_user_cannot_read_it")
        else {
            return;
        };
        for file in ["maps", "environ", "auxv"] {
            assert!(can_read(open.id(), file), "{file}");
            assert!(!can_read(closed.id(), file), "{file}");
        }
    }
}

#[cfg(windows)]
mod windows {
    use windows::Win32::Foundation::CloseHandle;
    use windows::Win32::System::Threading::{
        OpenProcess, PROCESS_ACCESS_RIGHTS, PROCESS_DUP_HANDLE, PROCESS_QUERY_LIMITED_INFORMATION,
        PROCESS_VM_READ, PROCESS_VM_WRITE,
    };

    use super::closed_and_open;

    #[allow(unsafe_code, reason = "opening a process has no safe interface")]
    fn can_open(process: u32, rights: PROCESS_ACCESS_RIGHTS) -> bool {
        // SAFETY: plain values in, and the handle is closed again.
        unsafe {
            match OpenProcess(rights, false, process) {
                Ok(handle) => CloseHandle(handle).is_ok(),
                Err(_) => false,
            }
        }
    }

    #[test]
    fn another_program_of_the_same_user_cannot_open_its_memory() {
        let Some((closed, open)) = closed_and_open(
            "process::windows::another_program_of_the_same_user_cannot_open_its_memory",
        ) else {
            return;
        };
        for rights in [PROCESS_VM_READ, PROCESS_VM_WRITE, PROCESS_DUP_HANDLE] {
            assert!(can_open(open.id(), rights), "{rights:?}");
            assert!(!can_open(closed.id(), rights), "{rights:?}");
        }
        assert!(can_open(closed.id(), PROCESS_QUERY_LIMITED_INFORMATION));
    }
}
