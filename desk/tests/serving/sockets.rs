//! What only real sockets show; the rest is tested without a network.

use futures_util::{SinkExt, StreamExt};
use handoff::chat::{ClientFrame, Farewell, ServerFrame};
use tokio::io::AsyncWriteExt;
use tokio_tungstenite::tungstenite::{Bytes, Message};

use crate::{
    http::Request,
    place::{Place, SHOP, open},
};

const BYE: ServerFrame = ServerFrame::Bye { reason: Farewell::Misused };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn frames_that_are_too_large_or_no_text() {
    let place = Place::new().await;
    let receipt = place.visitor("frames").await;
    let wrong = [
        Message::text("x".repeat(128 * 1024 + 1)),
        Message::text("x".repeat(10 * 1024 * 1024)),
        Message::text(" ".repeat(100_000)),
        Message::text("[".repeat(100_000)),
        Message::Binary(Bytes::from_static(b"{\"type\":\"ping\"}")),
        Message::Binary(vec![0; 200_000].into()),
    ];
    for message in wrong {
        let mut socket = place.hello(&receipt.token, 2, None).await;
        socket.hear_until(|frame| matches!(frame, ServerFrame::Queue { .. })).await;
        let _ = socket.0.send(message).await;
        // Where much stays unread, the connection may break before the goodbye is read.
        let heard = socket.hear().await;
        assert!(heard.is_none() || heard == Some(BYE), "{heard:?}");
        assert_eq!(socket.hear().await, None);
    }
    // No UTF-8: a text frame, masked with zeros.
    let mut socket = place.hello(&receipt.token, 2, None).await;
    socket.hear_until(|frame| matches!(frame, ServerFrame::Queue { .. })).await;
    socket.0.get_mut().write_all(&[0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe]).await.unwrap();
    assert_eq!(socket.hear().await, Some(BYE));
    // Not masked, a reserved kind, too many bits.
    for bytes in [&[0x81, 0x02, b'{', b'}'][..], &[0x83, 0x80, 0, 0, 0, 0], &[0xf1, 0x80, 0, 0, 0, 0]] {
        let mut socket = place.hello(&receipt.token, 2, None).await;
        socket.hear_until(|frame| matches!(frame, ServerFrame::Queue { .. })).await;
        socket.0.get_mut().write_all(bytes).await.unwrap();
        let heard = socket.hear().await;
        assert!(heard.is_none() || heard == Some(BYE), "{heard:?}");
    }
    // The largest that may come: 64 KiB of text, in two fragments or in one.
    let mut socket = place.hello(&receipt.token, 2, None).await;
    socket.write("large", &"한".repeat(64 * 1024 / 3)).await;
    socket.hear_until(|frame| matches!(frame, ServerFrame::Ack { .. })).await;
    // The largest that may go: every byte written as six.
    let mut socket = place.hello(&receipt.token, 3, None).await;
    let body = crate::place::message("control", &"\u{1}".repeat(20_000));
    let stored = place.send(Request::post("/v1/messages").bearer(&receipt.token).json(&body)).await;
    assert_eq!(stored.status, 201, "{stored:?}");
    socket.hear_until(|frame| matches!(frame, ServerFrame::Event { event } if event.seq == 4)).await;
    assert_eq!(place.send(Request::get("/v1/health")).await.status, 200);
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn agents_sockets_open_on_the_desks_own_pages_only() {
    let place = Place::new().await;
    let cookie = place.agent().await;
    let receipt = place.visitor("pages").await;
    let hello = |token: String| ClientFrame::Hello { version: 1, token, after: 0, conversation: None };
    let mut socket = open(place.address, &[("origin", SHOP)]).await.unwrap();
    socket.say(&hello(place.ticket(&cookie).await)).await;
    assert_eq!(socket.hear().await, Some(ServerFrame::Bye { reason: Farewell::NotAllowed }));
    let mut socket = open(place.address, &[("origin", SHOP)]).await.unwrap();
    socket.say(&hello(receipt.token)).await;
    assert!(matches!(socket.hear().await, Some(ServerFrame::Welcome { .. })));
    // A cookie or a header opens no socket: only the first frame counts.
    let mut socket = open(place.address, &[("origin", crate::place::DESK), ("cookie", &cookie)]).await.unwrap();
    socket.say(&ClientFrame::Ping).await;
    assert_eq!(socket.hear().await, Some(BYE));
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_close_is_answered() {
    let place = Place::new().await;
    let receipt = place.visitor("close").await;
    let mut socket = place.hello(&receipt.token, 2, None).await;
    socket.hear_until(|frame| matches!(frame, ServerFrame::Queue { .. })).await;
    socket.0.close(None).await.unwrap();
    // Anything but the answer to the close would be an error.
    while let Some(message) = socket.0.next().await {
        message.unwrap();
    }
    place.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_sockets_come_and_go() {
    let place = Place::new().await;
    let receipt = place.visitor("many").await;
    let mut sockets = Vec::new();
    for _ in 0..1000 {
        let mut socket = place.hello(&receipt.token, 2, None).await;
        assert!(matches!(socket.hear().await, Some(ServerFrame::Welcome { .. })));
        sockets.push(socket);
    }
    sockets[0].write("m", "x").await;
    for socket in &mut sockets {
        socket.hear_until(|frame| matches!(frame, ServerFrame::Event { event } if event.seq == 3)).await;
    }
    drop(sockets);
    place.stop().await;
}
