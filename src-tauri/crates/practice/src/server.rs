//! Listening, and connections that can be cut.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinSet;

/// What the listening task can be told.
pub(crate) enum Command {
    Offline(oneshot::Sender<()>),
    Online(oneshot::Sender<io::Result<()>>),
}

/// The way to the listening tasks, one a Region.
#[derive(Clone)]
pub(crate) struct Line {
    listeners: Vec<mpsc::Sender<Command>>,
}

impl Line {
    /// A line to so many listening tasks, and what each of them is to obey.
    pub(crate) fn new(count: usize) -> (Self, Vec<mpsc::Receiver<Command>>) {
        let (listeners, commands) = (0..count).map(|_| mpsc::channel(8)).unzip();
        (Self { listeners }, commands)
    }

    /// Stops listening and drops all connections; both have happened when this returns.
    pub(crate) async fn offline(&self) {
        for listener in &self.listeners {
            let (done, wait) = oneshot::channel();
            if listener.send(Command::Offline(done)).await.is_ok() {
                let _ = wait.await;
            }
        }
    }

    /// Listens again, on the same ports.
    pub(crate) async fn online(&self) -> io::Result<()> {
        for listener in &self.listeners {
            let (done, wait) = oneshot::channel();
            listener
                .send(Command::Online(done))
                .await
                .map_err(io::Error::other)?;
            wait.await.map_err(io::Error::other)??;
        }
        Ok(())
    }

    /// Goes offline, and online again after a while.
    pub(crate) async fn offline_for(&self, time: Duration) {
        self.offline().await;
        let line = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(time).await;
            let _ = line.online().await;
        });
    }
}

/// Takes a port on loopback; 0 takes a free one.
pub(crate) async fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await
}

/// Accepts connections and obeys commands until it is aborted; with it end all its connections.
pub(crate) async fn run(
    listener: TcpListener,
    port: u16,
    router: Router,
    mut commands: mpsc::Receiver<Command>,
) {
    let mut listener = Some(listener);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            command = commands.recv() => match command {
                None => return,
                Some(Command::Offline(done)) => {
                    listener = None;
                    connections.shutdown().await;
                    let _ = done.send(());
                }
                Some(Command::Online(done)) => {
                    let result = if listener.is_some() { Ok(()) } else { listen(port).await.map(|fresh| listener = Some(fresh)) };
                    let _ = done.send(result);
                }
            },
            Some(stream) = accept(listener.as_ref()) => {
                connections.spawn(serve(stream, router.clone()));
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn accept(listener: Option<&TcpListener>) -> Option<TcpStream> {
    match listener {
        Some(listener) => match listener.accept().await {
            Ok((stream, _)) => Some(stream),
            Err(_) => {
                // Out of file handles, most likely: without a pause this would spin.
                tokio::time::sleep(Duration::from_millis(20)).await;
                None
            }
        },
        None => std::future::pending().await,
    }
}

async fn serve(stream: TcpStream, router: Router) {
    let _ = stream.set_nodelay(true);
    let cut = Cut::default();
    let wire = Wire {
        stream,
        reset: Arc::clone(&cut.reset),
    };
    let service = TowerToHyperService::new(router.layer(Extension(cut.clone())));
    tokio::select! {
        _ = http1::Builder::new().serve_connection(TokioIo::new(wire), service) => {}
        () = cut.now.notified() => {}
    }
}

/// Cuts the connection that a request came by.
#[derive(Clone, Default)]
pub(crate) struct Cut {
    reset: Arc<AtomicBool>,
    now: Arc<Notify>,
}

impl Cut {
    /// Closes the connection in order; does not return, as the caller ends with the connection.
    pub(crate) async fn close<T>(&self) -> T {
        self.now.notify_one();
        std::future::pending().await
    }

    /// Resets the connection; does not return, as the caller ends with the connection.
    pub(crate) async fn reset<T>(&self) -> T {
        self.reset.store(true, Ordering::SeqCst);
        self.close().await
    }
}

/// A connection that is reset when dropped, if that was asked for.
struct Wire {
    stream: TcpStream,
    reset: Arc<AtomicBool>,
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.reset.load(Ordering::SeqCst) {
            // Lingering for no time makes the system send a reset in place of an orderly end.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
