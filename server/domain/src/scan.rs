//! The virus scanner, where the operator has one: clamd, asked about every upload before anything else reads it.

use std::{path::PathBuf, str::FromStr, time::Duration};
use tokio::{
    fs::File,
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpStream, UnixStream},
};

/// Bytes of a file that are sent at once.
const CHUNK: usize = 256 * 1024;
/// Longest answer, in bytes.
const ANSWER_MAX: u64 = 4_096;
/// A scanner that is silent for so long is taken for absent.
const PATIENCE: Duration = Duration::from_secs(300);
/// The same when it is only asked whether it is there.
const GREETING: Duration = Duration::from_secs(5);

/// Where clamd listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanner {
    Unix(PathBuf),
    /// Host and port.
    Tcp(String),
}

/// Neither `unix:PATH` nor `tcp:HOST:PORT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("neither unix:PATH nor tcp:HOST:PORT")]
pub struct NoScanner;

impl FromStr for Scanner {
    type Err = NoScanner;

    fn from_str(text: &str) -> Result<Scanner, NoScanner> {
        match text.split_once(':') {
            Some(("unix", path)) if !path.is_empty() => Ok(Scanner::Unix(PathBuf::from(path))),
            Some(("tcp", address)) if address.contains(':') => Ok(Scanner::Tcp(address.to_owned())),
            _ => Err(NoScanner),
        }
    }
}

impl Scanner {
    /// Whether a virus was found in the file.
    ///
    /// # Errors
    /// The scanner can't be reached, does not answer in time, or answers something else than yes or no.
    pub async fn finds(&self, file: File) -> std::io::Result<bool> {
        let asking = async {
            match self {
                Scanner::Unix(path) => ask(UnixStream::connect(path).await?, file).await,
                Scanner::Tcp(address) => ask(TcpStream::connect(address).await?, file).await,
            }
        };
        tokio::time::timeout(PATIENCE, asking).await?
    }

    /// Whether it is there and listens.
    ///
    /// # Errors
    /// As of [`Scanner::finds`], but in seconds.
    pub async fn ping(&self) -> std::io::Result<()> {
        let asking = async {
            let answer = match self {
                Scanner::Unix(path) => greet(UnixStream::connect(path).await?).await?,
                Scanner::Tcp(address) => greet(TcpStream::connect(address).await?).await?,
            };
            if answer == "PONG" { Ok(()) } else { Err(std::io::Error::other(format!("clamd: {answer}"))) }
        };
        tokio::time::timeout(GREETING, asking).await?
    }
}

async fn greet(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> std::io::Result<String> {
    stream.write_all(b"zPING\0").await?;
    answer(stream).await
}

async fn answer(stream: impl AsyncRead + Unpin) -> std::io::Result<String> {
    let mut answer = String::new();
    stream.take(ANSWER_MAX).read_to_string(&mut answer).await?;
    Ok(answer.trim_end_matches(['\0', '\n']).to_owned())
}

/// clamd's `INSTREAM`: chunks with their length in front, an empty one at the end, and one line back.
async fn ask(mut stream: impl AsyncRead + AsyncWrite + Unpin, mut file: File) -> std::io::Result<bool> {
    stream.write_all(b"zINSTREAM\0").await?;
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = file.read(&mut chunk).await?;
        stream.write_all(&u32::try_from(read).unwrap_or(0).to_be_bytes()).await?;
        if read == 0 {
            break;
        }
        stream.write_all(&chunk[..read]).await?;
    }
    stream.flush().await?;
    match answer(stream).await?.as_str() {
        "stream: OK" => Ok(false),
        found if found.ends_with(" FOUND") => Ok(true),
        other => Err(std::io::Error::other(format!("clamd: {other}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Seek as _, Write as _};
    use tokio::net::UnixListener;

    /// Asks a scanner that answers with these words; what it was sent, and what was made of its answer.
    async fn asked(content: &[u8], answer: &'static str) -> (Vec<u8>, std::io::Result<bool>) {
        let folder = tempfile::tempdir().expect("temporary folder");
        let path = folder.path().join("clamd");
        let listener = UnixListener::bind(&path).expect("bound");
        let heard = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("accepted");
            let mut command = [0; 10];
            stream.read_exact(&mut command).await.expect("a command");
            assert_eq!(&command, b"zINSTREAM\0");
            let mut heard = Vec::new();
            loop {
                let length = stream.read_u32().await.expect("a length") as usize;
                if length == 0 {
                    break;
                }
                let start = heard.len();
                heard.resize(start + length, 0);
                stream.read_exact(&mut heard[start..]).await.expect("a chunk");
            }
            stream.write_all(answer.as_bytes()).await.expect("answered");
            heard
        });
        let mut file = tempfile::tempfile().expect("made");
        file.write_all(content).expect("written");
        file.rewind().expect("rewound");
        let scanner: Scanner = format!("unix:{}", path.display()).parse().expect("an address");
        let found = scanner.finds(File::from_std(file)).await;
        (heard.await.expect("heard"), found)
    }

    #[tokio::test]
    async fn the_whole_file_is_sent_and_the_answer_read() {
        let content = vec![7; CHUNK + 10];
        let (heard, found) = asked(&content, "stream: OK\0").await;
        assert_eq!((heard, found.expect("answered")), (content, false));
        let (_, found) = asked(b"x", "stream: Eicar-Test-Signature FOUND\0").await;
        assert!(found.expect("answered"));
        for other in ["INSTREAM size limit exceeded. ERROR\0", ""] {
            let (_, found) = asked(b"x", other).await;
            assert!(found.is_err(), "{other}");
        }
    }

    #[tokio::test]
    async fn a_scanner_that_is_not_there_is_no_permission() {
        let scanner = Scanner::Unix("/nowhere/clamd".into());
        assert!(scanner.finds(File::from_std(tempfile::tempfile().expect("made"))).await.is_err());
    }

    #[test]
    fn addresses() {
        assert_eq!("tcp:127.0.0.1:3310".parse(), Ok(Scanner::Tcp("127.0.0.1:3310".into())));
        assert_eq!("unix:/run/clamd".parse(), Ok(Scanner::Unix("/run/clamd".into())));
        for bad in ["", "unix:", "tcp:x", "/run/clamd"] {
            assert_eq!(bad.parse::<Scanner>(), Err(NoScanner), "{bad}");
        }
    }
}
