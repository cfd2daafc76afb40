use std::path::PathBuf;

use serde_json::Value;

use crate::command::Shown;
use crate::problem::{Done, Problem};

/// What each package of the product may be built from, of this workspace. `practice` depends on none of the others, so that it cannot share
/// their mistakes; what only tests have is in no product package.
const MAY_USE: &[(&str, &[&str])] = &[
    (
        "subvault",
        &["guard", "practice", "terms", "twilio", "vault", "workflows"],
    ),
    ("workflows", &["terms", "twilio", "vault"]),
    ("twilio", &["terms"]),
    ("vault", &["terms"]),
    ("terms", &[]),
    ("guard", &[]),
    ("practice", &[]),
];

/// One package of this workspace.
pub struct Package {
    /// Its name.
    pub name: String,
    /// The first file of each library and program that it makes.
    pub roots: Vec<PathBuf>,
    /// The packages of this workspace that it is built from; those of its tests are not among them.
    pub built_from: Vec<String>,
}

/// Every package of this workspace.
///
/// # Errors
///
/// Cargo does not answer, or answers something else than its format's first version.
pub fn packages() -> Done<Vec<Package>> {
    let text = Shown::cargo()
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .read()?;
    let metadata: Value = serde_json::from_str(&text)
        .map_err(|error| Problem::doing("read what cargo says of the packages", error))?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages.map(package).collect()
}

fn package(described: &Value) -> Done<Package> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let missing = || Problem::new("cargo described a package that has no name or no files");
    let list = |name: &str| described[name].as_array().ok_or_else(missing);
    let is_product = |target: &&Value| {
        let kinds = target["kind"].as_array().into_iter().flatten();
        kinds
            .filter_map(Value::as_str)
            .any(|kind| kind == "bin" || kind.ends_with("lib"))
    };
    // A dependency of a normal build has no kind, and one of this workspace has a path.
    let is_built_in = |one: &&Value| one["kind"].is_null() && one["path"].is_string();
    let roots = list("targets")?.iter().filter(is_product);
    let built_from = list("dependencies")?.iter().filter(is_built_in);
    Ok(Package {
        name: text(&described["name"]).ok_or_else(missing)?,
        roots: roots
            .filter_map(|target| text(&target["src_path"]).map(PathBuf::from))
            .collect(),
        built_from: built_from.filter_map(|one| text(&one["name"])).collect(),
    })
}

/// A line for each arrow that a product package must not have.
pub fn wrong_arrows(packages: &[Package]) -> Vec<String> {
    let mut wrong = Vec::new();
    for package in packages {
        let Some((_, may)) = MAY_USE.iter().find(|(name, _)| *name == package.name) else {
            continue;
        };
        for used in &package.built_from {
            if !may.contains(&used.as_str()) {
                wrong.push(format!("{} is built from {used}", package.name));
            }
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, built_from: &[&str]) -> Package {
        Package {
            name: name.to_owned(),
            roots: Vec::new(),
            built_from: built_from.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn an_arrow_that_points_back_is_named_and_what_only_tests_have_may_use_everything() {
        let found = [
            package("workflows", &["twilio", "vault"]),
            package("vault", &["workflows"]),
            package("stories", &["subvault"]),
        ];
        assert_eq!(wrong_arrows(&found), ["vault is built from workflows"]);
    }
}
