//! A mail server that keeps what it is sent, each time that it is sent.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use mail_parser::MessageParser;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Letters by the id of the job that sent them.
type Received = BTreeMap<String, Vec<String>>;

pub(super) struct Mailbox {
    port: u16,
    received: Arc<Mutex<Received>>,
}

impl Mailbox {
    pub(super) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let received = Arc::new(Mutex::new(Received::new()));
        let keep = received.clone();
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                tokio::spawn(take(line, keep.clone()));
            }
        });
        Self { port, received }
    }

    pub(super) const fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn received(&self) -> Received {
        self.received.lock().unwrap().clone()
    }

    /// The path of the newest link that was sent to somebody, once there is one.
    pub(super) async fn link_for(&self, email: &str, patience: Duration) -> Option<String> {
        let began = Instant::now();
        loop {
            // Ids are in the order of time.
            let link = self.received.lock().unwrap().values().rev().find_map(|it| link_in(&it[0], email));
            if link.is_some() || began.elapsed() > patience {
                return link;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn link_in(letter: &str, email: &str) -> Option<String> {
    let letter = MessageParser::default().parse(letter.as_bytes())?;
    (letter.to()?.first()?.address()? == email).then_some(())?;
    let text = letter.body_text(0)?;
    let at = text.find("/confirm/")?;
    text[at..].split_whitespace().next().map(str::to_owned)
}

/// Speaks just enough SMTP. A letter counts once its end has come, whether or not the other side is still there.
async fn take(line: TcpStream, received: Arc<Mutex<Received>>) -> std::io::Result<()> {
    let mut line = BufReader::new(line);
    line.write_all(b"220 here\r\n").await?;
    let mut letter: Option<String> = None;
    let mut words = String::new();
    while line.read_line(&mut words).await? > 0 {
        let answer = match &mut letter {
            Some(text) if words == ".\r\n" => {
                keep(text, &received);
                letter = None;
                "250 kept\r\n"
            }
            Some(text) => {
                text.push_str(&words);
                ""
            }
            None if words.starts_with("DATA") => {
                letter = Some(String::new());
                "354 go on\r\n"
            }
            None => "250 yes\r\n",
        };
        words.clear();
        line.write_all(answer.as_bytes()).await?;
    }
    Ok(())
}

fn keep(letter: &str, received: &Mutex<Received>) {
    let id = MessageParser::default()
        .parse(letter.as_bytes())
        .and_then(|it| Some(it.message_id()?.split('@').next()?.to_owned()))
        .unwrap();
    received.lock().unwrap().entry(id).or_default().push(letter.to_owned());
}
