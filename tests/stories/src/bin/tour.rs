//! The main job and what may come after it, in the real window, with a picture of each step under `target/tour`.

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() -> std::process::ExitCode {
    match tour().await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(target_os = "linux")]
async fn tour() -> stories::Told {
    use stories::{Desktop, Practice, Reporter, Theme, repository, scenarios};

    let folder = repository().join("target/tour");
    let mut reporter = Reporter::with_pictures(&folder)?;
    let desktop = Desktop::start_watched(Theme::Light).await?;
    let practice = Practice::start(150)?;
    let gone = practice.base().to_owned();
    let handed = scenarios::main_job(&mut reporter, &desktop, &practice).await?;
    drop(practice);
    scenarios::later(&mut reporter, &desktop, &gone, &handed).await?;
    scenarios::only_this_computer(&mut reporter, &desktop).await?;
    drop(desktop);
    let desktop = Desktop::start_watched(Theme::Light).await?;
    scenarios::keychain_refuses(&mut reporter, &desktop, &Practice::start(20)?).await?;
    scenarios::only_this_computer(&mut reporter, &desktop).await?;
    drop(desktop);
    let desktop = Desktop::start_watched(Theme::Dark).await?;
    scenarios::practice_door(&mut reporter, &desktop).await?;
    scenarios::only_this_computer(&mut reporter, &desktop).await?;
    drop(desktop);
    let desktop = Desktop::start_watched(Theme::Dark).await?;
    scenarios::check_computer(&mut reporter, &desktop, Practice::start(20)?).await?;
    scenarios::only_this_computer(&mut reporter, &desktop).await?;
    println!(
        "\nEach step did what it says. The pictures are in {}.",
        folder.display()
    );
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("The tour runs on Linux, where a display can be made in memory.");
    std::process::exit(1);
}
