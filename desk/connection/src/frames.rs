//! Frames as text, and what comes over HTTP turned into the same frames.

use handoff::{
    api::{Page, Problem, Wait},
    chat::{ClientFrame, Farewell, ServerFrame},
    limits::FRAME_BYTES,
};

/// A frame of the desk. What this page does not understand ends the connection as misused: the desk is newer, and to pass
/// over an event would leave a gap for ever.
pub(crate) fn heard(text: &str) -> ServerFrame {
    serde_json::from_str(text).unwrap_or(ServerFrame::Bye { reason: Farewell::Misused })
}

/// The text of a frame.
///
/// # Errors
/// What the desk would say to a message that no frame can hold, so that it is given back instead of being tried for ever.
pub(crate) fn spoken(frame: &ClientFrame) -> Result<String, ServerFrame> {
    let text = serde_json::to_string(frame).unwrap_or_default();
    match frame {
        ClientFrame::Message { client_message_id, .. } if text.len() > FRAME_BYTES => {
            Err(ServerFrame::Refused { client_message_id: client_message_id.clone(), problem: too_large() })
        }
        _ => Ok(text),
    }
}

fn too_large() -> Problem {
    Problem {
        kind: "message-too-large".into(),
        title: "The message is too large".into(),
        status: 413,
        detail: "Send it in several parts.".into(),
    }
}

/// The frames that a page of a long poll stands for. `queue` is what was last said of the place in the queue; agents
/// (`None`) are not told of it.
pub(crate) fn of_page(page: Page, queue: Option<&mut Option<(Option<u32>, Wait)>>) -> Vec<ServerFrame> {
    let mut frames: Vec<_> = page.events.into_iter().map(|event| ServerFrame::Event { event }).collect();
    if let Some(queue) = queue
        && queue.replace((page.position, page.wait)) != Some((page.position, page.wait))
    {
        frames.push(ServerFrame::Queue { position: page.position, wait: page.wait });
    }
    frames
}

#[cfg(test)]
mod tests {
    use handoff::{
        api::{Page, Wait},
        chat::{ClientFrame, Event, Farewell, Participant, ServerFrame, What},
        limits::FRAME_BYTES,
    };

    use super::{heard, of_page, spoken};

    #[test]
    fn what_is_not_understood_ends_the_connection() {
        let misused = ServerFrame::Bye { reason: Farewell::Misused };
        assert_eq!(heard(r#"{"type":"ping"}"#), ServerFrame::Ping);
        assert_eq!(heard(r#"{"type":"ping","later":1}"#), ServerFrame::Ping);
        assert_eq!(heard(r#"{"type":"moved"}"#), misused);
        assert_eq!(heard(""), misused);
    }

    #[test]
    fn pages_are_frames() {
        let event = |seq| Event { seq, at_ms: 0, by: Participant::Visitor, what: What::HandedOff };
        let page = |seqs: &[u64], position| Page {
            events: seqs.iter().copied().map(event).collect(),
            last: 9,
            position,
            wait: Wait::Unknown,
        };
        let queue_frame = |position| ServerFrame::Queue { position, wait: Wait::Unknown };
        let mut queue = None;
        let event_frame = |seq| ServerFrame::Event { event: event(seq) };
        assert_eq!(
            of_page(page(&[1, 2], Some(3)), Some(&mut queue)),
            [event_frame(1), event_frame(2), queue_frame(Some(3))]
        );
        assert_eq!(of_page(page(&[], Some(3)), Some(&mut queue)), []);
        assert_eq!(of_page(page(&[3], None), Some(&mut queue)), [event_frame(3), queue_frame(None)]);
        assert_eq!(of_page(page(&[3], Some(1)), None), [event_frame(3)]);
    }

    /// Every text either fits into a frame or comes back as refused; nothing else ever.
    #[test]
    fn no_frame_is_too_large() {
        let check = |text: String| {
            let frame = ClientFrame::Message { client_message_id: "a".into(), text };
            match spoken(&frame) {
                Ok(text) => {
                    assert!(text.len() <= FRAME_BYTES);
                    assert_eq!(serde_json::from_str::<ClientFrame>(&text).ok(), Some(frame));
                    true
                }
                Err(ServerFrame::Refused { client_message_id, .. }) => {
                    assert_eq!(client_message_id, "a");
                    false
                }
                Err(other) => unreachable!("{other:?}"),
            }
        };
        for (unit, bytes) in [("a", 1), ("\"", 2), ("\u{1}", 6), ("가", 3)] {
            let most = FRAME_BYTES / bytes;
            for times in [0, 1, most - 30, most - 29, most - 10, most + 1, most * 2] {
                let fits = check(unit.repeat(times));
                assert!(fits || times > most - 100, "{unit:?} {times}");
                assert!(!fits || times <= most, "{unit:?} {times}");
            }
        }
    }
}
