//! A server on loopback that sends exactly the bytes a test wants, and remembers what it was sent.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use terms::{AccountSid, Secret};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use twilio::{Client, Credentials, Hosts, Timeouts};

pub const PARENT: &str = "AC00000000000000000000000000000001";
pub const CHILD: &str = "AC00000000000000000000000000000002";
pub const KEY: &str = "SK00000000000000000000000000000003";
pub const TOKEN: &str = "token-of-the-made-up-parent";

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Request {
    pub line: String,
    pub head: String,
    pub body: String,
    /// Counted from 1 in the order of connecting.
    pub connection: usize,
}

/// What to do with a request.
#[derive(Debug, Clone)]
pub enum Reply {
    /// A whole answer.
    Answer {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: Vec<u8>,
    },
    /// These bytes, then a closed connection.
    Bytes(Vec<u8>),
    /// These bytes, then a reset connection.
    BytesThenReset(Vec<u8>),
    /// Nothing, and the connection stays open.
    Silence,
    /// These bytes one by one, ten milliseconds apart.
    Drip(Vec<u8>),
    /// Another reply, later.
    Later(Duration, Box<Reply>),
}

impl Reply {
    pub fn json(status: u16, body: impl Into<String>) -> Self {
        Self::Answer {
            status,
            headers: vec![("Content-Type", "application/json".to_owned())],
            body: body.into().into_bytes(),
        }
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Answer { headers, .. } = &mut self {
            headers.push((name, value.to_owned()));
        }
        self
    }
}

type Script = dyn Fn(usize, &Request) -> Reply + Send + Sync;

pub struct RawServer {
    port: u16,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    requests: Mutex<Vec<Request>>,
    connections: AtomicUsize,
    in_flight: AtomicUsize,
    most_in_flight: AtomicUsize,
}

impl RawServer {
    /// Answers the n-th request (from 0) as the script says.
    pub async fn start(script: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Seen::default());
        let script: Arc<Script> = Arc::new(script);
        let for_task = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let seen = Arc::clone(&for_task);
                let script = Arc::clone(&script);
                let connection = seen.connections.fetch_add(1, Ordering::SeqCst) + 1;
                tokio::spawn(async move {
                    let _ = serve(stream, connection, &seen, &*script).await;
                });
            }
        });
        Self { port, seen }
    }

    /// Answers every request alike.
    pub async fn always(reply: Reply) -> Self {
        Self::start(move |_, _| reply.clone()).await
    }

    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn client(&self) -> Client {
        parent_client(&self.base())
    }

    pub fn hasty_client(&self) -> Client {
        hasty_client(&self.base())
    }

    pub fn requests(&self) -> Vec<Request> {
        self.seen.requests.lock().unwrap().clone()
    }

    pub fn most_in_flight(&self) -> usize {
        self.seen.most_in_flight.load(Ordering::SeqCst)
    }
}

pub fn parent() -> AccountSid {
    PARENT.parse().unwrap()
}

pub fn child() -> AccountSid {
    CHILD.parse().unwrap()
}

pub fn parent_credentials() -> Credentials {
    Credentials::AuthToken {
        account: parent(),
        token: Secret::new(TOKEN.to_owned()).expect("a storable secret"),
    }
}

/// A client signed by the parent with the usual time-outs, which no answer here comes near.
pub fn parent_client(base: &str) -> Client {
    Client::new(Hosts::loopback(base).unwrap(), parent_credentials()).unwrap()
}

/// One that waits a second at most, for servers that never answer.
pub fn hasty_client(base: &str) -> Client {
    Client::builder(Hosts::loopback(base).unwrap(), parent_credentials())
        .timeouts(Timeouts {
            connect: Duration::from_millis(500),
            total: Duration::from_secs(1),
            ..Timeouts::default()
        })
        .build()
        .unwrap()
}

pub fn account_json(sid: &str, owner: &str, name: &str) -> String {
    format!(
        r#"{{"sid":"{sid}","owner_account_sid":"{owner}","friendly_name":"{name}","status":"active",
        "type":"Full","auth_token":"never-kept","date_created":"Thu, 30 Jul 2015 20:00:00 +0000",
        "date_updated":"Thu, 30 Jul 2015 20:00:00 +0000","uri":"/2010-04-01/Accounts/{sid}.json",
        "subresource_uris":{{"keys":"/2010-04-01/Accounts/{sid}/Keys.json"}}}}"#
    )
}

pub fn created_key_json() -> String {
    format!(
        r#"{{"sid":"{KEY}","friendly_name":"k","date_created":"Thu, 30 Jul 2015 20:00:00 +0000",
        "date_updated":"Thu, 30 Jul 2015 20:00:00 +0000","secret":"made-up-secret"}}"#
    )
}

async fn serve(
    mut stream: TcpStream,
    connection: usize,
    seen: &Seen,
    script: &Script,
) -> std::io::Result<()> {
    while let Some(request) = read_request(&mut stream, connection).await? {
        let number = {
            let mut requests = seen.requests.lock().unwrap();
            requests.push(request.clone());
            requests.len() - 1
        };
        let in_flight = seen.in_flight.fetch_add(1, Ordering::SeqCst) + 1;
        seen.most_in_flight.fetch_max(in_flight, Ordering::SeqCst);
        let mut reply = script(number, &request);
        while let Reply::Later(pause, then) = reply {
            tokio::time::sleep(pause).await;
            reply = *then;
        }
        // Counted down before the answer: the client may send its next request on seeing it.
        seen.in_flight.fetch_sub(1, Ordering::SeqCst);
        if !send(&mut stream, reply).await? {
            return Ok(());
        }
    }
    Ok(())
}

/// Sends the reply; whether the connection goes on.
async fn send(stream: &mut TcpStream, reply: Reply) -> std::io::Result<bool> {
    match reply {
        Reply::Answer {
            status,
            headers,
            body,
        } => {
            stream
                .write_all(&answer_bytes(status, &headers, &body))
                .await?;
            Ok(true)
        }
        Reply::Bytes(bytes) => {
            stream.write_all(&bytes).await?;
            stream.shutdown().await?;
            Ok(false)
        }
        Reply::BytesThenReset(bytes) => {
            stream.write_all(&bytes).await?;
            // Lets the bytes be read before the reset discards what is still on the way.
            tokio::time::sleep(Duration::from_millis(50)).await;
            stream.set_zero_linger()?;
            Ok(false)
        }
        Reply::Silence => {
            std::future::pending::<()>().await;
            Ok(false)
        }
        Reply::Drip(bytes) => {
            for byte in bytes {
                stream.write_all(&[byte]).await?;
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            Ok(false)
        }
        Reply::Later(..) => unreachable!("waited for before"),
    }
}

pub fn answer_bytes(status: u16, headers: &[(&'static str, String)], body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {status} Made Up\r\n").into_bytes();
    for (name, value) in headers {
        bytes.extend(format!("{name}: {value}\r\n").into_bytes());
    }
    bytes.extend(format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes());
    bytes.extend(body);
    bytes
}

/// Reads a whole request, or `None` where the other side closed.
pub async fn read_request<S: AsyncRead + Unpin>(
    stream: &mut S,
    connection: usize,
) -> std::io::Result<Option<Request>> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    };
    let head = String::from_utf8_lossy(&bytes[..head_end]).into_owned();
    let length = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, value)| value.trim().parse().unwrap());
    while bytes.len() < head_end + length {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    }
    Ok(Some(Request {
        line: head.lines().next().unwrap_or_default().to_owned(),
        body: String::from_utf8_lossy(&bytes[head_end..]).into_owned(),
        head,
        connection,
    }))
}
