//! polkit's answers, from a stand-in on a bus of the test's own.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use guard::presence::{NotProved, Reason, SystemWay, of_this_system};
use zbus::blocking::connection::Builder;
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
}

struct Authority(Arc<AtomicU32>);

type Answer = (bool, bool, HashMap<String, String>);

#[zbus::interface(name = "org.freedesktop.PolicyKit1.Authority")]
impl Authority {
    fn check_authorization(
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
        let user = self.0.load(Ordering::SeqCst);
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
        } else {
            answer(false, false)
        }
    }
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
    assert_eq!(system.ask(Reason::Unlock), Err(NotProved::Unavailable));

    let user = Arc::new(AtomicU32::new(0));
    let address = std::env::var("DBUS_SYSTEM_BUS_ADDRESS").expect("the first process says it");
    let _bus = Builder::address(address.as_str())
        .and_then(|builder| builder.name("org.freedesktop.PolicyKit1"))
        .and_then(|builder| {
            let authority = Authority(Arc::clone(&user));
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
        assert_eq!(system.ask(Reason::Unlock), answer);
    }
    ready_and_waiting();
}
