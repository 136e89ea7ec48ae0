//! One request by plain HTTP, as short as can be.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// What is asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// `GET` where it is empty.
    pub method: &'a str,
    pub path: &'a str,
    /// The `Cookie` header; none where it is empty.
    pub cookie: &'a str,
    /// The fields of a form.
    pub body: &'a str,
    /// How they are spelled; as most forms spell them where it is empty.
    pub kind: &'a str,
}

/// What came back.
#[derive(Debug)]
pub struct Answered {
    /// Head and body as they came.
    pub bytes: Vec<u8>,
    /// From asking to the first of them.
    pub first_byte: Duration,
}

impl Answered {
    pub fn status(&self) -> Option<u16> {
        let head = self.bytes.strip_prefix(b"HTTP/1.1 ")?;
        std::str::from_utf8(head.get(..3)?).ok()?.parse().ok()
    }
}

/// Asks, and waits no longer than `patience` for each piece of the answer.
pub fn ask(address: SocketAddr, asked: Asked<'_>, patience: Duration) -> io::Result<Answered> {
    let Asked { method, path, cookie, body, kind } = asked;
    let mut stream = TcpStream::connect_timeout(&address, patience)?;
    stream.set_read_timeout(Some(patience))?;
    let method = if method.is_empty() { "GET" } else { method };
    let mut words = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    if !cookie.is_empty() {
        words += &format!("Cookie: {cookie}\r\n");
    }
    if method == "POST" {
        let kind = if kind.is_empty() { "application/x-www-form-urlencoded" } else { kind };
        words += &format!("Content-Type: {kind}\r\n");
        words += &format!("Content-Length: {}\r\n", body.len());
    }
    let began = Instant::now();
    // In one piece: a server may answer and hang up after the first.
    stream.write_all(format!("{words}\r\n{body}").as_bytes())?;
    let mut bytes = vec![0; 8192];
    let read = stream.read(&mut bytes)?;
    let first_byte = began.elapsed();
    bytes.truncate(read);
    stream.read_to_end(&mut bytes)?;
    Ok(Answered { bytes, first_byte })
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    #[test]
    fn a_form_is_sent_whole_and_the_answer_read_whole() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = [0; 1024];
            let length = stream.read(&mut asked).unwrap();
            stream.write_all(b"HTTP/1.1 303 See Other\r\n").unwrap();
            stream.write_all(b"content-length: 0\r\n\r\n").unwrap();
            String::from_utf8(asked[..length].to_vec()).unwrap()
        });
        let asked = Asked { method: "POST", path: "/a", cookie: "c=1", body: "b=2", kind: "" };
        let answered = ask(address, asked, Duration::from_secs(5)).unwrap();
        assert_eq!(answered.status(), Some(303));
        assert!(answered.bytes.ends_with(b"\r\n\r\n"));
        let heard = server.join().unwrap();
        assert!(heard.starts_with("POST /a HTTP/1.1\r\n") && heard.ends_with("Content-Length: 3\r\n\r\nb=2"));
        assert!(heard.contains("\r\nCookie: c=1\r\n"), "{heard}");
    }
}
