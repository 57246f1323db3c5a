//! Hostile photos against the real program: each is made anew in a process of its own that can take little, and whatever
//! becomes of that process, the server goes on.

#[path = "kill/community.rs"]
mod community;
#[path = "kill/server.rs"]
mod server;

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use reqwest::multipart::{Form, Part};
use server::Server;
use testkit::Database;

const PROGRAM: &str = env!("CARGO_BIN_EXE_weige");
/// A guard against hanging, not a measure.
const TRIES: u32 = 3_000;

/// A grey PNG whose many pixels are a few bytes in the file.
fn grey(width: u32, height: u32, depth: image::ColorType, bytes: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let pixels = vec![128; width as usize * height as usize * bytes];
    image::ImageEncoder::write_image(
        image::codecs::png::PngEncoder::new_with_quality(
            &mut out,
            image::codecs::png::CompressionType::Fast,
            image::codecs::png::FilterType::Up,
        ),
        &pixels,
        width,
        height,
        depth.into(),
    )
    .expect("a picture in memory can be encoded");
    out
}

async fn tell(door: &str, key: &str, photo: Vec<u8>) -> (u16, String) {
    let report = r#"{"text":"路灯不亮（示例）","location":{"lon":103.505,"lat":30.405}}"#;
    let photo = Part::bytes(photo).file_name("photo.png");
    let form = Form::new().text("report", report).part("photo", photo);
    bridge::outbox::choose_tls();
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let sent = client
        .post(format!("{door}/api/v1/reports"))
        .header("Idempotency-Key", key)
        .multipart(form)
        .send()
        .await
        .expect("an answer");
    (
        sent.status().as_u16(),
        sent.text().await.expect("an answer"),
    )
}

/// The processes that the server runs at this moment.
fn children(of: u32) -> Vec<u32> {
    let threads = std::fs::read_dir(format!("/proc/{of}/task")).expect("the server runs");
    let threads = threads
        .filter_map(|thread| std::fs::read_to_string(thread.ok()?.path().join("children")).ok());
    threads
        .flat_map(|children| {
            children
                .split_whitespace()
                .filter_map(|pid| pid.parse().ok())
                .collect::<Vec<u32>>()
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_that_would_take_all_memory_is_refused_and_the_next_one_is_taken() {
    let db = Database::sqlite().await;
    community::found(&db.store).await;
    let mut server = Server::over(&db);
    server.start().await;
    let sixteen_bits = grey(6_500, 6_500, image::ColorType::Rgba16, 8);
    assert!(sixteen_bits.len() < 4 << 20, "338 MB in few bytes");
    let (status, said) = tell(&server.door(), "bomb", sixteen_bits).await;
    assert_eq!(status, 422, "{said}");
    assert!(said.contains("photo-too-many-pixels"), "{said}");
    let (status, said) = tell(
        &server.door(),
        "good",
        grey(64, 48, image::ColorType::L8, 1),
    )
    .await;
    assert_eq!(status, 201, "{said}");
    assert!(children(server.pid()).is_empty(), "no developer stays");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_developer_that_is_killed_over_a_photo_takes_nothing_with_it() {
    let db = Database::sqlite().await;
    community::found(&db.store).await;
    let mut server = Server::over(&db);
    server.start().await;
    let large = grey(7_000, 7_000, image::ColorType::Rgb8, 3);
    let (pid, door) = (server.pid(), server.door());
    let sent = tokio::spawn(async move { tell(&door, "large", large).await });
    let mut tries = 0..TRIES;
    let developer = loop {
        assert!(tries.next().is_some(), "a developer is started for a photo");
        if let Some(developer) = children(pid).first() {
            break *developer;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    };
    let killed = Command::new("kill")
        .args(["-9", &developer.to_string()])
        .status();
    assert!(killed.is_ok_and(|status| status.success()));
    let (status, said) = sent.await.expect("an answer");
    assert_eq!(status, 422, "{said}");
    assert!(said.contains("photo-unreadable"), "{said}");
    assert_eq!(server.pid(), pid);
    let (status, said) = tell(
        &server.door(),
        "good",
        grey(64, 48, image::ColorType::L8, 1),
    )
    .await;
    assert_eq!(status, 201, "{said}");
}

#[tokio::test]
async fn a_developer_can_take_no_more_than_one_photo_costs() {
    let mut developer = Command::new(PROGRAM)
        .arg("develop-photo")
        .env_clear()
        .env("MIMALLOC_ARENA_RESERVE", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let of = format!("/proc/{}/limits", developer.id());
    let wanted = [
        ("Max address space", "1073741824"),
        ("Max cpu time", "20"),
        ("Max file size", "0"),
        ("Max core file size", "0"),
        ("Max open files", "8"),
    ];
    let confined = |limits: &str| {
        wanted.iter().all(|(name, most)| {
            let line = limits.lines().find(|line| line.starts_with(name));
            line.is_some_and(|line| {
                let mut values = line[name.len()..].split_whitespace();
                values.next() == Some(most) && values.next() == Some(most)
            })
        })
    };
    let mut limits = String::new();
    for _ in 0..TRIES {
        limits = std::fs::read_to_string(&of).expect("the developer waits for its photo");
        if confined(&limits) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    assert!(confined(&limits), "{limits}");
    let mut stdin = developer.stdin.take().expect("its input");
    stdin
        .write_all(&[0, 0, 0, 3, b'n', b'o', b'!'])
        .expect("it listens");
    drop(stdin);
    let ended = developer.wait_with_output().expect("it ends");
    assert_eq!(ended.stdout, [2], "no photo");
}

#[tokio::test]
async fn the_largest_photo_allowed_fits_into_what_a_developer_has() {
    let photo = grey(7_000, 7_000, image::ColorType::Rgba8, 4);
    let mut developer = Command::new(PROGRAM)
        .arg("develop-photo")
        .env("MIMALLOC_ARENA_RESERVE", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = developer.stdin.take().expect("its input");
    let length = u32::try_from(photo.len()).expect("short").to_be_bytes();
    let sent = [&length[..], &photo, &[1]].concat();
    stdin.write_all(&sent).expect("it listens");
    let ended = developer.wait_with_output().expect("it ends");
    let size = [7_000_u32.to_be_bytes(), 7_000_u32.to_be_bytes()].concat();
    assert_eq!(ended.stdout[..9], [&[0][..], &size].concat());
    assert_eq!(ended.stdout[9], 0, "it is made anew: {:?}", ended.status);
    assert!(ended.stdout.len() > 1_000);
}
