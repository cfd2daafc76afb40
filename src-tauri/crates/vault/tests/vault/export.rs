//! Files for other password managers.

use std::fs;
use std::process::{Command, Stdio};

use vault::export::{self, ExportError, Exported};

use super::backup::passphrase;
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
        "\t=1",
        " =1",
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
    let refused = export::one_password_csv(&[exported(1, "Acme", "=1+1")]);
    assert_eq!(refused.unwrap_err(), ExportError::LooksLikeAFormula);
}

#[test]
fn an_exported_file_is_readable_by_its_owner_only_and_can_be_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.csv");
    fs::write(&path, b"older").unwrap();
    export::write(&path, b"new and longer than before").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new and longer than before");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    export::delete(&path).unwrap();
    assert!(!path.exists());
    export::delete(&path).expect("a file that is gone is done");
}

#[test]
#[ignore = "needs keepassxc-cli (Debian: apt-get install keepassxc)"]
fn keepassxc_reads_every_field_of_the_kdbx_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.kdbx");
    let file = export::kdbx(&two(), &passphrase("walnut ferry cobalt thursday")).unwrap();
    export::write(&path, &file).unwrap();
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
