//! Files for other password managers.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use vault::backup::WriteError;
use vault::export::{self, ExportError, Exported, Presence};

use super::passphrases::passphrase;
use super::{account, key, secret};

fn exported(number: u32, name: &str, text: &str) -> Exported {
    Exported {
        account_name: name.to_owned(),
        account: account(number),
        key_name: format!("{name} - DicksonOne"),
        key: key(number),
        secret: secret(text),
    }
}

fn two() -> [Exported; 2] {
    [
        exported(1, "Acme, \"Cold\" Storage", "invented-secret-one"),
        exported(2, "Zürich & Söhne <GmbH>", "invented-secret-two"),
    ]
}

#[test]
fn bitwardens_file_has_a_login_for_each_key_with_all_three_values() {
    let file = export::bitwarden_json(&two()).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&file).unwrap();
    assert_eq!(json["encrypted"], false);
    let folder = &json["folders"][0]["id"];
    assert_eq!(json["items"].as_array().unwrap().len(), 2);
    let item = &json["items"][1];
    assert_eq!(&item["folderId"], folder);
    assert_eq!(item["type"], 1);
    assert_eq!(item["name"], "Zürich & Söhne <GmbH> - DicksonOne");
    assert_eq!(item["login"]["username"], key(2).as_str());
    assert_eq!(item["login"]["password"], "invented-secret-two");
    let fields: Vec<_> = item["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| (field["name"].as_str().unwrap(), field["value"].clone()))
        .collect();
    assert_eq!(
        fields[1],
        ("Account SID", serde_json::json!(account(2).as_str()))
    );
}

#[test]
fn one_passwords_file_reads_back_field_by_field() {
    let file = export::one_password_csv(&two()).unwrap();
    let mut reader = csv::Reader::from_reader(file.as_slice());
    assert_eq!(
        reader.headers().unwrap().iter().collect::<Vec<_>>(),
        ["Title", "Url", "Username", "Password", "Notes"]
    );
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(&rows[0][0], "Acme, \"Cold\" Storage - DicksonOne");
    assert_eq!(&rows[0][3], "invented-secret-one");
    assert!(rows[1][4].contains(account(2).as_str()));
}

#[test]
fn no_cell_of_the_csv_is_taken_for_a_formula() {
    for name in [
        "=HYPERLINK(\"http://x\")",
        "+1",
        "-1",
        "@SUM(A1)",
        "@home Cooling",
        "\t=1",
        " =1",
        "\u{a0}=1",
        "\u{200b}=1",
        "\u{feff}@home",
        "＝1",
        "＋1",
        "－1",
        "＠home",
        "\r\n=1",
    ] {
        let file = export::one_password_csv(&[exported(1, name, "plain")]).unwrap();
        let rows: Vec<_> = csv::Reader::from_reader(file.as_slice())
            .records()
            .map(Result::unwrap)
            .collect();
        assert!(rows[0][0].starts_with('\''), "{name:?}: {:?}", &rows[0][0]);
        for cell in rows[0].iter() {
            let first = cell.trim_start().chars().next();
            assert!(!matches!(first, Some('=' | '+' | '-' | '@')), "{cell:?}");
        }
    }
    // Read as where semicolons separate, a customer's name may begin a cell of its own.
    let customer = Exported {
        account_name: "Acme; =1+1;@x;Cold".to_owned(),
        ..exported(1, "Acme;=2", "plain")
    };
    let file = export::one_password_csv(&[customer]).unwrap();
    let text = String::from_utf8(file.to_vec()).unwrap();
    let row = text.lines().nth(1).unwrap();
    assert!(row.contains("Acme;'=2"), "{row}");
    assert!(row.contains("Customer: Acme;' =1+1;'@x;Cold."), "{row}");
    let refused = export::one_password_csv(&[exported(1, "Acme", "=1+1")]);
    assert_eq!(refused.unwrap_err(), ExportError::LooksLikeAFormula);
}

#[test]
fn a_customers_own_name_is_in_the_notes_and_in_the_other_files_as_it_is() {
    let home = || [exported(1, "@home Cooling", "plain")];
    let csv = export::one_password_csv(&home()).unwrap();
    let rows: Vec<_> = csv::Reader::from_reader(csv.as_slice())
        .records()
        .map(Result::unwrap)
        .collect();
    assert_eq!(&rows[0][0], "'@home Cooling - DicksonOne");
    assert!(rows[0][4].starts_with("Customer: @home Cooling."));
    let json = export::bitwarden_json(&home()).unwrap();
    let json = String::from_utf8(json.to_vec()).unwrap();
    assert!(json.contains("\"@home Cooling - DicksonOne\""), "{json}");
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    export::write(path, &export::partial_beside(path)?, bytes)
}

