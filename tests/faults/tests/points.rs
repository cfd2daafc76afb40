//! The list of named points is the list of places that are really come to.
#![cfg(target_os = "linux")]

use std::process::Command;

#[test]
fn every_named_point_lies_on_some_path() {
    let walked = Command::new(env!("CARGO_BIN_EXE_faults"))
        .arg("points")
        .output()
        .expect("the program starts");
    let told = String::from_utf8_lossy(&walked.stdout);
    assert!(walked.status.success(), "{told}");
}
