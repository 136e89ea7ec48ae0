//! Letters as others read them: Python's `email` reads what we write, and a small mail server in Python talks
//! SMTP with us (`tests/smtp_server.py`). Python 3 comes with Debian and is needed for these tests only.

use domain::sign_in::EmailAddress;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use app::Clock;
use chrono::TimeDelta;
use domain::jobs::{LEASE, WAITS};
use serde_json::{Value, json};
use server::mail::{Mailer, Postmark, SmtpUrl};
use server::work::Worker;
use store::jobs::{self, Counts, Errand};
use store::letter::{Letter, Subject};
use tempfile::TempDir;
use uuid::Uuid;

use crate::jobs::{enter, letter};
use crate::stage::{Stage, on_both};

/// Everything that has gone wrong with mail before: other scripts, long lines, lines that begin with a full
/// stop, empty lines at the ends, and words that look like headers.
fn hard_letter() -> Letter {
    let long = "walking alongside ".repeat(80);
    let text = format!(
        "\nAnnwyl Zoë,\n\n.\n..two\nFrom here on\nSubject: no\n{long}\n\nمرحبا ☕ – see you Thursday\n"
    );
    Letter {
        to: EmailAddress::parse("zoe.o'neill+learn@example.org").unwrap(),
        subject: Subject::parse("Dydd Iau, 3 Rhagfyr – dewch â phaned ☕ مرحبا a chroeso cynnes iawn")
            .unwrap(),
        text,
    }
}

