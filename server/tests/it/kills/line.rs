//! Somebody's line to a node, which breaks when the node is killed.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A node that was killed is back long before.
const BACK_WITHIN: Duration = Duration::from_secs(60);
const ANSWERS_WITHIN: Duration = Duration::from_secs(15);

pub(super) struct Line {
    address: SocketAddr,
    /// From where they come, through a proxy; nothing for this machine, where a demo is served.
    network: Option<String>,
    pub(super) cookies: Vec<String>,
}

pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) location: String,
    pub(super) cookies: Vec<String>,
    pub(super) body: String,
}

impl Line {
    pub(super) const fn new(address: SocketAddr, network: Option<String>) -> Self {
        Self { address, network, cookies: Vec::new() }
    }

    /// A page, asked for once.
    pub(super) async fn page(&self, path: &str) -> Option<Answer> {
        self.ask(&format!("GET {path} HTTP/1.1\r\n{}\r\n", self.head())).await
    }

    /// Sends a form once: nothing when the line broke before the end of the answer.
    pub(super) async fn send(&self, path: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = format!(
            "POST {path} HTTP/1.1\r\n{}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.head(),
            body.len()
        );
        self.ask(&request).await
    }

    /// Sends a form until it is answered.
    pub(super) async fn sent(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answered = async {
            loop {
                let answer = tokio::time::timeout(ANSWERS_WITHIN, self.send(path, fields)).await;
                if let Ok(Some(answer)) = answer {
                    return answer;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(BACK_WITHIN, answered).await.expect("the node should be back")
    }

    fn head(&self) -> String {
        let forwarded = self.network.as_ref().map(|it| format!("X-Forwarded-For: {it}\r\n"));
        format!(
            "Host: {}\r\nConnection: close\r\n{}Cookie: {}\r\n",
            self.address,
            forwarded.unwrap_or_default(),
            self.cookies.join("; "),
        )
    }

    async fn ask(&self, request: &str) -> Option<Answer> {
        let mut line = TcpStream::connect(self.address).await.ok()?;
        line.write_all(request.as_bytes()).await.ok()?;
        let mut heard = Vec::new();
        line.read_to_end(&mut heard).await.ok()?;
        let heard = String::from_utf8_lossy(&heard);
        let (head, body) = heard.split_once("\r\n\r\n")?;
        let status = head.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
        let named = |name: &str| {
            let fields = head.lines().filter_map(|it| it.split_once(": "));
            let named = fields.filter(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1.to_owned());
            named.collect::<Vec<_>>()
        };
        let pair = |it: String| it.split(';').next().unwrap_or_default().to_owned();
        let location = named("location").pop().unwrap_or_default();
        let cookies = named("set-cookie").into_iter().map(pair).collect();
        Some(Answer { status, location, cookies, body: body.to_owned() })
    }
}
