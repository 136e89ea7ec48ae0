//! On a real socket: whoever is slow, silent or many does not keep the node from others, nor from stopping.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use server::serving::{Limits, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::stage::Stage;

/// Long enough for a test that a busy machine keeps waiting.
const HEAD: Duration = Duration::from_millis(1500);
const LAST_ORDERS: Duration = Duration::from_millis(600);
/// A busy machine is slow; what is tested is that it ends at all.
const AT_MOST: Duration = Duration::from_secs(20);

struct Node {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

async fn node(connections: usize) -> Node {
    let stage = Stage::open(store::Engine::Sqlite).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, told) = oneshot::channel::<()>();
    let limits = Limits { connections, head: HEAD, last_orders: LAST_ORDERS };
    let serving = tokio::spawn(async move {
        let router = stage.router();
        serve(listener, router, limits, async { drop(told.await) }).await;
        drop(stage);
    });
    Node { address, stop, serving }
}

impl Node {
    async fn call(&self, words: &str) -> TcpStream {
        let mut line = TcpStream::connect(self.address).await.unwrap();
        line.write_all(words.as_bytes()).await.unwrap();
        line
    }

    async fn stops_in_time(self) {
        self.stop.send(()).unwrap();
        tokio::time::timeout(AT_MOST, self.serving).await.unwrap().unwrap();
    }
}

/// Everything that still comes, until the other side hangs up.
async fn rest(line: &mut TcpStream) -> String {
    let mut heard = Vec::new();
    let ended = tokio::time::timeout(AT_MOST, line.read_to_end(&mut heard)).await;
    // Hung up on in the middle of a word is hung up on as well.
    drop(ended.expect("the node should have hung up"));
    String::from_utf8_lossy(&heard).into_owned()
}

const ALIVE: &str = "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn somebody_who_says_nothing_is_hung_up_on() {
    let node = node(8).await;
    assert_eq!(rest(&mut node.call("").await).await, "");
    node.stops_in_time().await;
}

#[tokio::test]
async fn a_head_that_trickles_in_for_ever_is_not_waited_for() {
    let node = node(8).await;
    let (mut hears, mut says) = node.call("GET / HTTP/1.1\r\n").await.into_split();
    let trickling = tokio::spawn(async move {
        while says.write_all(b"X: y\r\n").await.is_ok() {
            tokio::time::sleep(HEAD / 16).await;
        }
    });
    let mut heard = Vec::new();
    let ended = tokio::time::timeout(AT_MOST, hears.read_to_end(&mut heard)).await;
    drop(ended.expect("the node should have hung up"));
    tokio::time::timeout(AT_MOST, trickling).await.unwrap().unwrap();
    node.stops_in_time().await;
}

#[tokio::test]
async fn a_line_stays_open_for_the_next_request() {
    let node = node(8).await;
    let mut line = node.call("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n").await;
    let mut heard = vec![0; 4096];
    let length = line.read(&mut heard).await.unwrap();
    assert!(heard[..length].starts_with(b"HTTP/1.1 200 OK"));
    line.write_all(ALIVE.as_bytes()).await.unwrap();
    assert!(rest(&mut line).await.ends_with("alive"));
    node.stops_in_time().await;
}

#[tokio::test]
async fn those_who_are_silent_keep_nobody_out_for_long() {
    let node = node(2).await;
    let _silent = [node.call("").await, node.call("GET").await, node.call("").await];
    assert!(rest(&mut node.call(ALIVE).await).await.ends_with("alive"));
    node.stops_in_time().await;
}

#[tokio::test]
async fn a_form_that_never_comes_keeps_the_node_from_stopping_for_a_moment_only() {
    let node = node(8).await;
    let head = "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\nemail=";
    let _waiting = node.call(head).await;
    // Heard before it is told to stop.
    assert!(rest(&mut node.call(ALIVE).await).await.ends_with("alive"));
    let began = Instant::now();
    node.stops_in_time().await;
    assert!(began.elapsed() >= LAST_ORDERS / 2, "{:?}", began.elapsed());
}
