//! What carries it.

use desk_client::Input;
use handoff::chat::Farewell;
use insta::assert_snapshot;

use crate::words::{PING, PONG, ack, bye, event, fresh, lost, told, welcome, write};

use Input::{Hurry, Opened, Start, Woken};

#[test]
fn silence_is_asked_about_and_ends_in_a_new_connection() {
    assert_snapshot!(told(fresh(), [
        (0, Start),
        (10, Opened),
        (20, welcome(0)),
        (1_000, PING),
        (25_999, Woken),
        (26_000, Woken),
        (26_050, PONG),
        (51_050, Woken),
        (61_049, Woken),
        (61_050, Woken),
        (61_300, Woken),
        (71_299, Woken),
        (71_300, Woken),
        (72_000, Woken),
        (72_100, Opened),
        (82_099, welcome(0)),
    ]), @r"
        0 start          -> connect #1 socket after 0, Connecting (wake at 10000)
       10 opened         -> nothing (wake at 10010)
       20 welcome 0      -> Live (wake at 25020)
     1000 ping           -> send pong (wake at 26000)
    25999 woken          -> nothing (wake at 26000)
    26000 woken          -> send ping (wake at 36000)
    26050 pong           -> nothing (wake at 51050)
    51050 woken          -> send ping (wake at 61050)
    61049 woken          -> nothing (wake at 61050)
    61050 woken          -> disconnect, Waiting { until: 61300 } (wake at 61300)
    61300 woken          -> connect #2 socket after 0, Connecting (wake at 71300)
    71299 woken          -> nothing (wake at 71300)
    71300 woken          -> disconnect, Waiting { until: 71800 } (wake at 71800)
    72000 woken          -> connect #3 socket after 0, Connecting (wake at 82000)
    72100 opened         -> nothing (wake at 82100)
    82099 welcome 0      -> Live (wake at 107099)
    ");
}

#[test]
fn a_desk_that_answers_pings_but_owes_is_left() {
    assert_snapshot!(told(fresh(), [
        (0, Start),
        (0, Opened),
        (0, welcome(2)),
        (20_000, PING),
        // Progress: the time begins anew.
        (30_000, event(1)),
        (60_000, PING),
        (64_999, Woken),
        (65_000, Woken),
        (65_500, Woken),
        (65_500, Opened),
        (65_500, welcome(2)),
        (65_500, event(2)),
        (65_600, write("a")),
        (90_000, PING),
        (100_599, PING),
        (100_600, Woken),
        (101_000, Woken),
        (101_000, Opened),
        (101_000, welcome(2)),
        // It has a number, so there is an event 3.
        (101_000, ack("a", 3)),
        (130_000, PING),
        (136_000, Woken),
    ]), @r"
         0 start          -> connect #1 socket after 0, Connecting (wake at 10000)
         0 opened         -> nothing (wake at 10000)
         0 welcome 2      -> Live (wake at 25000)
     20000 ping           -> send pong (wake at 35000)
     30000 event 1        -> deliver 1 (wake at 55000)
     60000 ping           -> send pong (wake at 65000)
     64999 woken          -> nothing (wake at 65000)
     65000 woken          -> disconnect, Waiting { until: 65250 } (wake at 65250)
     65500 woken          -> connect #2 socket after 1, Connecting (wake at 75500)
     65500 opened         -> nothing (wake at 75500)
     65500 welcome 2      -> Live (wake at 90500)
     65500 event 2        -> deliver 2 (wake at 90500)
     65600 write a        -> keep a, send a (wake at 90500)
     90000 ping           -> send pong (wake at 100600)
    100599 ping           -> send pong (wake at 100600)
    100600 woken          -> disconnect, Waiting { until: 100850 } (wake at 100850)
    101000 woken          -> connect #3 socket after 2, Connecting (wake at 111000)
    101000 opened         -> nothing (wake at 111000)
    101000 welcome 2      -> send a, Live (wake at 126000)
    101000 ack a 3        -> sent a 3, forget a (wake at 126000)
    130000 ping           -> send pong (wake at 136000)
    136000 woken          -> disconnect, Waiting { until: 136250 } (wake at 136250)
    ");
}

#[test]
fn delays_double_until_a_connection_has_lived() {
    assert_snapshot!(told(fresh(), [
        (0, Start),
        (0, lost(1)),
        (249, Woken),
        (250, Woken),
        (250, lost(2)),
        (750, Woken),
        // Polling is welcomed, and dies at once, time and again.
        (750, Opened),
        (750, welcome(0)),
        (800, lost(3)),
        (1_800, Woken),
        (1_800, Opened),
        (1_800, welcome(0)),
        (1_900, lost(4)),
        (3_900, Woken),
        (3_900, Opened),
        (3_900, welcome(0)),
        (13_900, lost(5)),
    ]), @r"
        0 start          -> connect #1 socket after 0, Connecting (wake at 10000)
        0 lost #1        -> Waiting { until: 250 } (wake at 250)
      249 woken          -> nothing (wake at 250)
      250 woken          -> connect #2 socket after 0, Connecting (wake at 10250)
      250 lost #2        -> Waiting { until: 750 } (wake at 750)
      750 woken          -> connect #3 polling after 0, Connecting (wake at 10750)
      750 opened         -> nothing (wake at 10750)
      750 welcome 0      -> Live (wake at 25750)
      800 lost #3        -> Waiting { until: 1800 } (wake at 1800)
     1800 woken          -> connect #4 polling after 0, Connecting (wake at 11800)
     1800 opened         -> nothing (wake at 11800)
     1800 welcome 0      -> Live (wake at 26800)
     1900 lost #4        -> Waiting { until: 3900 } (wake at 3900)
     3900 woken          -> connect #5 polling after 0, Connecting (wake at 13900)
     3900 opened         -> nothing (wake at 13900)
     3900 welcome 0      -> Live (wake at 28900)
    13900 lost #5        -> Waiting { until: 14150 } (wake at 14150)
    ");
}

#[test]
fn sockets_that_never_open_give_way_to_polling() {
    assert_snapshot!(told(fresh(), [
        (0, Start),
        (10_000, Woken),
        (11_000, Woken),
        (21_000, Woken),
        (22_000, Woken),
        (22_000, lost(3)),
        (24_000, Woken),
        (24_000, lost(4)),
        (29_000, Woken),
        (29_000, Opened),
        (29_000, welcome(0)),
        (60_000, lost(5)),
        (61_000, Woken),
    ]), @r"
        0 start          -> connect #1 socket after 0, Connecting (wake at 10000)
    10000 woken          -> disconnect, Waiting { until: 10250 } (wake at 10250)
    11000 woken          -> connect #2 socket after 0, Connecting (wake at 21000)
    21000 woken          -> disconnect, Waiting { until: 21500 } (wake at 21500)
    22000 woken          -> connect #3 polling after 0, Connecting (wake at 32000)
    22000 lost #3        -> Waiting { until: 23000 } (wake at 23000)
    24000 woken          -> connect #4 socket after 0, Connecting (wake at 34000)
    24000 lost #4        -> Waiting { until: 26000 } (wake at 26000)
    29000 woken          -> connect #5 polling after 0, Connecting (wake at 39000)
    29000 opened         -> nothing (wake at 39000)
    29000 welcome 0      -> Live (wake at 54000)
    60000 lost #5        -> Waiting { until: 60250 } (wake at 60250)
    61000 woken          -> connect #6 polling after 0, Connecting (wake at 71000)
    ");
}

#[test]
fn hurry_shortens_waits_but_not_without_bound() {
    assert_snapshot!(told(fresh(), [
        (0, Hurry),
        (0, Start),
        (100, Hurry),
        (2_400, lost(1)),
        (2_401, Hurry),
        (2_402, lost(2)),
        (2_403, Hurry),
        (2_404, Hurry),
        (2_902, Woken),
        (3_000, lost(3)),
        (3_100, Hurry),
        (3_902, Woken),
        // A connection that takes long to open has less time left.
        (6_500, Hurry),
        (9_000, Woken),
        (10_000, Hurry),
        (10_010, Opened),
        (10_020, welcome(0)),
        (12_000, Hurry),
        // Silent for as long as patience lasts: asked, and briefly waited for.
        (20_020, Hurry),
        (20_021, Hurry),
        (20_100, PONG),
        // A laptop sleeps, and hears of it before its timers run.
        (9_000_000, Hurry),
        (9_002_500, Woken),
        // It sleeps with a question open.
        (9_003_500, Woken),
        (9_003_500, Opened),
        (9_003_500, welcome(0)),
        (9_028_500, Woken),
        (9_900_000, Hurry),
    ]), @r"
          0 hurry          -> nothing (wake at never)
          0 start          -> connect #1 socket after 0, Connecting (wake at 10000)
        100 hurry          -> nothing (wake at 10000)
       2400 lost #1        -> Waiting { until: 2650 } (wake at 2650)
       2401 hurry          -> connect #2 socket after 0, Connecting (wake at 12401)
       2402 lost #2        -> Waiting { until: 2902 } (wake at 2902)
       2403 hurry          -> nothing (wake at 2902)
       2404 hurry          -> nothing (wake at 2902)
       2902 woken          -> connect #3 polling after 0, Connecting (wake at 12902)
       3000 lost #3        -> Waiting { until: 4000 } (wake at 4000)
       3100 hurry          -> Waiting { until: 3902 } (wake at 3902)
       3902 woken          -> connect #4 socket after 0, Connecting (wake at 13902)
       6500 hurry          -> nothing (wake at 9000)
       9000 woken          -> disconnect, Waiting { until: 11000 } (wake at 11000)
      10000 hurry          -> connect #5 polling after 0, Connecting (wake at 20000)
      10010 opened         -> nothing (wake at 20010)
      10020 welcome 0      -> Live (wake at 35020)
      12000 hurry          -> nothing (wake at 35020)
      20020 hurry          -> send ping (wake at 22520)
      20021 hurry          -> nothing (wake at 22520)
      20100 pong           -> nothing (wake at 45100)
    9000000 hurry          -> send ping (wake at 9002500)
    9002500 woken          -> disconnect, Waiting { until: 9002750 } (wake at 9002750)
    9003500 woken          -> connect #6 polling after 0, Connecting (wake at 9013500)
    9003500 opened         -> nothing (wake at 9013500)
    9003500 welcome 0      -> Live (wake at 9028500)
    9028500 woken          -> send ping (wake at 9038500)
    9900000 hurry          -> disconnect, Waiting { until: 9900250 }, connect #7 polling after 0, Connecting (wake at 9910000)
    ");
}

#[test]
fn the_desk_sends_us_away() {
    let story = |reason| {
        told(
            fresh(),
            [
                (0, Start),
                (10, Opened),
                (20, bye(reason)),
                (30, welcome(0)),
                (40, lost(1)),
                (50, write("a")),
                (60, Start),
                (1_000, Woken),
                (1_010, Opened),
                (1_020, welcome(0)),
                (1_030, bye(reason)),
                (1_040, Hurry),
                (5_000, Woken),
            ],
        )
    };
    assert_snapshot!(story(Farewell::NotAllowed), @r"
       0 start          -> connect #1 socket after 0, Connecting (wake at 10000)
      10 opened         -> nothing (wake at 10010)
      20 bye NotAllowed -> disconnect, Ended(NotAllowed) (wake at never)
      30 welcome 0      -> nothing (wake at never)
      40 lost #1        -> nothing (wake at never)
      50 write a        -> keep a (wake at never)
      60 start          -> Waiting { until: 1000 } (wake at 1000)
    1000 woken          -> connect #2 socket after 0, Connecting (wake at 11000)
    1010 opened         -> nothing (wake at 11010)
    1020 welcome 0      -> send a, Live (wake at 26020)
    1030 bye NotAllowed -> disconnect, Ended(NotAllowed) (wake at never)
    1040 hurry          -> nothing (wake at never)
    5000 woken          -> nothing (wake at never)
    ");
    assert_snapshot!(story(Farewell::Restarting), @r"
       0 start          -> connect #1 socket after 0, Connecting (wake at 10000)
      10 opened         -> nothing (wake at 10010)
      20 bye Restarting -> disconnect, Waiting { until: 270 } (wake at 270)
      30 welcome 0      -> nothing (wake at 270)
      40 lost #1        -> nothing (wake at 270)
      50 write a        -> keep a (wake at 270)
      60 start          -> nothing (wake at 270)
    1000 woken          -> connect #2 socket after 0, Connecting (wake at 11000)
    1010 opened         -> nothing (wake at 11010)
    1020 welcome 0      -> send a, Live (wake at 26020)
    1030 bye Restarting -> disconnect, Waiting { until: 1530 } (wake at 1530)
    1040 hurry          -> nothing (wake at 1530)
    5000 woken          -> connect #3 socket after 0, Connecting (wake at 15000)
    ");
    // The others differ in nothing but the word.
    let alike = |one, other| {
        let words = |reason| -> Vec<_> {
            let told = story(reason).replace(&format!("{reason:?}"), "so");
            told.split_whitespace().map(str::to_owned).collect()
        };
        assert_eq!(words(one), words(other), "{one:?} and {other:?}");
    };
    alike(Farewell::NotAllowed, Farewell::Misused);
    alike(Farewell::Restarting, Farewell::TooSlow);
    alike(Farewell::Restarting, Farewell::Silent);
}
