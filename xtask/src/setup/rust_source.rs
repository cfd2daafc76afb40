//! The standard library's sources, from Debian's package `rust-src` of the very version of the compiler.
//!
//! The package is fetched by apt with settings of its own, so that the machine's package lists stay as they are, and
//! the toolchain is left alone: the compiler runs on a folder of links to its own files with the sources added.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::Shown;
use crate::files;
use crate::paths;
use crate::problem::{Done, Problem};

/// The Debian suite that has the sources of current compilers.
const SUITE: &str = "trixie-backports";

/// The keys that Debian signs its archive with, as the package debian-archive-keyring of every Debian has them.
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// A compiler that finds the standard library's sources where cargo looks for them.
pub fn compiler_with_sources() -> Done<PathBuf> {
    let version = compiler_version()?;
    let folder = paths::cache().join(format!("rust-{version}"));
    let compiler = folder.join("rustc");
    if compiler.is_file() {
        return Ok(compiler);
    }
    // The compiler's script is written last: without it, an earlier run broke off.
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .map_err(|error| Problem::doing("remove what an earlier run left", error))?;
    }
    let sources = fetch(&version, &folder)?;
    let sysroot = folder.join("sysroot");
    link_toolchain(&sysroot, &sources)?;
    let real = Shown::new("rustc").args(["--print", "sysroot"]).read()?;
    let script = format!(
        "#!/bin/sh\nexec '{}/bin/rustc' --sysroot '{}' \"$@\"\n",
        real.trim(),
        sysroot.display()
    );
    files::write_program(&compiler, &script)?;
    Ok(compiler)
}

fn compiler_version() -> Done<String> {
    let said = Shown::new("rustc").arg("--version").read()?;
    said.split_whitespace()
        .nth(1)
        .map(str::to_owned)
        .ok_or_else(|| Problem::new("`rustc --version` says no version"))
}

/// Unpacks the sources of `version` below `folder` and answers where they are.
fn fetch(version: &str, folder: &Path) -> Done<PathBuf> {
    let apt = PrivateApt::new(&folder.join("apt"))?;
    for archive in debian_archives()? {
        println!(
            "looking for rust-src {version} in {SUITE} of {}",
            archive.shown()
        );
        if apt.update(&archive).is_err() {
            continue;
        }
        let Some(package) = apt.version_of("rust-src", version)? else {
            continue;
        };
        let deb = apt.download("rust-src", &package)?;
        let unpacked = folder.join("unpacked");
        Shown::new("dpkg-deb")
            .arg("-x")
            .arg(&deb)
            .arg(&unpacked)
            .run()?;
        let sources = unpacked.join(format!("usr/src/rustc-{version}"));
        if sources.join("library/std").is_dir() {
            return Ok(sources);
        }
        return Err(Problem::new(format!(
            "rust-src {package} has no library/std"
        )));
    }
    Err(Problem::new(format!(
        "no Debian archive among this machine's apt sources has rust-src {version} in {SUITE}; \
         use a toolchain that rustup can add targets to"
    )))
}

/// A Debian archive of the machine's own apt sources.
struct Archive {
    address: String,
}

impl Archive {
    fn shown(&self) -> &str {
        self.address.rsplit('/').next().unwrap_or_default()
    }
}

/// The archives that the machine's own sources name, each followed by its undated form where it is a dated snapshot.
fn debian_archives() -> Done<Vec<Archive>> {
    let listed = Shown::new("apt-get")
        .args(["indextargets", "--format", "$(REPO_URI) $(ORIGIN)"])
        .read()?;
    let mut archives: Vec<Archive> = Vec::new();
    for line in listed.lines() {
        let mut words = line.split_whitespace();
        let (Some(address), Some("Debian")) = (words.next(), words.next()) else {
            continue;
        };
        for address in [
            Some(address.trim_end_matches('/').to_owned()),
            undated(address),
        ]
        .into_iter()
        .flatten()
        {
            if !archives.iter().any(|known| known.address == address) {
                archives.push(Archive { address });
            }
        }
    }
    Ok(archives)
}

/// `…/archive/debian/20250520T000000Z` without its date: `…/debian`.
fn undated(address: &str) -> Option<String> {
    let (mirror, dated) = address
        .trim_end_matches('/')
        .split_once("/archive/debian/")?;
    (!dated.is_empty()).then(|| format!("{mirror}/debian"))
}

