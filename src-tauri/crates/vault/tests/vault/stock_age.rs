//! Sealed copies open with the `age` program as it comes with the system.

use std::io::Write as _;
use std::process::{Command, Stdio};

use super::{account, key};
use terms::Secret;
use vault::Sealer;

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
    let copy = sealer.seal(&secret, &account(1), &key(2)).unwrap();

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
        "account_sid": account(1).as_str(),
        "api_key_sid": key(2).as_str(),
        "api_secret": r#"a "quoted" \ invented secret"#,
    });
    assert_eq!(opened, expected);
}

/// Answers the program's question for a passphrase as a person does, on a terminal of its own: `script` (Debian's bsdutils) makes
/// one and passes on what comes in.
pub(crate) fn typed(passphrase: &str, command: &str) -> std::process::Output {
    let mut script = Command::new("script")
        .args(["--quiet", "--return", "--command", command, "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the script program is installed");
    let line = format!("{passphrase}\n");
    let stdin = script.stdin.take();
    stdin.unwrap().write_all(line.as_bytes()).unwrap();
    script.wait_with_output().unwrap()
}

#[tokio::test]
#[ignore = "needs the age program (Debian: apt-get install age)"]
async fn a_backup_opens_with_the_age_program_and_shows_readable_json() {
    use super::backup::computer::Computer;
    use super::passphrases::{PASSPHRASE, passphrase};
    let computer = Computer::with_keys(1..=2).await;
    let folder = tempfile::tempdir().unwrap();
    vault::recovery::testing::as_in_the_program();
    let made = vault::backup::write(
        folder.path(),
        &vault::backup::Series::of("k3f9x2abcd", "here", false),
        &passphrase(PASSPHRASE),
        &computer.gathered().await,
        &mut vault::backup::KnownBackups::default(),
        &std::sync::atomic::AtomicBool::new(false),
        &|_| {},
    )
    .unwrap();
    let header = std::fs::read(&made.path).unwrap();
    let header = String::from_utf8_lossy(&header[..120]).into_owned();
    assert!(header.starts_with("age-encryption.org/v1\n-> scrypt "));
    assert!(header.contains(" 18\n"), "the work factor: {header}");

    let opened = folder.path().join("opened.json");
    let command = format!(
        "age --decrypt --output {} {}",
        opened.display(),
        made.path.display()
    );
    assert!(!typed("another passphrase", &command).status.success());
    assert!(!opened.exists());
    assert!(typed(PASSPHRASE, &command).status.success());
    let text = std::fs::read_to_string(&opened).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(
        json["README"][0]
            .as_str()
            .unwrap()
            .contains("backup of Subvault")
    );
    assert_eq!(
        json["credentials"][1]["api_secret"], "invented-2-secret",
        "{text}"
    );
}