/// What Python reads in a message. How many empty lines end it is the way's business, not the letter's.
fn read_by_python(message: &[u8]) -> Value {
    const READ: &str = "
import email, email.policy, json, sys
whole = sys.stdin.buffer.read()
it = email.message_from_bytes(whole, policy=email.policy.default)
defects = [repr(d) for d in it.defects] + [repr(d) for h in it.values() for d in h.defects]
json.dump({
    'to': it['To'], 'from': it['From'], 'subject': it['Subject'], 'id': it['Message-ID'],
    'date': it['Date'].datetime.isoformat(), 'automatic': it['Auto-Submitted'],
    'text': it.get_content().replace('\\r\\n', '\\n').rstrip('\\n'), 'defects': defects,
    'tidy': all(len(line) <= 78 for line in whole.split(b'\\r\\n')) and whole.isascii(),
}, sys.stdout)";
    let mut python = Command::new("python3");
    let mut python = python
        .args(["-c", READ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 is needed");
    python.stdin.take().unwrap().write_all(message).unwrap();
    let read = python.wait_with_output().unwrap();
    serde_json::from_slice(&read.stdout).unwrap()
}

/// What Python should read in the hard letter, sent as that job on that evening in November.
fn expected(job: Uuid) -> Value {
    let letter = hard_letter();
    json!({
        "to": letter.to.as_str(),
        "from": "Coleg Cysgod – Alongside <hello@college.example>",
        "subject": letter.subject.as_str(),
        "id": format!("<{job}@college.example>"),
        "date": "2026-11-21T19:30:00+00:00",
        "automatic": "auto-generated",
        "text": letter.text.trim_end_matches('\n'),
        "defects": [],
        "tidy": true,
    })
}

fn outbox(folder: &Path) -> Mailer {
    Mailer::outbox(folder.into(), from())
}

fn from() -> lettre::message::Mailbox {
    "Coleg Cysgod – Alongside <hello@college.example>".parse().unwrap()
}

fn smtp(port: u16) -> Mailer {
    Mailer::smtp(&SmtpUrl::parse(&format!("smtp://127.0.0.1:{port}")).unwrap(), from()).unwrap()
}

/// Works until nothing is due.
async fn work_off(stage: &Stage, mailer: &Mailer) {
    let mut worker = Worker::new(stage.site.clone(), mailer.clone());
    while worker.turn().await.unwrap() {}
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    files
}

async fn counts(stage: &Stage) -> Counts {
    jobs::counts(stage.site.db()).await.unwrap()
}

const NONE: Counts = Counts { ready: 0, running: 0, dead: 0 };

/// The mail server in Python; it goes with this value.
struct MailServer {
    process: Child,
    port: u16,
    folder: TempDir,
}

impl MailServer {
    fn start(manner: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/smtp_server.py");
        let mut python = Command::new("python3");
        python.arg(script).arg(manner).arg(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = python.spawn().expect("python3 is needed");
        let mut port = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut port).unwrap();
        Self { process, port: port.trim().parse().unwrap(), folder }
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Everything logged on this thread while the guard lives, at the most talkative level.
fn listen() -> (Arc<Mutex<Vec<u8>>>, tracing::subscriber::DefaultGuard) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let pen = Pen(heard.clone());
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || pen.clone())
        .finish();
    (heard, tracing::subscriber::set_default(subscriber))
}

#[derive(Clone)]
struct Pen(Arc<Mutex<Vec<u8>>>);

impl Write for Pen {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

on_both! {
    async fn without_a_mail_server_letters_lie_in_the_outbox(stage: Stage) {
        let data = TempDir::new().unwrap();
        let folder = data.path().join("outbox");
        let job = enter(&stage, &Errand::SendMail(hard_letter())).await;
        work_off(&stage, &outbox(&folder)).await;
        assert_eq!(counts(&stage).await, NONE);
        let letter = folder.join(format!("20261121T193000.000Z-{job}.eml"));
        assert_eq!(files(&folder), [letter.as_path()]);
        assert_eq!(read_by_python(&std::fs::read(&letter).unwrap()), expected(job));
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&letter)), (0o700, 0o600));
    }

    async fn a_letter_sent_by_a_worker_that_then_died_is_the_same_when_sent_again(stage: Stage) {
        let folder = TempDir::new().unwrap();
        let mailer = outbox(folder.path());
        enter(&stage, &Errand::SendMail(hard_letter())).await;
        let now = stage.clock.now();
        let lost = jobs::claim(stage.site.db(), "dies soon", now, LEASE).await.unwrap().unwrap();
        mailer.send(&hard_letter(), Postmark { id: lost.id, written_at: lost.made_at }).await.unwrap();
        let read = || files(folder.path()).iter().map(|it| std::fs::read(it).unwrap()).collect::<Vec<_>>();
        let sent = read();
        stage.clock.wait(LEASE + TimeDelta::seconds(1));
        work_off(&stage, &mailer).await;
        assert_eq!(counts(&stage).await, NONE);
        assert_eq!((sent.len(), read()), (1, sent));
    }

    async fn a_mail_server_gets_the_letter_whole(stage: Stage) {
        let server = MailServer::start("take");
        let job = enter(&stage, &Errand::SendMail(hard_letter())).await;
        enter(&stage, &Errand::SendMail(letter())).await;
        work_off(&stage, &smtp(server.port)).await;
        assert_eq!(counts(&stage).await, NONE);
        let got = |name| std::fs::read(server.folder.path().join(name)).unwrap();
        assert_eq!(files(server.folder.path()).len(), 4);
        assert_eq!(read_by_python(&got("0.eml")), expected(job));
        let envelope = String::from_utf8(got("0.json")).unwrap();
        assert!(envelope.contains("MAIL FROM:<hello@college.example>"), "{envelope}");
        assert!(envelope.contains("RCPT TO:<zoe.o'neill+learn@example.org>"), "{envelope}");
        assert_eq!(read_by_python(&got("1.eml"))["subject"], "Confirm your address");
    }

    async fn a_letter_that_is_refused_is_tried_again_and_the_log_names_nobody(stage: Stage) {
        let server = MailServer::start("refuse");
        let mailer = smtp(server.port);
        let job = enter(&stage, &Errand::SendMail(letter())).await;
        let (heard, listening) = listen();
        for wait in WAITS {
            work_off(&stage, &mailer).await;
            assert_eq!(counts(&stage).await, Counts { ready: 1, ..NONE });
            stage.clock.wait(wait);
        }
        work_off(&stage, &mailer).await;
        drop(listening);
        let dead = jobs::dead_jobs(stage.site.db(), None, 2).await.unwrap();
        assert_eq!((dead[0].id, dead[0].last_error.as_str()), (job, "mail refused, 550"));
        let heard = String::from_utf8(heard.lock().unwrap().clone()).unwrap();
        let about_the_job = heard.lines().filter(|it| it.contains(&job.to_string())).count();
        assert_eq!(about_the_job, WAITS.len() + 1, "{heard}");
        let private = letter();
        for words in [private.to.as_str(), "sam", private.subject.as_str(), "Confirm", &private.text, "not known"] {
            assert!(!heard.contains(words), "{words} was logged: {heard}");
        }
    }

    async fn a_mail_server_that_is_away_is_asked_again_later(stage: Stage) {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        enter(&stage, &Errand::SendMail(hard_letter())).await;
        work_off(&stage, &smtp(port)).await;
        assert_eq!(counts(&stage).await, Counts { ready: 1, ..NONE });
        stage.clock.wait(WAITS[0]);
        let server = MailServer::start("take");
        work_off(&stage, &smtp(server.port)).await;
        assert_eq!((counts(&stage).await, files(server.folder.path()).len()), (NONE, 2));
    }

    async fn an_outbox_that_cannot_be_written_keeps_the_letter(stage: Stage) {
        let folder = TempDir::new().unwrap();
        let in_the_way = folder.path().join("outbox");
        std::fs::write(&in_the_way, "a file").unwrap();
        enter(&stage, &Errand::SendMail(letter())).await;
        work_off(&stage, &outbox(&in_the_way)).await;
        assert_eq!(counts(&stage).await, Counts { ready: 1, ..NONE });
        std::fs::remove_file(&in_the_way).unwrap();
        stage.clock.wait(WAITS[0]);
        work_off(&stage, &outbox(&in_the_way)).await;
        assert_eq!((counts(&stage).await, files(&in_the_way).len()), (NONE, 1));
    }
}

#[tokio::test]
async fn tls_to_a_mail_server_can_be_set_up() {
    for url in ["smtps://us:secret@mail.example", "smtp://us:secret@mail.example?tls=required"] {
        assert!(Mailer::smtp(&SmtpUrl::parse(url).unwrap(), from()).is_ok());
    }
}