/// apt with its own lists and sources; the machine's stay as they are.
struct PrivateApt {
    folder: PathBuf,
}

impl PrivateApt {
    fn new(folder: &Path) -> Done<Self> {
        for inner in ["lists/partial", "archives/partial"] {
            fs::create_dir_all(folder.join(inner))
                .map_err(|error| Problem::doing("make apt's folder", error))?;
        }
        fs::write(folder.join("status"), "")
            .map_err(|error| Problem::doing("make apt's folder", error))?;
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    fn update(&self, archive: &Archive) -> Done {
        let source = format!(
            "Types: deb\nURIs: {}\nSuites: {SUITE}\nComponents: main\nSigned-By: {KEYRING}\n",
            archive.address
        );
        fs::write(self.folder.join("debian.sources"), source)
            .map_err(|error| Problem::doing("write apt's sources", error))?;
        // Without this a source that cannot be reached is only a warning.
        self.command("apt-get")
            .args(["-o", "APT::Update::Error-Mode=any", "update"])
            .run()
    }

    /// The package's newest version that is made from `upstream`.
    fn version_of(&self, package: &str, upstream: &str) -> Done<Option<String>> {
        let listed = self
            .command("apt-cache")
            .args(["madison", package])
            .read()?;
        let versions = listed
            .lines()
            .filter_map(|line| line.split('|').nth(1))
            .map(str::trim);
        let mut same =
            versions.filter(|version| version.split(['+', '-', '~']).next() == Some(upstream));
        Ok(same.next().map(str::to_owned))
    }

    fn download(&self, package: &str, version: &str) -> Done<PathBuf> {
        let archives = self.folder.join("archives");
        self.command("apt-get")
            .args(["download", &format!("{package}={version}")])
            .inside(&archives)
            .run()?;
        let files =
            fs::read_dir(&archives).map_err(|error| Problem::doing("read apt's folder", error))?;
        let mut debs = files
            .filter_map(Result::ok)
            .map(|file| file.path())
            .filter(|file| file.extension().is_some_and(|kind| kind == "deb"));
        debs.next()
            .ok_or_else(|| Problem::new(format!("apt-get downloaded no {package}")))
    }

    fn command(&self, program: &str) -> Shown {
        let folder = self.folder.display();
        [
            format!("Dir::Etc::sourcelist={folder}/debian.sources"),
            "Dir::Etc::sourceparts=/dev/null".to_owned(),
            format!("Dir::State::lists={folder}/lists"),
            format!("Dir::State::status={folder}/status"),
            format!("Dir::Cache={folder}"),
            format!("Dir::Cache::archives={folder}/archives"),
            // The folder belongs to whoever runs this, not to apt's own user.
            "APT::Sandbox::User=root".to_owned(),
        ]
        .iter()
        .fold(Shown::new(program), |command, setting| {
            command.arg("-o").arg(setting)
        })
    }
}

/// A folder of links to everything of the toolchain, with the sources where cargo looks for them.
fn link_toolchain(sysroot: &Path, sources: &Path) -> Done {
    let real = Shown::new("rustc").args(["--print", "sysroot"]).read()?;
    let real = Path::new(real.trim());
    link_all(&real.join("lib"), &sysroot.join("lib"), "rustlib")?;
    link_all(
        &real.join("lib/rustlib"),
        &sysroot.join("lib/rustlib"),
        "src",
    )?;
    let folder = sysroot.join("lib/rustlib/src");
    fs::create_dir_all(&folder)
        .map_err(|error| Problem::doing("link the standard library's sources", error))?;
    files::link(sources, &folder.join("rust"))
}

fn link_all(from: &Path, to: &Path, except: &str) -> Done {
    let linking = |error| Problem::doing(&format!("link {}", from.display()), error);
    fs::create_dir_all(to).map_err(linking)?;
    for file in fs::read_dir(from).map_err(linking)? {
        let file = file.map_err(linking)?;
        if file.file_name() != except {
            files::link(&file.path(), &to.join(file.file_name()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::undated;

    #[test]
    fn a_dated_snapshot_is_also_tried_without_its_date() {
        assert_eq!(
            undated("http://mirror.example/archive/debian/20250520T000000Z/").as_deref(),
            Some("http://mirror.example/debian")
        );
        assert_eq!(undated("http://mirror.example/debian"), None);
    }
}
