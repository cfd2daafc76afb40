/// A path from a package's root, without `crate`.
pub type Names = Vec<String>;
