//! The program that runs alone.

use std::process::Stdio;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_practice"));
    command
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

async fn started(arguments: &[&str]) -> (Child, [String; 3]) {
    let mut child = command(arguments).spawn().expect("started");
    let mut lines = BufReader::new(child.stdout.take().expect("stdout")).lines();
    let mut values = [String::new(), String::new(), String::new()];
    for (value, name) in values
        .iter_mut()
        .zip(["Base URL: ", "Account SID: ", "Auth Token: "])
    {
        let line = lines.next_line().await.expect("readable").expect("a line");
        *value = line
            .strip_prefix(name)
            .unwrap_or_else(|| panic!("{line}"))
            .to_owned();
    }
    (child, values)
}

#[tokio::test]
async fn it_prints_a_sign_in_that_works() {
    let practice = crate::caller::practice(0).await;
    let (_child, [url, sid, token]) = started(&["--subaccounts", "5", "--seed", "3"]).await;
    let caller = crate::caller::Caller::new(&practice, &sid, &token);
    let answer = caller.get(&format!("{url}/2010-04-01/Accounts.json")).await;
    assert_eq!(answer.list("accounts").len(), 6);
    assert_eq!(
        caller.get(&format!("{url}/practice/state")).await.status,
        404
    );
}

#[tokio::test]
async fn a_wrong_argument_is_explained_and_ends_with_2() {
    for arguments in [
        &["--prot", "1"][..],
        &["--port", "high"],
        &["--subaccounts"],
    ] {
        let output = command(arguments).output().await.expect("run");
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("--subaccounts COUNT"));
        assert!(output.stdout.is_empty());
    }
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let practice = crate::caller::practice(0).await;
    let output = command(&["--port", &practice.port().to_string()])
        .output()
        .await
        .expect("run");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&output.stderr)
            .contains(&format!("cannot listen on 127.0.0.1:{}", practice.port()))
    );
}

#[cfg(unix)]
#[tokio::test]
async fn it_ends_in_order_when_asked_to() {
    let (mut child, _) = started(&["--subaccounts", "1"]).await;
    let id = child.id().expect("running").to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .await
            .expect("kill")
            .success()
    );
    assert_eq!(child.wait().await.expect("ended").code(), Some(0));
}
