//! The virus scanner, with the real clamd.

use crate::support::{School, TestPortal, posts::photo};
use domain::{Portal, scan::Scanner};
use model::{Time, media::MediaState};
use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

/// The harmless file that every scanner takes for a virus; in two halves, so that this file is none.
fn eicar() -> String {
    ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD", "-ANTIVIRUS-TEST-FILE!$H+H*"].concat()
}

/// A clamd of this test's own, which knows one virus.
struct Clamd(Child);

impl Drop for Clamd {
    fn drop(&mut self) {
        // It has nothing to save.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(folder: &Path) -> (Clamd, Scanner) {
    let hex: String = eicar().bytes().map(|byte| format!("{byte:02x}")).collect();
    std::fs::create_dir(folder.join("signatures")).expect("made");
    std::fs::write(folder.join("signatures/eicar.ndb"), format!("Eicar-Test-Signature:0:*:{hex}\n")).expect("written");
    let socket = folder.join("clamd");
    let lines = [
        format!("LocalSocket {}", socket.display()),
        format!("DatabaseDirectory {}", folder.join("signatures").display()),
        format!("TemporaryDirectory {}", folder.display()),
        "Foreground yes".to_owned(),
    ];
    std::fs::write(folder.join("clamd.conf"), lines.join("\n") + "\n").expect("written");
    let mut clamd = Command::new("/usr/sbin/clamd");
    clamd.arg("--config-file").arg(folder.join("clamd.conf")).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = clamd.spawn().expect("clamd is installed: run through `cargo xtask test`");
    let output = child.stdout.take().expect("piped");
    let clamd = Clamd(child);
    // Its last words before it listens; from then on the pipe is read so that it never waits for us.
    let mut lines = BufReader::new(output).lines();
    let is_ready = lines.by_ref().map_while(Result::ok).any(|line| line.starts_with("Self checking every"));
    assert!(is_ready, "clamd ended");
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    (clamd, format!("unix:{}", socket.display()).parse().expect("an address"))
}

#[tokio::test]
async fn a_virus_is_found_and_kept_apart() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (clamd, scanner) = start(folder.path());
    scanner.ping().await.expect("it answers");
    let test = TestPortal::with_scanner(scanner.clone()).await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = test.new_post_id();
    teacher.save(post, 0, "Titel", "Tekst", &[school.group5]).await.expect("saved");
    let bad = teacher.upload(post, "opdracht.txt", eicar().as_bytes()).await.expect("taken");
    let good = teacher.upload(post, "1.jpg", &photo(1)).await.expect("taken");
    test.work().await;
    let state = |id| {
        let portal: Portal = test.portal.clone();
        async move { portal.store.read().await.expect("connection").find_media(id).await.expect("asked").expect("there") }
    };
    let tray = teacher.tray(post).await.expect("the tray");
    let found = tray.iter().find(|file| file.id == bad).expect("still named");
    assert_eq!((found.state, found.error.as_deref()), (MediaState::Failed, Some("infected")));
    assert_eq!(state(good).await.state, MediaState::Ready);
    let quarantined = |test: &TestPortal| {
        let files = test.stored_files();
        files.into_iter().filter(|file| file.starts_with("quarantine/")).collect::<Vec<_>>()
    };
    assert_eq!(quarantined(&test), [format!("quarantine/{}", bad.0.simple())]);
    assert!(test.stored_files().iter().all(|file| !file.starts_with("incoming/")));
    let answer = teacher.get(&format!("/media/{bad}/document")).await;
    assert_eq!(answer.status, axum::http::StatusCode::NOT_FOUND);
    // The operator has a month to look at it.
    for (days, kept) in [(20, 1), (11, 0)] {
        test.portal.clock.advance(days * Time::DAY);
        domain::jobs::start(&test.portal).await.expect("planned");
        test.work().await;
        assert_eq!(quarantined(&test).len(), kept, "after {days} more days");
    }
    // A scanner that is away is no permission.
    drop(clamd);
    scanner.ping().await.expect_err("gone");
    let teacher = test.as_(&school.teacher5).await;
    let waiting = teacher.upload(post, "2.jpg", &photo(2)).await.expect("taken");
    assert!(domain::jobs::run_next(&test.portal).await.is_ok());
    assert_eq!(state(waiting).await.state, MediaState::Working);
}
