use std::ffi::OsStr;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::last_lines;
use crate::paths;
use crate::problem::{Done, Problem};

/// A command that is shown before it runs, from the repository's root unless told otherwise.
pub struct Shown(Command);

impl Shown {
    /// The program with no arguments yet. On Windows `npm` and `npx` are scripts of another name.
    pub fn new(program: &str) -> Self {
        let script = cfg!(windows) && matches!(program, "npm" | "npx");
        let mut command = Command::new(if script {
            format!("{program}.cmd")
        } else {
            program.to_owned()
        });
        command.current_dir(paths::root());
        Self(command)
    }

    /// Cargo, the one that runs this command. What it told this program about its own package is not passed on: build scripts that
    /// look at those variables would run again, and all that depends on them, whenever a build was started the other way.
    pub fn cargo() -> Self {
        let mut cargo = Self::new(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
        for (name, _) in std::env::vars_os() {
            let told = name.to_string_lossy();
            if told.starts_with("CARGO_PKG_") || told.starts_with("CARGO_MANIFEST_") {
                cargo.0.env_remove(&name);
            }
        }
        cargo
    }

    /// Adds one argument.
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.0.arg(argument);
        self
    }

    /// Adds arguments.
    pub fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.0.args(arguments);
        self
    }

    /// Sets a variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    /// Runs in another folder.
    pub fn inside(mut self, folder: impl AsRef<Path>) -> Self {
        self.0.current_dir(folder);
        self
    }

    /// Runs the command to its end with its output shown. Where the output goes to a file, its last lines are in the problem too:
    /// whoever reads the end of that file sees what failed. In a terminal the command has the terminal.
    pub fn run(mut self) -> Done {
        if !std::io::stdout().is_terminal() {
            return self.run_and_read_end().map(drop);
        }
        let line = self.line();
        println!("$ {line}");
        let status = self.0.stdin(Stdio::null()).status();
        let status = status.map_err(|error| Problem::doing(&line, error))?;
        if status.success() {
            return Ok(());
        }
        Err(Problem::new(format!("`{line}` ended with {status}")))
    }

    /// The same without a terminal; answers the last lines of what it printed.
    pub fn run_and_read_end(mut self) -> Done<Vec<String>> {
        let line = self.line();
        println!("$ {line}");
        self.0.stdin(Stdio::null());
        let (status, last) =
            last_lines::run(self.0).map_err(|error| Problem::doing(&line, error))?;
        if status.success() {
            return Ok(last);
        }
        Err(Problem::new(format!("`{line}` ended with {status}")).after(last))
    }

    /// Runs the command in the foreground: it may read from the terminal (a password for sudo, say).
    pub fn run_in_terminal(mut self) -> Done {
        let line = self.line();
        println!("$ {line}");
        let status = self
            .0
            .status()
            .map_err(|error| Problem::doing(&line, error))?;
        if status.success() {
            Ok(())
        } else {
            Err(Problem::new(format!("`{line}` ended with {status}")))
        }
    }

    /// Runs the command quietly and answers what it printed.
    pub fn read(mut self) -> Done<String> {
        let line = self.line();
        let output = self.0.stdin(Stdio::null()).stderr(Stdio::piped()).output();
        let output = output.map_err(|error| Problem::doing(&line, error))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(Problem::new(format!(
            "`{line}` ended with {}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        )))
    }

    /// Runs the command and answers its standard output, its errors shown as they come.
    pub fn read_showing_errors(mut self) -> Done<String> {
        let line = self.line();
        println!("$ {line}");
        let output = self
            .0
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output();
        let output = output.map_err(|error| Problem::doing(&line, error))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(Problem::new(format!(
            "`{line}` ended with {}",
            output.status
        )))
    }

    /// Runs the command with its errors shown as they come, and answers its standard output and whether it succeeded.
    pub fn tell(mut self) -> Done<(String, bool)> {
        let line = self.line();
        println!("$ {line}");
        let output = self
            .0
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| Problem::doing(&line, error))?;
        Ok((
            String::from_utf8_lossy(&output.stdout).into_owned(),
            output.status.success(),
        ))
    }

    fn line(&self) -> String {
        let program = Path::new(self.0.get_program())
            .file_name()
            .unwrap_or(self.0.get_program());
        let words = std::iter::once(program).chain(self.0.get_args());
        words
            .map(|word| quoted(&word.to_string_lossy()))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Where a program of this name is, of those that can be started from here.
pub fn find_program(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path)
        .map(|folder| folder.join(&name))
        .find(|program| program.is_file())
}

/// Whether a program of this name can be started from here.
pub fn is_on_path(program: &str) -> bool {
    find_program(program).is_some()
}

fn quoted(word: &str) -> String {
    if word.is_empty() || word.contains([' ', '*', '(', ')', '&', '|', ';', '"', '\'']) {
        return format!("'{word}'");
    }
    word.to_owned()
}
