//! Proxies on this computer: HTTP's CONNECT, plain and encrypted, and SOCKS.

use crate::raw_server::answer_bytes;
use crate::tls::{Authority, GOOD, acceptor};
use parking_lot::Mutex;
use std::sync::Arc;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

type Asked = Arc<Mutex<Vec<String>>>;

pub struct HttpProxy {
    place: String,
    asked: Asked,
    task: JoinHandle<()>,
}

/// What it does with whoever asks it to connect.
#[derive(Clone)]
enum Then {
    Connect(String),
    Answer(String),
    Nothing,
}

impl HttpProxy {
    /// Connects whoever asks to `to`, wherever they wanted to go.
    pub async fn leading_to(to: &str) -> Self {
        Self::start(None, Then::Connect(to.to_owned())).await
    }

    /// The same, encrypted, with a certificate of this authority.
    pub async fn encrypted(authority: &Authority, to: &str) -> Self {
        Self::start(Some(authority), Then::Connect(to.to_owned())).await
    }

    /// Answers with these bytes and ends the connection.
    pub async fn answering(answer: &str) -> Self {
        Self::start(None, Then::Answer(answer.to_owned())).await
    }

    pub async fn silent() -> Self {
        Self::start(None, Then::Nothing).await
    }

    async fn start(authority: Option<&Authority>, then: Then) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let place = listener.local_addr().unwrap().to_string();
        let asked = Asked::default();
        let acceptor = authority.map(|authority| {
            let (certificate, key) = authority.sign(&GOOD);
            acceptor(certificate, key)
        });
        let heard = Arc::clone(&asked);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (then, heard, acceptor) = (then.clone(), Arc::clone(&heard), acceptor.clone());
                tokio::spawn(async move {
                    match acceptor {
                        None => serve_one(stream, then, &heard).await,
                        Some(acceptor) => {
                            if let Ok(stream) = acceptor.accept(stream).await {
                                serve_one(stream, then, &heard).await;
                            }
                        }
                    }
                });
            }
        });
        Self { place, asked, task }
    }

    pub fn place(&self) -> String {
        self.place.clone()
    }

    /// Where nobody listens any more.
    pub async fn place_after_its_end(self) -> String {
        self.task.abort();
        let _ = self.task.await;
        self.place
    }

    /// What it was asked since it was last looked at.
    pub fn asked(&self) -> Vec<String> {
        taken(&self.asked)
    }
}

fn taken(asked: &Asked) -> Vec<String> {
    std::mem::take(&mut asked.lock())
}

fn heard(asked: &Asked, what: String) {
    asked.lock().push(what);
}

async fn serve_one(mut stream: impl AsyncRead + AsyncWrite + Unpin, then: Then, asked: &Asked) {
    let mut head = Vec::new();
    if matches!(then, Then::Nothing) {
        // Until the other side gives up.
        while matches!(stream.read_buf(&mut head).await, Ok(length) if length > 0) {}
        return;
    }
    // Some of those that ask do not speak HTTP.
    while !head.ends_with(b"\r\n\r\n") && head.first() != Some(&5) {
        match stream.read_buf(&mut head).await {
            Ok(length) if length > 0 => {}
            _ => return,
        }
    }
    heard(asked, String::from_utf8_lossy(&head).into_owned());
    match then {
        Then::Connect(to) => {
            let mut there = TcpStream::connect(to).await.unwrap();
            let _ = stream.write_all(&answer_bytes(200, &[], b"")).await;
            let _ = copy_bidirectional(&mut stream, &mut there).await;
        }
        Then::Answer(answer) => {
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
            // What is still coming is read, so that the answer is not lost to a reset.
            while matches!(stream.read_buf(&mut head).await, Ok(length) if length > 0) {}
        }
        Then::Nothing => {}
    }
}

pub struct SocksProxy {
    place: String,
    asked: Asked,
}

#[derive(Clone)]
struct Socks {
    to: Option<String>,
    reply: u8,
    sign_in: Option<(&'static str, &'static str)>,
}

