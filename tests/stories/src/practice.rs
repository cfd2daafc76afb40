use std::net::SocketAddr;
use std::process::Command;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::desktop::Running;
use crate::programs::built;
use crate::waiting::answer;
use crate::{Desktop, Failure, Told};

const JSON: &str = "Content-Type: application/json\r\n";
const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";

/// The made-up Twilio in a process of its own. It ends with the value, and then nothing answers at its address.
pub struct Practice {
    _server: Running,
    base: String,
    account_sid: String,
    auth_token: String,
}

impl Practice {
    /// Starts a server with this many subaccounts on a free port.
    pub fn start(subaccounts: u32) -> Told<Self> {
        let mut command = Command::new(built("practice")?);
        command.args(["--control", "--subaccounts", &subaccounts.to_string()]);
        let (server, [base, account_sid, auth_token]) = Running::start_and_read(command)?;
        Ok(Self {
            _server: server,
            base: after_colon(&base)?,
            account_sid: after_colon(&account_sid)?,
            auth_token: after_colon(&auth_token)?,
        })
    }

    /// The address, as `--twilio` takes it.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The same without what stands around it.
    fn host(&self) -> String {
        let host = self.base.trim_start_matches("http://");
        host.trim_end_matches('/').to_owned()
    }

    /// Where it listens.
    pub fn address(&self) -> Told<SocketAddr> {
        let address = self.host().parse();
        address.map_err(|error| Failure::from_error("read where practice listens", error))
    }

    /// The parent account's SID.
    pub fn account_sid(&self) -> &str {
        &self.account_sid
    }

    /// The parent account's Auth Token.
    pub fn auth_token(&self) -> &str {
        &self.auth_token
    }

    /// Asks as the parent account, past the program: the status and the body.
    pub async fn ask(&self, path: &str) -> Told<(u16, Value)> {
        self.ask_as(path, &self.account_sid, &self.auth_token).await
    }

    /// Asks signed by any pair of values, as another program that was given them would.
    pub async fn ask_as(&self, path: &str, user: &str, password: &str) -> Told<(u16, Value)> {
        self.request("GET", path, &signed_as(user, password), "")
            .await
    }

    /// Makes an API key of a subaccount, past the program: its SID and its secret.
    pub async fn make_key(&self, account: &str, name: &str) -> Told<(String, String)> {
        let path = format!("/2010-04-01/Accounts/{account}/Keys.json");
        let form = format!(
            "FriendlyName={}",
            url::form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>()
        );
        let headers = signed_as(&self.account_sid, &self.auth_token) + FORM;
        let (status, key) = self.request("POST", &path, &headers, &form).await?;
        match (key["sid"].as_str(), key["secret"].as_str()) {
            (Some(sid), Some(secret)) => Ok((sid.to_owned(), secret.to_owned())),
            _ => Err(Failure::new(format!("making a key: {status} {key}"))),
        }
    }

    /// The requests it has been sent so far.
    pub async fn requests(&self) -> Told<Vec<Value>> {
        match self.request("GET", "/practice/requests", "", "").await? {
            (200, Value::Array(requests)) => Ok(requests),
            (status, body) => Err(Failure::new(format!(
                "the request log answered {status}: {body}"
            ))),
        }
    }

    /// Makes a fault, as its switchboard takes it.
    pub async fn fault(&self, rule: &Value) -> Told {
        match self
            .request("POST", "/practice/faults", JSON, &rule.to_string())
            .await?
        {
            (201, _) => Ok(()),
            (status, body) => Err(Failure::new(format!(
                "the switchboard answered {status}: {body}"
            ))),
        }
    }

    /// Takes every fault back.
    pub async fn clear_faults(&self) -> Told {
        match self.request("DELETE", "/practice/faults", "", "").await? {
            (200..=299, _) => Ok(()),
            (status, body) => Err(Failure::new(format!(
                "the switchboard answered {status}: {body}"
            ))),
        }
    }

    async fn request(
        &self,
        method: &str,
        path: &str,
        headers: &str,
        body: &str,
    ) -> Told<(u16, Value)> {
        let host = self.host();
        let request = format!(
            "{method} {path} HTTP/1.0\r\nHost: {host}\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let exchange = async {
            let mut stream = TcpStream::connect(&host).await?;
            stream.write_all(request.as_bytes()).await?;
            let mut reply = String::new();
            stream.read_to_string(&mut reply).await?;
            Ok::<_, std::io::Error>(reply)
        };
        let reply = answer(&format!("ask the practice server for {path}"), exchange).await?;
        read_reply(&reply).ok_or_else(|| Failure::new(format!("not an answer: {reply}")))
    }
}

/// Lays the state of a made-up Twilio of this size where the program's practice mode looks for it.
pub fn seed_practice(desktop: &Desktop, subaccounts: u32) -> Told {
    let folder = desktop.data().join("practice");
    std::fs::create_dir_all(&folder)
        .map_err(|error| Failure::from_error("make practice mode's folder", error))?;
    let mut command = Command::new(built("practice")?);
    command
        .args(["--subaccounts", &subaccounts.to_string(), "--state"])
        .arg(folder.join("made-up-twilio.json"));
    Running::start_and_read::<3>(command).map(drop)
}

fn signed_as(user: &str, password: &str) -> String {
    let signature = BASE64_STANDARD.encode(format!("{user}:{password}"));
    format!("Authorization: Basic {signature}\r\n")
}

fn read_reply(reply: &str) -> Option<(u16, Value)> {
    let (head, body) = reply.split_once("\r\n\r\n")?;
    let status = head.split_whitespace().nth(1)?.parse().ok()?;
    Some((status, serde_json::from_str(body).unwrap_or(Value::Null)))
}

fn after_colon(line: &str) -> Told<String> {
    let value = line
        .split_once(": ")
        .map(|(_, value)| value.trim().to_owned());
    value.ok_or_else(|| Failure::new(format!("practice printed `{line}`")))
}
