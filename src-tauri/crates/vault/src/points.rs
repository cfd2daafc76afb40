//! Named places on the safe path where a test may end the process.
//!
//! Each place is one word at its call site. With the feature `kill-points`, which only the campaigns turn on, something can be
//! made to happen there: above all, the process dies by `SIGKILL`. Without it nothing of this is compiled.

/// Lists the points, and what may be asked of the list where it is compiled in.
macro_rules! points {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// A boundary between two steps.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Point {
            $($(#[$doc])* $name,)+
        }

        #[cfg(feature = "kill-points")]
        impl Point {
            /// All of them, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The name in reports and plans.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)+
                }
            }
        }
    };
}

points! {
    /// Connecting: the Auth Token is in the keychain, the account not yet in the records.
    TokenSaved,
    /// Pre-flight begins.
    CheckBegins,
    /// The keychain stored, gave back and deleted.
    KeychainTried,
    /// The disk took a synced write.
    DiskTried,
    /// A sealing identity was made and saved, its public half not yet recorded.
    IdentitySaved,
    /// The keychain's identity opens what will be sealed.
    SealerReady,
    /// The client of the parent is ready.
    SignedIn,
    /// The subaccount that a key is for was read and is the one meant.
    SubaccountChecked,
    /// Nothing of the same name is unfinished.
    NotBegunBefore,

    /// The journal has the subaccount as planned.
    SubaccountPlanned,
    /// The journal has the subaccount as sent; the request has not left.
    SubaccountSent,
    /// Twilio answered with the subaccount; nothing of it is recorded.
    SubaccountAnswered,
    /// Twilio made no subaccount; that is not recorded.
    SubaccountRefused,
    /// Whether Twilio made the subaccount is unknown.
    SubaccountReplyLost,
    /// A lost subaccount was found by its tag.
    SubaccountFound,
    /// The journal has the subaccount's SID.
    SubaccountAdopted,
    /// The subaccount has its plain name at Twilio, not in the journal.
    SubaccountRenamed,
    /// The journal has the subaccount as renamed.
    SubaccountNamed,

    /// The journal has the key as planned.
    KeyPlanned,
    /// The journal has the key as sent; the request has not left.
    KeySent,
    /// Twilio answered with the key and its secret; nothing of it is kept.
    KeyAnswered,
    /// Twilio made no key; that is not recorded.
    KeyRefused,
    /// Whether Twilio made the key is unknown.
    KeyReplyLost,
    /// The secret is in memory.
    SecretHeld,
    /// The secret is encrypted, the copy not yet in the records.
    SecretSealed,
    /// The records have the sealed copy.
    SealedCopyKept,
    /// The records did not take the sealed copy.
    SealedCopyRefused,
    /// The keychain has the secret though the records have no sealed copy.
    KeptWithoutSeal,
    /// The secret is about to go into the keychain.
    KeychainWriteBegins,
    /// The keychain answered a write; it was not read back.
    KeychainWritten,
    /// What was written was read back and compared.
    KeychainReadBack,
    /// The journal has the key as kept.
    KeyKept,
    /// The key has its plain name at Twilio, not in the journal.
    KeyRenamed,
    /// The journal has the key as renamed.
    KeyNamed,
    /// The first call with the new key is about to be sent.
    ProofBegins,
    /// A call with the new key worked; that is not recorded.
    KeyProved,
    /// The journal has the key as committed.
    KeyCommitted,

    /// Handing over is about to be recorded.
    HandOverBegins,
    /// The records have the hand-over.
    HandOverRecorded,

    /// The keys of the account were listed to look for a lost one.
    KeysListed,
    /// A look found nothing; that is not noted.
    NothingFound,
    /// The first look that found nothing is noted.
    LookNoted,
    /// The journal has it that nothing was made.
    NotCreatedConcluded,
    /// A lost key's secret is here after all.
    SecretInHand,
    /// The journal has an unusable key as due for deletion.
    UnusableKeyMarked,
    /// An unusable key was deleted at Twilio.
    UnusableKeyDeleted,
    /// The journal has an unusable key as gone.
    UnusableKeyRevoked,

    /// Reconciling begins; it has the list of what is open.
    ReconcileBegins,
    /// Reconciling takes an entry up.
    EntryTakenUp,
    /// An entry that was planned and never sent is closed.
    PlannedClosed,
    /// Reconciling is done with an entry.
    EntryPutDown,
    /// Finishing what the user asked to be finished begins.
    FinishBegins,
    /// Finishing is past its pre-flight.
    FinishChecked,
    /// A secret that was in memory alone is sealed.
    HeldSecretSealed,

    /// Deleting a key begins.
    DeletionBegins,
    /// The journal has the key as due for deletion.
    DeletionMarked,
    /// The key is gone at Twilio; nothing of that is recorded.
    DeletedAtTwilio,
    /// The secret of a deleted key is out of the keychain.
    KeychainItemDeleted,
    /// The credential of a deleted key is out of the records, its entry still open.
    CredentialRemoved,
    /// The journal has the deleted key as gone.
    DeletionRecorded,

    /// A key that is to be revoked is there; the request has not left.
    RevocationBegins,
    /// A revoked key is gone at Twilio; nothing of that is recorded.
    RevokedAtTwilio,
    /// The records have a revoked key as gone; its secret is still in the keychain.
    RevocationRecorded,
    /// The secret of a revoked key is out of the keychain, its credential still in the records.
    RevokedSecretDeleted,
    /// Nothing of a revoked key is left here.
    RevokedKeyForgotten,

    /// A key is to have another name; the request has not left.
    OtherNameBegins,
    /// A key has another name at Twilio, not in the records.
    OtherNameGiven,
    /// The records have a key's other name.
    OtherNameKept,

    /// The records have it that a new key was seen in use.
    SeenInUse,
    /// The records have it that a new key was said to be in use.
    SaidInUse,
    /// The new key of a replacement was proved once more; the old one is still there.
    SuccessorProved,
    /// The old key of a replacement is revoked, the replacement not yet ended.
    OldKeyRevoked,
    /// The records have a replacement as ended.
    ReplacementEnded,
    /// A replacement is given up; its new key is still there.
    GivingUpBegins,

    /// A subaccount is to be changed; the request has not left.
    SubaccountChangeBegins,
    /// Twilio has a subaccount as it was wanted; nothing of that is recorded.
    SubaccountChanged,
    /// The records have a subaccount as it was changed, the activity not noted.
    SubaccountChangeKept,
    /// The change of a subaccount is noted.
    SubaccountChangeNoted,

    /// A number is to be moved; the request has not left.
    NumberMoveBegins,
    /// A number has moved at Twilio; nothing of that is noted.
    NumberMoved,
    /// The move of a number is noted.
    NumberMoveNoted,
    /// The numbers of a subaccount that are to stay with somebody are moved; it is not closed.
    NumbersMoved,
    /// A number is to be released; the request has not left.
    NumberReleaseBegins,
    /// A number is released at Twilio; nothing of that is noted.
    NumberReleased,
    /// The release of a number is noted.
    NumberReleaseNoted,

    /// Changing the passphrase: the keychain has the old sealing identity and the new one.
    BothIdentitiesSaved,
    /// The records have everything sealed to the new identity, and the new passphrase.
    CopiesSealedAnew,
    /// Nothing in the data folder opens with the old identity.
    OlderCopiesRemoved,
    /// The keychain has the new identity alone; that is not recorded.
    OldIdentityRemoved,

    /// A secret that the keychain had lost was opened from its sealed copy.
    SecretUnsealed,
    /// It is in the keychain again.
    SecretRestored,
}

