//! Disks that cannot do what records need are told as what they are.
#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::Command;

use faults::disk::Control;

/// `ENOLCK`, `EOPNOTSUPP`, `ENOSYS`, `EINVAL`: what network drives, WSL's and FUSE's answer to who asks for a lock.
const WITHOUT_LOCKS: [u32; 4] = [37, 95, 38, 22];

/// What a process tells that opens the records in `folder` on a disk that obeys `control`.
fn opened(folder: &Path, control: &Control) -> String {
    let built = Command::new(env!("CARGO"))
        .args(["build", "-q", "-p", "faulty-disk"])
        .status();
    assert!(built.expect("cargo starts").success());
    let program = Path::new(env!("CARGO_BIN_EXE_faults"));
    let job = serde_json::json!({
        "folder": folder, "control": control.file(), "trouble": "Nothing", "while_opening": false, "skip": 0, "times": null,
        "acknowledged": [], "first": 0, "writes": 1,
    });
    let told = Command::new(program)
        .args(["writer", &job.to_string()])
        .env("LD_PRELOAD", program.with_file_name("libfaulty_disk.so"))
        .env("FAULTY_DISK_FOLDER", folder)
        .env("FAULTY_DISK_CONTROL", control.file())
        .output()
        .expect("the process starts");
    String::from_utf8_lossy(&told.stdout).into_owned()
}

#[test]
fn a_drive_without_locks_is_told_as_that_and_the_records_are_as_they_were() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("records");
    let control = Control::new(place.path().join("control")).expect("a control file");
    for errno in WITHOUT_LOCKS {
        control.set_lock_error(errno).expect("it is written");
        let told = opened(&folder, &control);
        assert!(
            told.starts_with("unopened the disk has no file locks"),
            "{errno}: {told}"
        );
        control.set_lock_error(0).expect("it is written");
        let told = opened(&folder, &control);
        assert!(told.starts_with("opened"), "{errno}: {told}");
    }
}