#[test]
fn an_exported_file_is_readable_by_its_owner_only_and_can_be_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.csv");
    fs::write(&path, b"older").unwrap();
    write(&path, b"new and longer than before").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new and longer than before");
    #[cfg(unix)]
    assert_eq!(mode_of(&path), 0o600);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    export::delete(&path).unwrap();
    assert!(!path.exists());
    export::delete(&path).expect("a file that is gone is done");
}

#[cfg(unix)]
fn mode_of(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
#[test]
fn what_somebody_put_where_a_secret_is_about_to_be_written_gets_nothing_of_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.csv");
    let victim = folder.path().join("somebody else's");
    let partial = folder.path().join(".keys.csv.unfinished");
    fs::write(&victim, b"as it was").unwrap();
    for plant in [true, false] {
        if plant {
            fs::write(&partial, b"planted").unwrap();
            fs::set_permissions(&partial, fs::Permissions::from_mode(0o644)).unwrap();
        } else {
            std::os::unix::fs::symlink(&victim, &partial).unwrap();
        }
        write(&path, b"a secret").unwrap();
        assert_eq!(mode_of(&path), 0o600);
        assert!(fs::symlink_metadata(&path).unwrap().is_file());
        // Even where the name was guessed.
        let refused = export::write(&path, &partial, b"another secret");
        assert!(matches!(refused, Err(WriteError::Io(_))), "{refused:?}");
        assert_eq!(fs::read(&path).unwrap(), b"a secret");
        assert_eq!(fs::read(&victim).unwrap(), b"as it was");
        fs::remove_file(&partial).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn deleting_a_link_leaves_alone_what_it_leads_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.csv");
    let victim = folder.path().join("somebody else's");
    fs::write(&victim, b"as it was").unwrap();
    std::os::unix::fs::symlink(&victim, &path).unwrap();
    export::delete(&path).unwrap();
    assert_eq!(export::presence(&path), Presence::Gone);
    assert_eq!(fs::read(&victim).unwrap(), b"as it was");
}

#[test]
fn a_file_on_a_stick_that_was_taken_out_is_not_gone() {
    let place = tempfile::tempdir().unwrap();
    let (stick, out) = (place.path().join("stick"), place.path().join("out"));
    let path = stick.join("keys.csv");
    fs::create_dir(&stick).unwrap();
    write(&path, b"a secret").unwrap();
    assert_eq!(export::presence(&path), Presence::There);
    fs::rename(&stick, &out).unwrap();
    assert_eq!(export::presence(&path), Presence::OutOfReach);
    assert_eq!(export::delete(&path), Err(WriteError::FolderMissing));
    fs::rename(&out, &stick).unwrap();
    export::delete(&path).unwrap();
    assert_eq!(export::presence(&path), Presence::Gone);
}

#[test]
#[ignore = "needs keepassxc-cli (Debian: apt-get install keepassxc)"]
fn keepassxc_reads_every_field_of_the_kdbx_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.kdbx");
    let file = export::kdbx(&two(), &passphrase("walnut ferry cobalt thursday")).unwrap();
    write(&path, &file).unwrap();
    let ask = |arguments: &[&str]| {
        let mut command = Command::new("keepassxc-cli")
            .args(arguments)
            .env("QT_QPA_PLATFORM", "offscreen")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("keepassxc-cli is installed");
        std::io::Write::write_all(
            &mut command.stdin.take().unwrap(),
            b"walnut ferry cobalt thursday\n",
        )
        .unwrap();
        let output = command.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let file = path.to_str().unwrap();
    let listed = ask(&["ls", "-q", "-R", file]);
    for one in two() {
        assert!(listed.contains(&one.key_name), "{listed}");
        let entry = format!("Subvault/{}", one.key_name);
        let shown = ask(&[
            "show",
            "-q",
            "-s",
            file,
            &entry,
            "-a",
            "UserName",
            "-a",
            "Password",
            "-a",
            "Customer",
            "-a",
            "Account SID",
        ]);
        let lines: Vec<_> = shown.lines().collect();
        assert_eq!(
            lines,
            [
                one.key.as_str(),
                one.secret.expose(),
                &one.account_name,
                one.account.as_str()
            ]
        );
    }
}