/// The process has come to `point`.
#[cfg(not(feature = "kill-points"))]
#[inline(always)]
pub fn kill_point(_point: Point) {}

#[cfg(feature = "kill-points")]
pub use armed::{When, die, kill_point, times_reached, when};

#[cfg(feature = "kill-points")]
mod armed {
    use parking_lot::Mutex;

    use super::Point;

    /// At which point something happens.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum When {
        /// The nth time that this one is kill_point, counted from 1.
        At(Point, u32),
        /// At the nth point that is kill_point, whichever it is, counted from 1.
        Nth(u32),
    }

    type Act = Box<dyn FnOnce(Point) + Send>;

    struct Armed {
        when: When,
        met: u32,
        act: Option<Act>,
    }

    #[derive(Default)]
    struct State {
        armed: Vec<Armed>,
        ever: Vec<(Point, u32)>,
    }

    static STATE: Mutex<State> = Mutex::new(State {
        armed: Vec::new(),
        ever: Vec::new(),
    });

    /// Lets something happen at a point, on the thread that reaches it. Points are counted from now on.
    pub fn when(when: When, act: impl FnOnce(Point) + Send + 'static) {
        let mut state = STATE.lock();
        state.armed.push(Armed {
            when,
            met: 0,
            act: Some(Box::new(act)),
        });
    }

    /// How often each point was reached in this process.
    pub fn times_reached() -> Vec<(Point, u32)> {
        let state = STATE.lock();
        state.ever.clone()
    }

    /// The process has come to `point`.
    pub fn kill_point(point: Point) {
        for act in due_at(point) {
            act(point);
        }
    }

    fn due_at(point: Point) -> Vec<Act> {
        let mut state = STATE.lock();
        match state.ever.iter_mut().find(|(known, _)| *known == point) {
            Some((_, times)) => *times += 1,
            None => state.ever.push((point, 1)),
        }
        let mut due = Vec::new();
        for armed in &mut state.armed {
            let (counts, nth) = match armed.when {
                When::At(chosen, nth) => (chosen == point, nth),
                When::Nth(nth) => (true, nth),
            };
            armed.met += u32::from(counts);
            if counts && armed.met == nth {
                due.extend(armed.act.take());
            }
        }
        due
    }

    /// Kills the process: nothing is flushed, dropped or unwound.
    pub fn die(point: Point) {
        eprintln!("killed at {}", point.name());
        #[cfg(unix)]
        // It cannot fail for a process that kills itself; were it to, the abort below ends it as surely.
        let _ =
            rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
        std::process::abort();
    }
}
