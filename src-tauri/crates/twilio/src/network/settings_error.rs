use super::{ProxySource, UnreadableProxy};

/// Settings of this computer with which nothing can be reached. Nothing was sent, to nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingsError {
    /// The address of the proxy cannot be read.
    ProxyUnreadable {
        /// Where it is set.
        source: ProxySource,
        /// What is wrong with it.
        why: UnreadableProxy,
    },
    /// There is no list of authorities by which a certificate could be judged.
    NoAuthorities {
        /// The variable that leads to none; `None` where the system itself has none.
        variable: Option<&'static str>,
    },
}
