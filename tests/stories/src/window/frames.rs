use std::time::Duration;

use serde_json::Value;

use super::Window;
use crate::{Failure, Told};

const BEGIN: &str = "
const watch = { gaps: [], last: performance.now(), on: true };
window.framesOfAStory = watch;
const frame = (now) => {
  if (!watch.on) return;
  watch.gaps.push(now - watch.last);
  watch.last = now;
  requestAnimationFrame(frame);
};
requestAnimationFrame((now) => { watch.last = now; requestAnimationFrame(frame); });";

const END: &str = "
const watch = window.framesOfAStory;
watch.on = false;
// A page that has ceased to be painted has no frame that would end its last gap.
const longest = watch.gaps.reduce((longest, gap) => Math.max(longest, gap), performance.now() - watch.last);
return [watch.gaps.length, longest];";

/// How smoothly the page was painted over some time.
#[derive(Debug, Clone, Copy)]
pub struct Frames {
    /// How many frames there were.
    pub count: u64,
    /// The longest time from one frame to the next, or from the last frame to the end.
    pub longest_gap: Duration,
}

impl Window {
    /// Begins to measure the time from frame to frame, in the page itself.
    pub async fn watch_frames(&self) -> Told {
        self.script(BEGIN, Vec::new()).await.map(drop)
    }

    /// Ends what [`Window::watch_frames`] began.
    pub async fn frames(&self) -> Told<Frames> {
        let answer = self.script(END, Vec::new()).await?;
        let (count, longest) = (answer[0].as_u64(), answer[1].as_f64());
        match (count, longest) {
            (Some(count), Some(longest)) => Ok(Frames {
                count,
                longest_gap: Duration::from_secs_f64(longest.max(0.0) / 1000.0),
            }),
            _ => Err(Failure::new(format!(
                "the frames are {}",
                Value::clone(&answer)
            ))),
        }
    }
}
