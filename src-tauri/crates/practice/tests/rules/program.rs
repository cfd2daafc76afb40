//! The program that runs alone.

use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

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

/// Wine, on a busy computer, now and then starts no process for a moment and says that of it.
const WINE_IS_BUSY: i32 = 1359;

async fn begun(arguments: &[&str]) -> Child {
    let give_up_at = Instant::now() + Duration::from_secs(10);
    loop {
        match command(arguments).spawn() {
            Err(error)
                if cfg!(windows)
                    && error.raw_os_error() == Some(WINE_IS_BUSY)
                    && Instant::now() < give_up_at =>
            {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            begun => return begun.expect("started"),
        }
    }
}

async fn output(arguments: &[&str]) -> Output {
    let ended = begun(arguments).await.wait_with_output().await;
    ended.expect("it ends")
}

async fn started(arguments: &[&str]) -> (Child, [String; 3]) {
    let mut child = begun(arguments).await;
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
        let output = output(arguments).await;
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("--subaccounts COUNT"));
        assert!(output.stdout.is_empty());
    }
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let practice = crate::caller::practice(0).await;
    let output = output(&["--port", &practice.port().to_string()]).await;
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
