//! The names of the window's commands, and which of them may be called while it is locked.

macro_rules! commands {
    ($($module:ident::$name:ident $($while_locked:ident)?;)*) => {
        /// Every command.
        #[cfg(test)]
        pub const COMMANDS: &[&str] = &[$(stringify!($name)),*];

        /// Each command, with a word behind those that may be called while it is locked.
        const MARKED: &[(&str, &[&str])] =
            &[$((stringify!($name), &[$(stringify!($while_locked))?])),*];
    };
}
include!("../command_list.rs");

/// Whether a call of this name may go through while the window is locked. What is no command may not.
pub fn may_be_called_while_locked(name: &str) -> bool {
    MARKED
        .iter()
        .any(|(command, marks)| *command == name && !marks.is_empty())
}
