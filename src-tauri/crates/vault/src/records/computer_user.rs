//! Who works here, as this computer names them.

use std::sync::LazyLock;

/// The longest name that is kept, in characters: longer ones than any system gives.
const LONGEST: usize = 200;

static OF_THIS_PROCESS: LazyLock<Option<ComputerUser>> = LazyLock::new(|| {
    Some(ComputerUser {
        name: cut(&whoami::username().ok()?),
        computer: cut(&whoami::hostname().unwrap_or_default()),
    })
});

/// A user of a computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComputerUser {
    /// The name that the user signs in to the computer with.
    pub name: String,
    /// The computer's name in its network; empty where it has none.
    pub computer: String,
}

impl ComputerUser {
    /// The user whom this process belongs to; nothing where the system does not tell.
    pub fn of_this_process() -> Option<Self> {
        OF_THIS_PROCESS.clone()
    }
}

fn cut(name: &str) -> String {
    name.chars().take(LONGEST).collect()
}