impl SocksProxy {
    /// Connects whoever asks, and signs in where that is wanted, to `to`.
    pub async fn leading_to(to: &str, sign_in: Option<(&'static str, &'static str)>) -> Self {
        Self::start(Socks {
            to: Some(to.to_owned()),
            reply: 0,
            sign_in,
        })
        .await
    }

    /// Refuses with this reply of SOCKS 5.
    pub async fn replying(reply: u8) -> Self {
        Self::start(Socks {
            to: None,
            reply,
            sign_in: None,
        })
        .await
    }

    async fn start(socks: Socks) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let place = listener.local_addr().unwrap().to_string();
        let asked = Asked::default();
        let heard = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (socks, heard) = (socks.clone(), Arc::clone(&heard));
                tokio::spawn(async move {
                    let _ = socks.serve(stream, &heard).await;
                });
            }
        });
        Self { place, asked }
    }

    pub fn place(&self) -> String {
        self.place.clone()
    }

    /// Where it was asked to connect to since it was last looked at.
    pub fn asked(&self) -> Vec<String> {
        taken(&self.asked)
    }
}

impl Socks {
    async fn serve(self, mut stream: TcpStream, asked: &Asked) -> std::io::Result<()> {
        let to = match stream.read_u8().await? {
            4 => read_socks_4(&mut stream).await?,
            5 => match self.greet_and_read(&mut stream).await? {
                Some(to) => to,
                None => return Ok(()),
            },
            other => panic!("version {other}"),
        };
        let reply: &[u8] = match &to {
            To::Version4(_) => &[0, 90, 0, 0, 0, 0, 0, 0],
            To::Version5(_) => &[5, self.reply, 0, 1, 0, 0, 0, 0, 0, 0],
        };
        let (To::Version4(place) | To::Version5(place)) = to;
        heard(asked, place);
        stream.write_all(reply).await?;
        if let Some(to) = self.to {
            let mut there = TcpStream::connect(to).await?;
            copy_bidirectional(&mut stream, &mut there).await?;
        }
        Ok(())
    }

    /// `None` where the sign-in was not what is wanted.
    async fn greet_and_read(&self, stream: &mut TcpStream) -> std::io::Result<Option<To>> {
        let methods = read_short(stream).await?;
        let wanted = if self.sign_in.is_some() { 2 } else { 0 };
        if !methods.contains(&wanted) {
            stream.write_all(&[5, 0xff]).await?;
            return Ok(None);
        }
        stream.write_all(&[5, wanted]).await?;
        if let Some((user, password)) = self.sign_in {
            assert_eq!(stream.read_u8().await?, 1);
            let given = (read_short(stream).await?, read_short(stream).await?);
            let right = given == (user.into(), password.into());
            stream.write_all(&[1, u8::from(!right)]).await?;
            if !right {
                return Ok(None);
            }
        }
        let mut head = [0; 4];
        stream.read_exact(&mut head).await?;
        assert_eq!(head, [5, 1, 0, 3], "it connects to a name");
        let name = String::from_utf8(read_short(stream).await?).unwrap();
        let port = stream.read_u16().await?;
        Ok(Some(To::Version5(format!("{name}:{port}"))))
    }
}

enum To {
    Version4(String),
    Version5(String),
}

async fn read_socks_4(stream: &mut TcpStream) -> std::io::Result<To> {
    assert_eq!(stream.read_u8().await?, 1);
    let port = stream.read_u16().await?;
    let mut address = [0; 4];
    stream.read_exact(&mut address).await?;
    assert_eq!(address[..3], [0, 0, 0], "a name follows");
    let mut texts = Vec::new();
    while texts.iter().filter(|byte| **byte == 0).count() < 2 {
        texts.push(stream.read_u8().await?);
    }
    let name = texts.split(|byte| *byte == 0).nth(1).unwrap();
    let name = std::str::from_utf8(name).unwrap();
    Ok(To::Version4(format!("{name}:{port}")))
}

/// A length in one byte, and so many bytes.
async fn read_short(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut bytes = vec![0; stream.read_u8().await?.into()];
    stream.read_exact(&mut bytes).await?;
    Ok(bytes)
}
