//! polkit's answers, from a stand-in on a bus of the test's own.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use guard::presence::{NotProved, Reason, SystemWay, of_this_system};
use zbus::blocking::connection::{Builder, Connection};
use zbus::blocking::fdo::DBusProxy;
use zbus::zvariant::OwnedValue;

use crate::again::{Second, is_second, ready_and_waiting};
use crate::buses::Bus;

const MAY_ASK: u32 = 1;

/// What the user will do when asked.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
enum User {
    IsTheAdministrator,
    TypesThePassword,
    TypesAnother,
    ClosesTheBox,
    HasNobodyToAskThem,
    HasGoneAway,
}

struct Authority {
    user: Arc<AtomicU32>,
    /// Who asked last, by its name on the bus.
    asked_by: Arc<Mutex<String>>,
}

type Answer = (bool, bool, HashMap<String, String>);

#[zbus::interface(name = "org.freedesktop.PolicyKit1.Authority")]
impl Authority {
    async fn check_authorization(
        &self,
        subject: (String, HashMap<String, OwnedValue>),
        action: &str,
        _details: HashMap<String, String>,
        flags: u32,
        _cancel: &str,
    ) -> zbus::fdo::Result<Answer> {
        assert_eq!(subject.0, "system-bus-name");
        if action != "org.subvault.desktop.unlock" {
            return Err(zbus::fdo::Error::Failed("not registered".to_owned()));
        }
        let name = String::try_from(subject.1["name"].clone()).expect("it is text");
        *self.asked_by.lock().expect("no test has failed") = name;
        let user = self.user.load(Ordering::SeqCst);
        let answer = |authorized, challenge| Ok((authorized, challenge, HashMap::new()));
        if user == User::IsTheAdministrator as u32 {
            answer(true, false)
        } else if flags != MAY_ASK || user == User::HasNobodyToAskThem as u32 {
            answer(false, true)
        } else if user == User::TypesThePassword as u32 {
            answer(true, false)
        } else if user == User::ClosesTheBox as u32 {
            let dismissed = [("polkit.dismissed".to_owned(), "true".to_owned())];
            Ok((false, true, HashMap::from(dismissed)))
        } else if user == User::HasGoneAway as u32 {
            std::future::pending().await
        } else {
            answer(false, false)
        }
    }
}

/// Whether it is gone from the bus, or goes within a few seconds.
fn has_left(bus: &Connection, name: &str) -> bool {
    let daemon = DBusProxy::new(bus).expect("the bus is there");
    let is_there = || daemon.name_has_owner(name.try_into().expect("it is a name"));
    (0..50).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        !is_there().expect("the bus answers")
    })
}

#[test]
fn only_a_user_who_was_asked_and_knew_the_password_is_let_in() {
    const TEST: &str = "polkit::only_a_user_who_was_asked_and_knew_the_password_is_let_in";
    if !is_second() {
        let bus = Bus::start();
        drop(Second::start(TEST, &bus.variables()));
        return;
    }
    let system = of_this_system(|| 0);
    assert_eq!(system.way(), None, "polkit is not there");
    let ask = |within| system.ask(Reason::Unlock, Duration::from_secs(within));
    assert_eq!(ask(20), Err(NotProved::Unavailable));

    let user = Arc::new(AtomicU32::new(0));
    let asked_by = Arc::new(Mutex::new(String::new()));
    let address = std::env::var("DBUS_SYSTEM_BUS_ADDRESS").expect("the first process says it");
    let bus = Builder::address(address.as_str())
        .and_then(|builder| builder.name("org.freedesktop.PolicyKit1"))
        .and_then(|builder| {
            let authority = Authority {
                user: Arc::clone(&user),
                asked_by: Arc::clone(&asked_by),
            };
            builder.serve_at("/org/freedesktop/PolicyKit1/Authority", authority)
        })
        .and_then(Builder::build)
        .expect("the bus takes the stand-in");
    let asks = Some(SystemWay::ComputerPassword);
    for (who, way, answer) in [
        (User::IsTheAdministrator, None, Err(NotProved::Unavailable)),
        (User::TypesThePassword, asks, Ok(())),
        (User::TypesAnother, asks, Err(NotProved::Refused)),
        (User::ClosesTheBox, asks, Err(NotProved::Cancelled)),
        (User::HasNobodyToAskThem, asks, Err(NotProved::Unavailable)),
    ] {
        user.store(who as u32, Ordering::SeqCst);
        assert_eq!(system.way(), way);
        assert_eq!(ask(20), answer);
    }
    user.store(User::HasGoneAway as u32, Ordering::SeqCst);
    assert_eq!(ask(1), Err(NotProved::TimedOut));
    let asked_by = asked_by.lock().expect("no test has failed").clone();
    assert!(
        has_left(&bus, &asked_by),
        "polkit takes a question back when who asked has left the bus"
    );
    ready_and_waiting();
}

/// What is at the address where the system's bus should be.
enum At {
    Nothing,
    /// It takes the connection and says nothing.
    Silence,
    /// It answers in another language.
    AnotherProgram,
}

#[test]
fn a_bus_that_is_not_there_or_is_none_proves_nothing_and_is_not_waited_for_for_ever() {
    use std::io::Write as _;
    const TEST: &str =
        "polkit::a_bus_that_is_not_there_or_is_none_proves_nothing_and_is_not_waited_for_for_ever";
    if is_second() {
        let system = of_this_system(|| 0);
        assert_eq!(system.way(), None);
        let asked = std::time::Instant::now();
        let answer = system.ask(Reason::Unlock, Duration::from_secs(2));
        assert!(
            matches!(
                answer,
                Err(NotProved::Unavailable | NotProved::TimedOut | NotProved::Failed(_))
            ),
            "{answer:?}"
        );
        assert!(asked.elapsed() < Duration::from_secs(20));
        ready_and_waiting();
        return;
    }
    let folder = tempfile::tempdir().expect("a folder for the socket");
    for (name, at) in [
        ("nothing", At::Nothing),
        ("silence", At::Silence),
        ("another", At::AnotherProgram),
    ] {
        let path = folder.path().join(name);
        if !matches!(at, At::Nothing) {
            let listener = std::os::unix::net::UnixListener::bind(&path).expect("a socket");
            std::thread::spawn(move || {
                let mut kept = Vec::new();
                for connection in listener.incoming().flatten() {
                    let mut connection = connection;
                    if matches!(at, At::AnotherProgram) {
                        // One that has gone hears nothing.
                        let _ = connection.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
                    }
                    kept.push(connection);
                }
            });
        }
        let address = format!("unix:path={}", path.display());
        drop(Second::start(
            TEST,
            &[("DBUS_SYSTEM_BUS_ADDRESS", &address)],
        ));
    }
}
