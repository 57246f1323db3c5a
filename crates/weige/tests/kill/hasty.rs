//! The control: a door before the server that answers 201 as soon as a report has been handed on, before anything is
//! committed. It exists to be caught.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::OwnedWriteHalf;
use tokio::net::{TcpListener, TcpStream};

const TOO_SOON: &[u8] = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}";
const NOBODY_THERE: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";

/// Opens the door before the server at `behind`.
pub async fn open(behind: SocketAddr) -> SocketAddr {
    let door = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = door.local_addr().expect("its address");
    tokio::spawn(async move {
        while let Ok((visitor, _)) = door.accept().await {
            tokio::spawn(serve(visitor, behind));
        }
    });
    address
}

async fn serve(mut visitor: TcpStream, behind: SocketAddr) {
    let mut server = None;
    while let Some(request) = read_request(&mut visitor).await {
        let handed_on = hand_on(&mut server, behind, &request).await;
        let answer = if handed_on { TOO_SOON } else { NOBODY_THERE };
        if visitor.write_all(answer).await.is_err() {
            return;
        }
    }
}

/// Writes the request to the server and does not wait for what it says; false if nobody took it.
async fn hand_on(server: &mut Option<OwnedWriteHalf>, behind: SocketAddr, request: &[u8]) -> bool {
    if let Some(open) = server
        && open.write_all(request).await.is_ok()
    {
        return true;
    }
    let Ok(stream) = TcpStream::connect(behind).await else {
        return false;
    };
    let (mut answers, mut requests) = stream.into_split();
    tokio::spawn(async move { tokio::io::copy(&mut answers, &mut tokio::io::sink()).await });
    let taken = requests.write_all(request).await.is_ok();
    *server = Some(requests);
    taken
}

async fn read_request(visitor: &mut TcpStream) -> Option<Vec<u8>> {
    let mut request = Vec::new();
    loop {
        if visitor.read_buf(&mut request).await.ok()? == 0 {
            return None;
        }
        let Some(head) = request.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let text = String::from_utf8_lossy(&request[..head]).to_ascii_lowercase();
        let length = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length:"));
        let body: usize = length
            .and_then(|length| length.trim().parse().ok())
            .unwrap_or_default();
        if request.len() >= head + 4 + body {
            return Some(request);
        }
    }
}
