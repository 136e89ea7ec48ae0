//! Connections: taken, so many at once, and given up when nothing is heard from them.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::Response;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt;

/// How much one node puts up with.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at once; more wait until one of them ends.
    pub connections: usize,
    /// How long the head of a request may take, the quiet before it included: so a proxy that keeps
    /// connections open has to let go of quiet ones sooner. Bodies have a limit of their own, in `app`.
    pub head: Duration,
    /// How long requests in hand may still take when the node is told to stop.
    pub last_orders: Duration,
}

impl Limits {
    /// With that many connections at once. The times are our choice: a head is a few hundred bytes, which the
    /// slowest line brings in seconds.
    #[must_use]
    pub const fn of(connections: usize) -> Self {
        Self { connections, head: Duration::from_secs(30), last_orders: Duration::from_secs(8) }
    }
}

/// How long a node waits that can take no more connections, because it has no more files to open.
const OUT_OF_FILES: Duration = Duration::from_millis(200);

/// Serves until `stop`, then lets what is in hand come to its end.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let turns = Arc::new(Semaphore::new(limits.connections));
    let open = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head);
    let mut stop = pin!(stop);
    loop {
        let (turn, stream, peer) = tokio::select! {
            next = next(&listener, &turns) => next,
            () = &mut stop => break,
        };
        let router = router.clone();
        let answering = service_fn(move |request| answer(router.clone(), peer, request));
        let connection = open.watch(http.serve_connection(TokioIo::new(stream), answering));
        tokio::spawn(async move {
            // That a line broke or fell silent is nobody's fault and no news.
            let _ = connection.await;
            drop(turn);
        });
    }
    drop(listener);
    if tokio::time::timeout(limits.last_orders, open.shutdown()).await.is_err() {
        tracing::warn!("stopped in the middle of requests that took too long");
    }
}

async fn next(
    listener: &TcpListener,
    turns: &Arc<Semaphore>,
) -> (OwnedSemaphorePermit, TcpStream, SocketAddr) {
    let turn = match turns.clone().acquire_owned().await {
        Ok(turn) => turn,
        Err(error) => unreachable!("nobody closes it: {error}"),
    };
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Answers go out when they are written, not when the line has acknowledged the last.
                let _ = stream.set_nodelay(true);
                return (turn, stream, peer);
            }
            Err(error) if is_the_callers(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "no connection can be taken");
                tokio::time::sleep(OUT_OF_FILES).await;
            }
        }
    }
}

/// Whether only the one who called has gone again.
fn is_the_callers(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

async fn answer(
    router: Router,
    peer: SocketAddr,
    request: Request<Incoming>,
) -> Result<Response, Infallible> {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(peer));
    router.oneshot(request).await
}
