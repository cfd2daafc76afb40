//! Sealed copies open with the `age` program as it comes with the system.

use std::io::Write as _;
use std::process::{Command, Stdio};

use vault::{AccountId, KeyId, Sealer, Secret};

#[test]
#[ignore = "needs the age program (Debian: apt-get install age)"]
fn a_sealed_copy_opens_with_the_age_program() {
    let folder = tempfile::tempdir().unwrap();
    let identity = age::x25519::Identity::generate();
    let identity_file = folder.path().join("identity.txt");
    let text = identity.to_string();
    std::fs::write(
        &identity_file,
        age::secrecy::ExposeSecret::expose_secret(&text),
    )
    .unwrap();
    let sealer = Sealer::from_recipient(&identity.to_public().to_string()).unwrap();
    let secret = Secret::new(r#"a "quoted" \ invented secret"#.to_owned()).unwrap();
    let copy = sealer
        .seal(&secret, &AccountId::new("AC1"), &KeyId::new("SK2"))
        .unwrap();

    let mut age = Command::new("age")
        .arg("--decrypt")
        .arg("--identity")
        .arg(&identity_file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the age program is installed");
    age.stdin
        .take()
        .unwrap()
        .write_all(copy.armoured().as_bytes())
        .unwrap();
    let output = age.wait_with_output().unwrap();
    assert!(output.status.success());
    let opened: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = serde_json::json!({
        "account_sid": "AC1",
        "api_key_sid": "SK2",
        "api_secret": r#"a "quoted" \ invented secret"#,
    });
    assert_eq!(opened, expected);
}
