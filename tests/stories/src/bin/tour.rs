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
    use stories::{Desktop, Practice, Teller, Theme, repository, tales};

    let folder = repository().join("target/tour");
    let mut teller = Teller::with_pictures(&folder)?;
    let desktop = Desktop::start_watched(Theme::Light).await?;
    let practice = Practice::start(150)?;
    let gone = practice.base().to_owned();
    let handed = tales::main_job(&mut teller, &desktop, &practice).await?;
    drop(practice);
    tales::later(&mut teller, &desktop, &gone, &handed).await?;
    tales::only_this_computer(&mut teller, &desktop).await?;
    drop(desktop);
    let desktop = Desktop::start_watched(Theme::Light).await?;
    tales::keychain_refuses(&mut teller, &desktop, &Practice::start(20)?).await?;
    tales::only_this_computer(&mut teller, &desktop).await?;
    drop(desktop);
    let desktop = Desktop::start_watched(Theme::Dark).await?;
    tales::practice_door(&mut teller, &desktop).await?;
    tales::only_this_computer(&mut teller, &desktop).await?;
    drop(desktop);
    let desktop = Desktop::start_watched(Theme::Dark).await?;
    tales::check_computer(&mut teller, &desktop, Practice::start(20)?).await?;
    tales::only_this_computer(&mut teller, &desktop).await?;
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
