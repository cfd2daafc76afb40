use std::collections::{BTreeMap, BTreeSet};

use super::names::Names;
use super::source::{Module, Source};

/// A name may be handed on by so many modules, one after the other.
const HANDED_ON: usize = 16;

/// Which files use which, each by the module that it is. A name counts as a use of the file that it is written in, whoever hands it on; a
/// module that is only named on the way to something in it is not used. That a module uses its own parts is not counted: it is made of
/// them, and they may use what it says of all of them.
pub fn uses(source: &Source) -> BTreeMap<Names, BTreeSet<Names>> {
    let mut all: BTreeMap<Names, BTreeSet<Names>> = BTreeMap::new();
    for (name, module) in &source.modules {
        let used = all.entry(module.file.clone()).or_default();
        for written in module.brought_in.iter().chain(&module.mentioned) {
            let found = from_root(source, name, written).map(|path| resolve(source, &path, 0));
            if let Some((found, true)) = found
                && let Some(found) = source.modules.get(&found)
                && !found.file.starts_with(&module.file)
            {
                used.insert(found.file.clone());
            }
        }
    }
    all
}

/// A path as it is written in a module, from the package's root. `None` where it begins with another package, or with nothing known.
fn from_root(source: &Source, module: &Names, written: &Names) -> Option<Names> {
    let (first, rest) = written.split_first()?;
    let own = |more: &[String]| module.iter().chain(more).cloned().collect::<Names>();
    match first.as_str() {
        "crate" => Some(rest.to_vec()),
        "self" => from_root_within(module.clone(), rest),
        "super" => {
            let mut parent = module.clone();
            parent.pop()?;
            from_root_within(parent, rest)
        }
        name => {
            let here = source.modules.get(module)?;
            let is_known = here.imports.contains_key(name)
                || source.modules.contains_key(&own(&[name.to_owned()]))
                || !here.globs.is_empty();
            is_known.then(|| own(written))
        }
    }
}

/// The rest of a path that began in `module`, which may begin with further steps outward.
fn from_root_within(module: Names, rest: &[String]) -> Option<Names> {
    match rest.split_first() {
        Some((first, further)) if first == "super" => {
            let mut parent = module;
            parent.pop()?;
            from_root_within(parent, further)
        }
        _ => Some(module.iter().chain(rest).cloned().collect()),
    }
}

/// The module in which what a path names is written, and whether anything in it is named, beside the module itself.
fn resolve(source: &Source, path: &[String], handed_on: usize) -> (Names, bool) {
    let mut module = Names::new();
    for (step, name) in path.iter().enumerate() {
        let inner: Names = module.iter().chain([name]).cloned().collect();
        if source.modules.contains_key(&inner) {
            module = inner;
            continue;
        }
        let rest = path.get(step + 1..).unwrap_or_default();
        let taken_from = source
            .modules
            .get(&module)
            .filter(|_| handed_on < HANDED_ON)
            .and_then(|here| origin(source, &module, here, name));
        return match taken_from {
            Some(origin) if origin != path.get(..=step).unwrap_or_default() => {
                let further: Names = origin.iter().chain(rest).cloned().collect();
                resolve(source, &further, handed_on + 1)
            }
            _ => (module, true),
        };
    }
    (module, false)
}

/// Where a module has a name from, where it is not its own.
fn origin(source: &Source, name: &Names, module: &Module, wanted: &str) -> Option<Names> {
    if module.items.contains(wanted) {
        return None;
    }
    if let Some(written) = module.imports.get(wanted) {
        return from_root(source, name, written);
    }
    module.globs.iter().find_map(|glob| {
        let (from, _) = resolve(source, &from_root(source, name, glob)?, HANDED_ON);
        let has = source.modules.get(&from)?;
        let inner: Names = from.iter().cloned().chain([wanted.to_owned()]).collect();
        let is_there = has.items.contains(wanted)
            || has.imports.contains_key(wanted)
            || source.modules.contains_key(&inner);
        is_there.then_some(inner)
    })
}
