//! What a file is called until it is whole. Nobody can know the name before, and no file of anybody else's has it by chance.

use std::path::{Path, PathBuf};
use terms::Tag;

const ENDING: &str = ".unfinished";

/// The names of one kind of file while it is being written.
pub(crate) struct Partial<'a> {
    /// What tells the kind; it ends with a hyphen.
    pub kind: &'a str,
}

impl Partial<'_> {
    /// A new one in this folder.
    pub fn within(&self, folder: &Path) -> PathBuf {
        folder.join(format!(".{}{}{ENDING}", self.kind, Tag::random()))
    }

    /// Whether this is one.
    pub fn is(&self, path: &Path) -> bool {
        let tag = path
            .file_name()
            .and_then(|name| name.to_str()?.strip_prefix('.'))
            .and_then(|name| name.strip_prefix(self.kind)?.strip_suffix(ENDING));
        tag.is_some_and(|tag| Tag::parse(tag).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_name_is_known_again_and_no_other_is_taken_for_one() {
        let kind = Partial {
            kind: "Subvault-export-",
        };
        let folder = Path::new("folder");
        let name = kind.within(folder);
        assert!(kind.is(&name), "{}", name.display());
        assert_ne!(name, kind.within(folder));
        for other in [
            "keys.json",
            ".keys.json.unfinished",
            ".Subvault-export-.unfinished",
            ".Subvault-export-mine.unfinished",
            ".Subvault-backup-k3f9x2abcd.unfinished",
            "Subvault-export-k3f9x2abcd.unfinished",
        ] {
            assert!(!kind.is(Path::new(other)), "{other}");
        }
    }
}
