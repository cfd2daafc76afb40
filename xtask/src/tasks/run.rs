use crate::command::Shown;
use crate::paths;
use crate::problem::{Done, Problem};
use crate::setup::{self, front_end, needs};

/// Builds the program and opens it; without a display, runs the main job on a display in memory.
pub fn run(arguments: &[String]) -> Done {
    let real = match arguments {
        [] => false,
        [only] if only == "--real" => true,
        _ => {
            return Err(Problem::new(format!(
                "not understood: {}",
                arguments.join(" ")
            )));
        }
    };
    let display = has_display();
    if !display && real {
        return Err(Problem::new(
            "There is no display here, and the tour never uses a real account.",
        ));
    }
    setup::provide(if display {
        &[needs::BUILD]
    } else {
        &[needs::BUILD, needs::DESKTOP]
    })?;
    front_end::prepare_pages()?;
    if display {
        Shown::cargo()
            .args(["build", "--package", "subvault"])
            .run()?;
        let program = Shown::new(&paths::built("subvault").to_string_lossy());
        return if real {
            program
        } else {
            program.arg("--practice")
        }
        .run_in_terminal();
    }
    println!("There is no display here: the main job runs on a display in memory.");
    Shown::cargo()
        .args([
            "build",
            "--package",
            "subvault",
            "--package",
            "practice",
            "--package",
            "stories",
        ])
        .run()?;
    Shown::new(&paths::built("tour").to_string_lossy()).run_in_terminal()
}

fn has_display() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
