use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::FileExt;
use std::path::Path;

use super::{Canary, Hit};
use crate::desktop::Property;
use crate::{Failure, Told};

/// Memory and files are read in pieces of this many bytes.
const PIECE: usize = 4 << 20;

/// The size of a page on the processors that desktops have.
const PAGE: u64 = 4096;

/// Every file below a folder. Sockets and pipes hold nothing.
pub fn files(canary: &Canary, root: &Path) -> Told<(usize, Vec<Hit>)> {
    let (mut count, mut hits) = (0, Vec::new());
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            // As a file, a folder may go away after it was listed.
            Err(error) if error.kind() == ErrorKind::NotFound && folder != root => continue,
            Err(error) => {
                let doing = format!("list {}", folder.display());
                return Err(Failure::from_error(&doing, error));
            }
        };
        for entry in entries.filter_map(Result::ok) {
            // A file may go away between being listed and being read.
            let (path, Ok(kind)) = (entry.path(), entry.file_type()) else {
                continue;
            };
            let place = path.display().to_string();
            hits.extend(canary.search(place.as_bytes(), &format!("the name of {place}")));
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file()
                && let Ok(mut file) = File::open(&path)
            {
                count += 1;
                let mut content = Vec::new();
                let reading = |error| Failure::from_error(&format!("read {place}"), error);
                file.read_to_end(&mut content).map_err(reading)?;
                hits.extend(canary.search(&content, &place));
            }
        }
    }
    Ok((count, hits))
}

/// What the system tells everybody of these processes: arguments, environment, name.
pub fn told_by_the_system(canary: &Canary, processes: &[u32]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for id in processes {
        for what in ["cmdline", "environ", "comm"] {
            let place = format!("/proc/{id}/{what}");
            // A process may have ended in between.
            hits.extend(canary.search(&fs::read(&place).unwrap_or_default(), &place));
        }
    }
    hits
}

/// All the memory of a process that a core dump would have: how many bytes, and what is in them. Pages that were only promised and
/// never used are passed over.
pub fn memory(canary: &Canary, process: u32) -> Told<(u64, Vec<Hit>)> {
    let reading = |error| Failure::from_error(&format!("read the memory of {process}"), error);
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).map_err(reading)?;
    let memory = File::open(format!("/proc/{process}/mem")).map_err(reading)?;
    let pages = File::open(format!("/proc/{process}/pagemap")).map_err(reading)?;
    let (mut read, mut hits): (u64, Vec<Hit>) = (0, Vec::new());
    let mut piece = vec![0_u8; PIECE];
    for map in maps.lines().filter_map(Map::of) {
        let place = format!("the memory of {process}, {}", map.name);
        for (from, to) in used(&pages, &map).map_err(reading)? {
            let mut at = from;
            while at < to {
                let length = usize::try_from(to - at).unwrap_or(PIECE).min(PIECE);
                // The memory of a device cannot be read; neither is it in a core dump.
                let Ok(got @ 1..) = memory.read_at(&mut piece[..length], at) else {
                    break;
                };
                read += got as u64;
                for hit in canary.search(&piece[..got], &place) {
                    if !hits.contains(&hit) {
                        hits.push(hit);
                    }
                }
                // What lies across the end of a piece is seen with the next.
                let last = at + got as u64 == to;
                at += (if last {
                    got
                } else {
                    got.saturating_sub(canary.longest()).max(1)
                }) as u64;
            }
        }
    }
    Ok((read, hits))
}

