use std::collections::HashMap;
use std::fs;
use std::path::Path;

use crate::{Failure, Told};

/// The process and its descendants.
pub fn family(id: u32) -> Told<Vec<u32>> {
    let entries =
        fs::read_dir("/proc").map_err(|error| Failure::from_error("list the processes", error))?;
    let ids = entries
        .filter_map(Result::ok)
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let parents: HashMap<u32, u32> = ids.filter_map(|id| Some((id, parent_of(id)?))).collect();
    let descends = |mut one: u32| loop {
        if one == id {
            return true;
        }
        match parents.get(&one) {
            Some(&parent) => one = parent,
            None => return false,
        }
    };
    Ok(parents
        .keys()
        .copied()
        .filter(|&one| descends(one))
        .collect())
}

fn parent_of(id: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name in brackets may hold anything; the parent is the second word after it.
    stat.rsplit_once(')')?
        .1
        .split_whitespace()
        .nth(1)?
        .parse()
        .ok()
}

/// The member of a process's family that runs this program, if one does.
pub fn running_in_family(id: u32, program: &Path) -> Told<Option<u32>> {
    let runs =
        |one: &u32| fs::read_link(format!("/proc/{one}/exe")).is_ok_and(|exe| exe == program);
    Ok(family(id)?.into_iter().find(runs))
}

/// The member of a process's family that the kernel calls by a name beginning so; it cuts names to 15 characters.
pub fn called_in_family(id: u32, name: &str) -> Told<Option<u32>> {
    let called = |one: &u32| {
        fs::read_to_string(format!("/proc/{one}/comm")).is_ok_and(|comm| comm.starts_with(name))
    };
    Ok(family(id)?.into_iter().find(called))
}
