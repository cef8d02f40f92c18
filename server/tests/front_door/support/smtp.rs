//! A mail server that keeps what it takes: the protocol is `mailin`'s, mails end in memory. It can be told to fail.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use mailin::{Action, Handler, Response, SessionBuilder, response};

/// How the server behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mood {
    /// Takes everything.
    #[default]
    Well,
    /// Refuses every mail for now.
    Busy,
    /// Takes a mail and loses the connection before it says so.
    Forgetful,
}

#[derive(Debug, Default)]
struct Kept {
    mails: Vec<String>,
    mood: Mood,
}

/// The server.
#[derive(Debug, Clone)]
pub struct SmtpSink {
    address: String,
    kept: Arc<Mutex<Kept>>,
}

impl SmtpSink {
    /// Listens on a free port of this machine.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let sink = Self { address: listener.local_addr().unwrap().to_string(), kept: Arc::default() };
        let kept = sink.kept.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = kept.clone();
                thread::spawn(move || talk(stream, &kept));
            }
        });
        sink
    }

    /// Its address for the configuration.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Everything that it took, each with its headers.
    pub fn mails(&self) -> Vec<String> {
        self.kept.lock().unwrap().mails.clone()
    }

    /// Changes how it behaves.
    pub fn set(&self, mood: Mood) {
        self.kept.lock().unwrap().mood = mood;
    }
}

struct Taking {
    kept: Arc<Mutex<Kept>>,
    mail: Vec<u8>,
}

impl Handler for Taking {
    fn data(&mut self, line: &[u8]) -> std::io::Result<()> {
        self.mail.extend_from_slice(line);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let mut kept = self.kept.lock().unwrap();
        if kept.mood == Mood::Busy {
            return response::NO_SERVICE;
        }
        let mail = String::from_utf8(std::mem::take(&mut self.mail)).unwrap();
        kept.mails.push(mail.replace("\r\n", "\n"));
        response::OK
    }
}

fn talk(stream: TcpStream, kept: &Arc<Mutex<Kept>>) {
    let remote = stream.peer_addr().unwrap().ip();
    let mut session = SessionBuilder::new("localhost").build(remote, Taking { kept: kept.clone(), mail: Vec::new() });
    let (mut reader, mut writer) = (BufReader::new(stream.try_clone().unwrap()), stream);
    session.greeting().write_to(&mut writer).unwrap();
    let before = kept.lock().unwrap().mails.len();
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let answer = session.process(&line);
        line.clear();
        let forgets = {
            let kept = kept.lock().unwrap();
            kept.mood == Mood::Forgetful && kept.mails.len() > before
        };
        if forgets {
            return;
        }
        if answer.action != Action::NoReply && (answer.write_to(&mut writer).is_err() || writer.flush().is_err()) {
            return;
        }
        if answer.action == Action::Close {
            return;
        }
    }
}
