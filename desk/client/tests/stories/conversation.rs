//! What is said.

use desk_client::{Client, Config, Draft, Input};
use handoff::chat::{ServerFrame, VERSION};
use insta::assert_snapshot;

use crate::words::{PING, ack, draft, event, fresh, lost, own, queue, refusal, told, welcome, write};

use Input::{Hurry, Opened, Start, Stop, Woken};

#[test]
fn a_message_is_kept_sent_and_forgotten() {
    assert_snapshot!(told(fresh(), [
        (0, write("early")),
        (1, Start),
        (2, write("a")),
        (3, Opened),
        (4, write("b")),
        (5, welcome(1)),
        (6, event(1)),
        // Acknowledgement first, event first, each also twice.
        (7, ack("early", 2)),
        (8, own(2, "early")),
        (9, own(3, "a")),
        (10, ack("a", 3)),
        (11, write("c")),
        (12, refusal("b")),
        (13, refusal("b")),
        (14, ack("c", 4)),
        (15, ack("c", 4)),
        (16, own(4, "c")),
        (17, own(4, "c")),
    ]), @r"
     0 write earl     -> keep early (wake at never)
     1 start          -> connect #1 socket after 0, Connecting (wake at 10001)
     2 write a        -> keep a (wake at 10001)
     3 opened         -> nothing (wake at 10003)
     4 write b        -> keep b (wake at 10003)
     5 welcome 1      -> send early, send a, send b, Live (wake at 25005)
     6 event 1        -> deliver 1 (wake at 25006)
     7 ack early 2    -> sent early 2, forget early (wake at 25007)
     8 event 2 early  -> deliver 2 (wake at 25008)
     9 event 3 a      -> deliver 3, sent a 3, forget a (wake at 25009)
    10 ack a 3        -> nothing (wake at 25010)
    11 write c        -> keep c, send c (wake at 25010)
    12 refused b      -> refused b no, forget b (wake at 25012)
    13 refused b      -> nothing (wake at 25013)
    14 ack c 4        -> sent c 4, forget c (wake at 25014)
    15 ack c 4        -> nothing (wake at 25015)
    16 event 4 c      -> deliver 4 (wake at 25016)
    17 event 4 c      -> nothing (wake at 25017)
    ");
}

#[test]
fn drafts_are_sent_again_on_each_connection_in_their_order() {
    let client = Client::new(Config::default(), 7, ["a", "b", "a", "c"].map(draft));
    assert_snapshot!(told(client, [
        (0, Start),
        (10, Opened),
        (20, welcome(7)),
        (30, write("d")),
        (31, write("d")),
        (40, ack("b", 8)),
        (50, lost(1)),
        (60, write("e")),
        (300, Woken),
        (310, Opened),
        (320, welcome(8)),
        // Events that were seen may still tell of a draft.
        (330, own(7, "a")),
        (340, own(8, "b")),
    ]), @r"
      0 start          -> connect #1 socket after 7, Connecting (wake at 10000)
     10 opened         -> nothing (wake at 10010)
     20 welcome 7      -> send a, send b, send c, Live (wake at 25020)
     30 write d        -> keep d, send d (wake at 25020)
     31 write d        -> nothing (wake at 25020)
     40 ack b 8        -> sent b 8, forget b (wake at 25040)
     50 lost #1        -> Waiting { until: 300 } (wake at 300)
     60 write e        -> keep e (wake at 300)
    300 woken          -> connect #2 socket after 7, Connecting (wake at 10300)
    310 opened         -> nothing (wake at 10310)
    320 welcome 8      -> send a, send c, send d, send e, Live (wake at 25320)
    330 event 7 a      -> sent a 7, forget a (wake at 25330)
    340 event 8 b      -> deliver 8 (wake at 25340)
    ");
}

#[test]
fn a_gap_is_filled_by_a_new_connection() {
    assert_snapshot!(told(fresh(), [
        (0, Start),
        (10, Opened),
        (20, welcome(3)),
        (30, event(1)),
        (40, event(1)),
        (50, event(3)),
        // Said by the old connection.
        (51, event(4)),
        (52, lost(1)),
        (60, Opened),
        (70, welcome(4)),
        (80, event(3)),
        // Again, and too soon: not at once.
        (90, event(2)),
        (600, Woken),
        (610, Opened),
        (620, welcome(4)),
        (630, event(2)),
        (640, event(3)),
        (650, event(4)),
        (20_000, event(6)),
        (20_010, Opened),
    ]), @r"
        0 start          -> connect #1 socket after 0, Connecting (wake at 10000)
       10 opened         -> nothing (wake at 10010)
       20 welcome 3      -> Live (wake at 25020)
       30 event 1        -> deliver 1 (wake at 25030)
       40 event 1        -> nothing (wake at 25040)
       50 event 3        -> disconnect, connect #2 socket after 1, Connecting (wake at 10050)
       51 event 4        -> nothing (wake at 10050)
       52 lost #1        -> nothing (wake at 10050)
       60 opened         -> nothing (wake at 10060)
       70 welcome 4      -> Live (wake at 25070)
       80 event 3        -> disconnect, Waiting { until: 580 } (wake at 580)
       90 event 2        -> nothing (wake at 580)
      600 woken          -> connect #3 socket after 1, Connecting (wake at 10600)
      610 opened         -> nothing (wake at 10610)
      620 welcome 4      -> Live (wake at 25620)
      630 event 2        -> deliver 2 (wake at 25630)
      640 event 3        -> deliver 3 (wake at 25640)
      650 event 4        -> deliver 4 (wake at 25650)
    20000 event 6        -> disconnect, connect #4 socket after 4, Connecting (wake at 30000)
    20010 opened         -> nothing (wake at 30010)
    ");
}

#[test]
fn what_the_desk_can_never_take_is_given_back() {
    let long = |id: &str| Draft { client_message_id: id.into(), text: "x".repeat(70_000) };
    let client = Client::new(Config::default(), 0, [draft("a"), long("old"), draft("not an id"), draft("b")]);
    assert_snapshot!(told(client, [
        (0, Start),
        (1, Opened),
        (2, welcome(0)),
        (3, Input::Write(long("new"))),
        (4, write("c")),
    ]), @r"
    0 start          -> refused old too-large, forget old, refused not  invalid-id, forget not an id, connect #1 socket after 0, Connecting (wake at 10000)
    1 opened         -> nothing (wake at 10001)
    2 welcome 0      -> send a, send b, Live (wake at 25002)
    3 write new      -> refused new too-large (wake at 25002)
    4 write c        -> keep c, send c (wake at 25002)
    ");
}

#[test]
fn the_queue_is_told_when_it_changes() {
    assert_snapshot!(told(fresh(), [
        (0, Start),
        (1, Opened),
        (2, welcome(0)),
        (3, queue(Some(2))),
        (4, queue(Some(2))),
        (5, queue(Some(1))),
        (6, queue(None)),
        (7, queue(None)),
    ]), @r"
    0 start          -> connect #1 socket after 0, Connecting (wake at 10000)
    1 opened         -> nothing (wake at 10001)
    2 welcome 0      -> Live (wake at 25002)
    3 queue Some(2)  -> queue Some(2) (wake at 25003)
    4 queue Some(2)  -> nothing (wake at 25004)
    5 queue Some(1)  -> queue Some(1) (wake at 25005)
    6 queue None     -> queue None (wake at 25006)
    7 queue None     -> nothing (wake at 25007)
    ");
}

#[test]
fn stopped_it_stays_so_and_keeps_what_is_written() {
    assert_snapshot!(told(fresh(), [
        (0, Start),
        (1, Opened),
        (2, welcome(0)),
        (3, Stop),
        (4, Stop),
        (5, write("a")),
        (6, Hurry),
        (7, Woken),
        (8, lost(1)),
        (9, Start),
        (10, Opened),
        (11, welcome(0)),
        (12, lost(2)),
        (13, Stop),
        (14, Woken),
    ]), @r"
     0 start          -> connect #1 socket after 0, Connecting (wake at 10000)
     1 opened         -> nothing (wake at 10001)
     2 welcome 0      -> Live (wake at 25002)
     3 stop           -> disconnect, Ended(Stopped) (wake at never)
     4 stop           -> nothing (wake at never)
     5 write a        -> keep a (wake at never)
     6 hurry          -> nothing (wake at never)
     7 woken          -> nothing (wake at never)
     8 lost #1        -> nothing (wake at never)
     9 start          -> connect #2 socket after 0, Connecting (wake at 10009)
    10 opened         -> nothing (wake at 10010)
    11 welcome 0      -> send a, Live (wake at 25011)
    12 lost #2        -> Waiting { until: 262 } (wake at 262)
    13 stop           -> Ended(Stopped) (wake at never)
    14 woken          -> nothing (wake at never)
    ");
}

#[test]
fn a_desk_of_another_version_or_with_fewer_events_ends_it() {
    let client = || Client::new(Config::default(), 5, []);
    assert_snapshot!(told(client(), [(0, Start), (1, Opened), (2, welcome(4)), (3, event(5))]), @r"
    0 start          -> connect #1 socket after 5, Connecting (wake at 10000)
    1 opened         -> nothing (wake at 10001)
    2 welcome 4      -> disconnect, Ended(Misused) (wake at never)
    3 event 5        -> nothing (wake at never)
    ");
    let newer = Input::Heard(ServerFrame::Welcome { version: VERSION + 1, last: 5, heartbeat_s: 30 });
    assert_snapshot!(told(client(), [(0, Start), (1, Opened), (2, newer)]), @r"
    0 start          -> connect #1 socket after 5, Connecting (wake at 10000)
    1 opened         -> nothing (wake at 10001)
    2 welcome 5      -> disconnect, Ended(Misused) (wake at never)
    ");
}

#[test]
fn what_no_longer_counts_is_passed_over() {
    assert_snapshot!(told(fresh(), [
        (0, Woken),
        (0, Opened),
        (0, welcome(0)),
        (0, lost(0)),
        (0, Start),
        (1, Start),
        (2, lost(0)),
        (3, lost(2)),
        // Before the connection is open, and before the welcome.
        (4, welcome(0)),
        (5, Opened),
        (6, event(1)),
        (7, ack("a", 1)),
        (8, PING),
        (9, welcome(0)),
        (10, welcome(0)),
        (11, lost(1)),
        (12, event(1)),
        (13, lost(1)),
    ]), @r"
     0 woken          -> nothing (wake at never)
     0 opened         -> nothing (wake at never)
     0 welcome 0      -> nothing (wake at never)
     0 lost #0        -> nothing (wake at never)
     0 start          -> connect #1 socket after 0, Connecting (wake at 10000)
     1 start          -> nothing (wake at 10000)
     2 lost #0        -> nothing (wake at 10000)
     3 lost #2        -> nothing (wake at 10000)
     4 welcome 0      -> nothing (wake at 10000)
     5 opened         -> nothing (wake at 10005)
     6 event 1        -> nothing (wake at 10005)
     7 ack a 1        -> nothing (wake at 10005)
     8 ping           -> send pong (wake at 10005)
     9 welcome 0      -> Live (wake at 25009)
    10 welcome 0      -> nothing (wake at 25010)
    11 lost #1        -> Waiting { until: 261 } (wake at 261)
    12 event 1        -> nothing (wake at 261)
    13 lost #1        -> nothing (wake at 261)
    ");
}
