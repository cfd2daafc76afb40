//! A login manager and a screen saver on a bus of the test's own.

use std::collections::HashMap;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use guard::away::{Away, watch};
use zbus::blocking::connection::{Builder, Connection};
use zbus::zvariant::{OwnedFd, OwnedObjectPath, Value};

use crate::again::{Second, is_second, ready_and_waiting};
use crate::buses::Bus;

const SESSION: &str = "org.freedesktop.login1.Session";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
const OURS: &str = "/org/freedesktop/login1/session/_31";
const SOMEBODY_ELSES: &str = "/org/freedesktop/login1/session/_32";

struct LoginManager {
    /// The other end is closed once the program no longer holds up sleep.
    held: mpsc::Sender<std::io::PipeReader>,
}

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl LoginManager {
    #[zbus(name = "GetSessionByPID")]
    fn get_session_by_pid(&self, _process: u32) -> OwnedObjectPath {
        OwnedObjectPath::try_from(OURS).expect("a path")
    }

    /// Before it answers, a computer that wakes has much to tell.
    async fn inhibit(
        &self,
        #[zbus(connection)] bus: &zbus::Connection,
        what: &str,
        _who: &str,
        _why: &str,
        mode: &str,
    ) -> OwnedFd {
        assert_eq!((what, mode), ("sleep", "delay"));
        let changed = HashMap::from([("IdleHint", Value::from(false))]);
        let body = (SESSION, changed, Vec::<String>::new());
        for _ in 0..200 {
            bus.emit_signal(
                None::<()>,
                SOMEBODY_ELSES,
                PROPERTIES,
                "PropertiesChanged",
                &body,
            )
            .await
            .expect("the bus takes it");
        }
        let (reader, writer) = std::io::pipe().expect("a pipe");
        self.held.send(reader).expect("the test listens");
        OwnedFd::from(std::os::fd::OwnedFd::from(writer))
    }
}

fn signal<B: serde::Serialize + zbus::zvariant::DynamicType>(
    bus: &Connection,
    path: &str,
    name: &str,
    member: &str,
    body: &B,
) {
    bus.emit_signal(None::<()>, path, name, member, body)
        .expect("the bus takes it");
}

#[test]
fn sleep_a_locked_screen_and_another_user_are_heard_within_a_second() {
    const TEST: &str = "away::sleep_a_locked_screen_and_another_user_are_heard_within_a_second";
    if !is_second() {
        let bus = Bus::start();
        drop(Second::start(TEST, &bus.variables()));
        return;
    }
    let (held, holding_up) = mpsc::channel();
    let address = std::env::var("DBUS_SYSTEM_BUS_ADDRESS").expect("the first process says it");
    let bus = Builder::address(address.as_str())
        .and_then(|builder| builder.name("org.freedesktop.login1"))
        .and_then(|builder| builder.serve_at("/org/freedesktop/login1", LoginManager { held }))
        .and_then(Builder::build)
        .expect("the bus takes the login manager");
    let (tell, told) = mpsc::channel();
    watch(Arc::new(move |away| {
        // The test may be over.
        let _ = tell.send(away);
    }));
    let mut held_up = holding_up
        .recv_timeout(Duration::from_secs(20))
        .expect("it holds up sleep from the start");
    let heard = || told.recv_timeout(Duration::from_secs(5)).ok();
    let path = "/org/freedesktop/login1";
    let manager = "org.freedesktop.login1.Manager";

    signal(&bus, path, manager, "PrepareForSleep", &(true,));
    assert_eq!(heard(), Some(Away::Sleep));
    let mut end = Vec::new();
    std::io::Read::read_to_end(&mut held_up, &mut end).expect("it lets the computer sleep");
    signal(&bus, path, manager, "PrepareForSleep", &(false,));
    holding_up
        .recv_timeout(Duration::from_secs(5))
        .expect("it holds up the next sleep");

    signal(&bus, OURS, SESSION, "Lock", &());
    assert_eq!(heard(), Some(Away::ScreenLocked));
    signal(&bus, SOMEBODY_ELSES, SESSION, "Lock", &());
    for (name, value, away) in [
        ("Active", false, Some(Away::UserSwitched)),
        ("Active", true, None),
        ("LockedHint", true, Some(Away::ScreenLocked)),
    ] {
        let changed = HashMap::from([(name, Value::from(value))]);
        let body = (SESSION, changed, Vec::<String>::new());
        signal(&bus, OURS, PROPERTIES, "PropertiesChanged", &body);
        if away.is_some() {
            assert_eq!(heard(), away, "{name} {value}");
        }
    }
    // Screen savers are listened to on a thread of its own, which may begin late.
    let give_up_at = Instant::now() + Duration::from_secs(20);
    loop {
        signal(
            &bus,
            "/ScreenSaver",
            "org.gnome.ScreenSaver",
            "ActiveChanged",
            &(true,),
        );
        if told.recv_timeout(Duration::from_secs(1)).is_ok() {
            break;
        }
        assert!(Instant::now() < give_up_at, "no screen saver is heard");
    }
    while told.recv_timeout(Duration::from_secs(1)).is_ok() {}
    for saver in ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"] {
        signal(&bus, "/ScreenSaver", saver, "ActiveChanged", &(true,));
        assert_eq!(heard(), Some(Away::ScreenLocked), "{saver}");
        signal(&bus, "/ScreenSaver", saver, "ActiveChanged", &(false,));
    }
    assert_eq!(told.try_recv().ok(), None, "nothing else was heard");
    ready_and_waiting();
}