/// The stretches of a mapping whose pages are in memory or were swapped out (bits 63 and 62 of the kernel's `pagemap`).
fn used(pages: &File, map: &Map<'_>) -> std::io::Result<Vec<(u64, u64)>> {
    const PAGES_AT_ONCE: u64 = 1 << 16;
    let mut stretches: Vec<(u64, u64)> = Vec::new();
    let mut page = map.from / PAGE;
    let end = map.to.div_ceil(PAGE);
    while page < end {
        let count = (end - page).min(PAGES_AT_ONCE);
        let mut entries = vec![0_u8; usize::try_from(count * 8).unwrap_or_default()];
        pages.read_exact_at(&mut entries, page * 8)?;
        for (number, entry) in entries.chunks_exact(8).enumerate() {
            // The two bits are in the last byte, as the least comes first.
            if entry[7] & 0xc0 == 0 {
                continue;
            }
            let from = (page + number as u64) * PAGE;
            match stretches.last_mut() {
                Some((_, to)) if *to == from => *to += PAGE,
                _ => stretches.push((from, from + PAGE)),
            }
        }
        page += count;
    }
    Ok(stretches)
}

/// One line of `/proc/<id>/maps`.
struct Map<'a> {
    from: u64,
    to: u64,
    name: &'a str,
}

impl<'a> Map<'a> {
    /// `None` for what cannot be read, and for the pages the kernel puts there itself.
    fn of(line: &'a str) -> Option<Self> {
        let mut words = line.splitn(6, ' ');
        let (from, to) = words.next()?.split_once('-')?;
        let readable = words.next()?.starts_with('r');
        let name = words.nth(3).unwrap_or_default().trim();
        if !readable || matches!(name, "[vvar]" | "[vsyscall]" | "[vvar_vclock]") {
            return None;
        }
        Some(Self {
            from: u64::from_str_radix(from, 16).ok()?,
            to: u64::from_str_radix(to, 16).ok()?,
            name: if name.is_empty() { "no file" } else { name },
        })
    }
}

/// Everything the windows of a display are described by: titles above all.
pub fn properties(canary: &Canary, described: &[Property]) -> Vec<Hit> {
    described
        .iter()
        .flat_map(|(place, value)| canary.search(value, place))
        .collect()
}

/// The connections over a network that `strace` saw: how many led to this computer itself, and where the others led.
pub fn connections(trace: &str) -> (usize, Vec<String>) {
    let to_a_network = trace.lines().filter(|line| {
        line.contains("AF_INET") && (line.contains("connect(") || line.contains("sendto("))
    });
    let (to_itself, others): (Vec<&str>, Vec<&str>) = to_a_network.partition(|line| {
        line.contains("inet_addr(\"127.") || line.contains("inet_pton(AF_INET6, \"::1\"")
    });
    (
        to_itself.len(),
        others.into_iter().map(str::to_owned).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "k7Qv2mXc9LpR4tZs8WbN1yHd6JfG3aEu";

    #[test]
    fn a_secret_in_this_process_is_found_in_its_memory() {
        let canary = Canary::of(&[("the secret", SECRET)]);
        let held = SECRET.to_owned();
        let (read, hits) = memory(&canary, std::process::id()).expect("own memory can be read");
        assert!(read > 1 << 20, "{read}");
        assert!(!hits.is_empty(), "{held} is held");
    }

    #[test]
    fn a_secret_in_a_file_of_an_inner_folder_is_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).expect("made");
        fs::write(inner.join("notes"), format!("… {SECRET} …")).expect("written");
        let canary = Canary::of(&[("the secret", SECRET)]);
        let (count, hits) = files(&canary, folder.path()).expect("read");
        assert_eq!((count, hits.len()), (1, 2));
    }

    #[test]
    fn a_connection_to_another_computer_is_told_from_one_to_this() {
        let trace = "\
1 connect(3, {sa_family=AF_UNIX, sun_path=\"/run/bus\"}, 19) = 0
2 connect(4, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr(\"127.0.0.1\")}, 16) = 0
3 connect(5, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr(\"192.0.2.1\")}, 16) = 0
4 connect(6, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, \"::1\", &sin6_addr)}, 28) = 0
5 connect(6, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, \"2001:db8::1\", &sin6_addr)}, 28) = 0
";
        let (to_itself, others) = connections(trace);
        assert_eq!(to_itself, 2);
        assert_eq!(others.len(), 2, "{others:?}");
    }
}
