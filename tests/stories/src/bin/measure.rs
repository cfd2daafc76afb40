//! Prints the program's figures beside an empty window's and the goals. Built and started by `cargo xtask bench`.

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() -> std::process::ExitCode {
    match figures::all().await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("The figures are measured on Linux, where a display can be made in memory.");
    std::process::exit(1);
}

#[cfg(target_os = "linux")]
mod figures {
    use std::time::Duration;

    use stories::measure::{
        Keystrokes, Row, family_memory, keystrokes, median, percentile_95, print, refresh, start,
    };
    use stories::{Desktop, Failure, Role, Theme, Told, built, seed_practice};

    const STARTS: usize = 7;
    const SEARCHES: [&str; 4] = ["aurora", "cold storage", "harbor", "xyz"];
    const MEGABYTE: f64 = 1_000_000.0;

    pub async fn all() -> Told {
        let desktop = Desktop::start(Theme::Light).await?;
        seed_practice(&desktop, 1_000)?;
        println!("reading 1,000 subaccounts for the first time");
        let window = desktop.open(&["--practice"]).await?;
        window
            .shows_within("Up to date", Duration::from_secs(300))
            .await?;
        let refreshed = refresh(&window).await?;
        let at_thousand = keystrokes(&window, &SEARCHES).await?;
        window.close().await?;
        save_as_real(&desktop)?;
        let mut rows = starts_and_memory(&desktop).await?;
        drop(desktop);
        rows.push(Row {
            what: "refresh of 1,000 subaccounts".to_owned(),
            figure: format!("{:.1} s", refreshed / 1000.0),
            beside: String::new(),
            ratio: None,
            goal: "",
            met: None,
        });
        rows.extend(typing_rows("1,000", at_thousand, "≤ 16 ms", 16.0));
        let at_ten_thousand = at_ten_thousand().await?;
        rows.extend(typing_rows("10,000", at_ten_thousand, "≤ 33 ms", 33.0));
        print(&rows);
        Ok(())
    }

    /// The saved list as a real account's, so that the made-up Twilio is not measured along. Its Auth Token is in no keychain, so
    /// nothing is asked of anybody.
    fn save_as_real(desktop: &Desktop) -> Told {
        let copied = || {
            let (from, to) = (
                desktop.data().join("practice"),
                desktop.data().join("account"),
            );
            std::fs::create_dir_all(&to)?;
            for entry in std::fs::read_dir(from)? {
                let entry = entry?;
                if entry.file_type()?.is_file() && entry.file_name() != "made-up-twilio.json" {
                    std::fs::copy(entry.path(), to.join(entry.file_name()))?;
                }
            }
            Ok::<_, std::io::Error>(())
        };
        copied().map_err(|error| Failure::from_error("copy the saved list", error))
    }

    async fn starts_and_memory(desktop: &Desktop) -> Told<Vec<Row>> {
        let (program, empty) = (built("subvault")?, built("empty-window")?);
        let data = desktop.data().display().to_string();
        let arguments = ["--measure", "--data", &data];
        let (mut own, mut others, mut at_once) = (Vec::new(), Vec::new(), Vec::new());
        // The empty window is hidden until it is painted, as the program's is; that costs an extra turn between page and window, so
        // one that is shown at once is measured too.
        // In turns, so that whatever else the machine does meets both alike.
        for _ in 0..STARTS {
            own.push(start(desktop, &program, &arguments).await?.painted_after);
            others.push(start(desktop, &empty, &[]).await?.painted_after);
            at_once.push(start(desktop, &empty, &["--at-once"]).await?.painted_after);
        }
        let own_memory = family_memory(start(desktop, &program, &arguments).await?.id()).await?;
        let others_memory = family_memory(start(desktop, &empty, &[]).await?.id()).await?;
        let (own, others, at_once) = (median(own), median(others), median(at_once));
        Ok(vec![
            beside(
                "start to the first painted list, 1,000 saved",
                own,
                others,
                1.0,
                "ms",
                Some(("≤ 1.3 ×", 1.3)),
            ),
            beside(
                "  beside one that is shown before it is painted",
                own,
                at_once,
                1.0,
                "ms",
                None,
            ),
            beside(
                "memory of all its processes",
                own_memory,
                others_memory,
                MEGABYTE,
                "MB",
                Some(("≤ 1.25 ×", 1.25)),
            ),
        ])
    }

    async fn at_ten_thousand() -> Told<Keystrokes> {
        let desktop = Desktop::start(Theme::Light).await?;
        seed_practice(&desktop, 10_000)?;
        let window = desktop.open(&["--practice"]).await?;
        window
            .shows_within("10,000", Duration::from_secs(120))
            .await?;
        let page = window.page();
        if page.count(Role::Button, "Stop").await? > 0 {
            page.button("Stop").click().await?;
            page.button("Stop").is_gone().await?;
        }
        let typed = keystrokes(&window, &SEARCHES).await?;
        window.close().await?;
        Ok(typed)
    }

    fn beside(
        what: &str,
        own: f64,
        other: f64,
        unit: f64,
        name: &str,
        goal: Option<(&'static str, f64)>,
    ) -> Row {
        let ratio = own / other;
        Row {
            what: what.to_owned(),
            figure: format!("{:.0} {name}", own / unit),
            beside: format!("{:.0} {name}", other / unit),
            ratio: Some(ratio),
            goal: goal.map_or("", |(goal, _)| goal),
            met: goal.map(|(_, most)| ratio <= most),
        }
    }

    fn typing_rows(count: &str, typed: Keystrokes, goal: &'static str, most: f64) -> [Row; 2] {
        let row = |what: String, p95: f64| Row {
            what,
            figure: format!("{p95:.1} ms"),
            beside: String::new(),
            ratio: None,
            goal: "",
            met: None,
        };
        let (listed, painted) = (percentile_95(typed.listed), percentile_95(typed.painted));
        [
            Row {
                goal,
                met: Some(listed <= most),
                ..row(
                    format!("keystroke to filtered list at {count}, p95"),
                    listed,
                )
            },
            row("  and to its next painted frame".to_owned(), painted),
        ]
    }
}
