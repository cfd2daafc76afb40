use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::{Desktop, Failure, Told};

/// Tells a story step by step: each is named, timed, and pictured once it holds.
pub struct Reporter {
    pictures: Option<PathBuf>,
    told: usize,
}

impl Reporter {
    /// Prints the steps only.
    pub fn without_pictures() -> Self {
        Self {
            pictures: None,
            told: 0,
        }
    }

    /// Prints the steps and keeps a picture of each in `folder`, which is emptied first.
    pub fn with_pictures(folder: &Path) -> Told<Self> {
        let preparing =
            |error| Failure::from_error(&format!("prepare {}", folder.display()), error);
        if folder.is_dir() {
            std::fs::remove_dir_all(folder).map_err(preparing)?;
        }
        std::fs::create_dir_all(folder).map_err(preparing)?;
        Ok(Self {
            pictures: Some(folder.to_owned()),
            told: 0,
        })
    }

    /// Begins a story.
    pub fn story(&self, title: &str) {
        println!("\n{title}");
    }

    /// One step: it is done when `work` is, which must have looked whether it did what `what` says.
    pub async fn step<T>(
        &mut self,
        desktop: &Desktop,
        what: &str,
        work: impl Future<Output = Told<T>>,
    ) -> Told<T> {
        self.tell(desktop, what, work, true).await
    }

    /// The same once the window is closed: there is nothing to picture.
    pub async fn step_afterwards<T>(
        &mut self,
        desktop: &Desktop,
        what: &str,
        work: impl Future<Output = Told<T>>,
    ) -> Told<T> {
        self.tell(desktop, what, work, false).await
    }

    async fn tell<T>(
        &mut self,
        desktop: &Desktop,
        what: &str,
        work: impl Future<Output = Told<T>>,
        pictured: bool,
    ) -> Told<T> {
        self.told += 1;
        let started = Instant::now();
        let outcome = work.await;
        let seconds = started.elapsed().as_secs_f32();
        let picture = if pictured {
            self.picture(desktop, what).await?
        } else {
            String::new()
        };
        let sign = if outcome.is_ok() { "ok    " } else { "FAILED" };
        println!(
            "  {:>2}  {sign} {seconds:>5.1} s  {what}{picture}",
            self.told
        );
        outcome.map_err(|failure| {
            Failure::new(format!("{what}:"))
                .and(failure)
                .and(desktop.printed())
        })
    }

    async fn picture(&self, desktop: &Desktop, what: &str) -> Told<String> {
        let Some(folder) = &self.pictures else {
            return Ok(String::new());
        };
        let words: String = what
            .to_lowercase()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        let words: Vec<&str> = words.split('-').filter(|word| !word.is_empty()).collect();
        let name = format!("{:02}-{}.png", self.told, words.join("-"));
        // Colours take a moment to change.
        tokio::time::sleep(Duration::from_millis(250)).await;
        desktop.picture(&folder.join(&name))?;
        Ok(format!("  [{name}]"))
    }
}
