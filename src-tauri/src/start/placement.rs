//! How large the window opens, and where: inside a screen's work area, whatever was saved and however the display is scaled.

use std::path::Path;

use serde_json::Value;
use tauri::{LogicalSize, Monitor, PhysicalPosition};

/// The size of a window that was never opened before.
const USUAL: LogicalSize<f64> = LogicalSize::new(1180.0, 760.0);
/// What the page needs, where the screen has as much.
const SMALLEST: LogicalSize<f64> = LogicalSize::new(800.0, 560.0);
/// Kept free for the frame, which the system adds to the size that a program asks for; its measures are known only once it is seen. Title
/// bars are at most 47 units high (GNOME's), frames 8 wide.
const FRAME: LogicalSize<f64> = LogicalSize::new(16.0, 48.0);
/// A longer file is none that a window's size was saved in.
const LONGEST_FILE: u64 = 64 * 1024;

/// The part of a screen that windows may take, in physical pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorkArea {
    left: i64,
    top: i64,
    width: i64,
    height: i64,
    /// Physical pixels to a logical unit.
    scale: f64,
}

impl From<&Monitor> for WorkArea {
    fn from(monitor: &Monitor) -> Self {
        let area = monitor.work_area();
        Self {
            left: area.position.x.into(),
            top: area.position.y.into(),
            width: area.size.width.into(),
            height: area.size.height.into(),
            scale: monitor.scale_factor(),
        }
    }
}

/// Where the window was last, in physical pixels. It may have been written on another screen, or by anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    left: i64,
    top: i64,
    width: i64,
    height: i64,
    maximized: bool,
}

/// Where the window opens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placement {
    /// Of what is inside the frame.
    pub size: LogicalSize<f64>,
    /// The smallest that it can be made.
    pub smallest: LogicalSize<f64>,
    /// Of the frame's corner; left to the system where no screen is known.
    pub position: Option<PhysicalPosition<i32>>,
    pub maximized: bool,
}

/// Reads what the window's state was saved as, by label, in the file of Tauri's plugin. What cannot be read was not saved.
pub fn saved_in(file: &Path, label: &str) -> Option<Saved> {
    if std::fs::metadata(file).is_ok_and(|file| !file.is_file() || file.len() > LONGEST_FILE) {
        return None;
    }
    read(&std::fs::read(file).ok()?, label)
}

fn read(bytes: &[u8], label: &str) -> Option<Saved> {
    let states: Value = serde_json::from_slice(bytes).ok()?;
    let state = states.get(label)?;
    let number = |name| state.get(name).and_then(Value::as_i64);
    let saved = Saved {
        left: number("x")?,
        top: number("y")?,
        width: number("width")?,
        height: number("height")?,
        maximized: state.get("maximized").and_then(Value::as_bool) == Some(true),
    };
    (saved.width > 0 && saved.height > 0).then_some(saved)
}

/// Places the window: as it was where that can be seen, else in the middle of the first screen.
pub fn place(saved: Option<Saved>, screens: &[WorkArea]) -> Placement {
    let usable = || screens.iter().filter(|screen| screen.is_usable());
    let kept = saved.and_then(|saved| {
        let most = usable().max_by_key(|screen| screen.shares(&saved))?;
        (most.shares(&saved) > 0).then_some((most, Some(saved)))
    });
    // What was saved for a screen that is gone still says how large it was.
    let Some((screen, seen)) = kept.or_else(|| Some((usable().next()?, None))) else {
        return Placement {
            size: USUAL,
            smallest: SMALLEST,
            position: None,
            maximized: false,
        };
    };
    let room = screen.room();
    let wanted = saved.map_or(USUAL, |saved| screen.logical(saved.width, saved.height));
    let smallest = LogicalSize::new(
        SMALLEST.width.min(room.width),
        SMALLEST.height.min(room.height),
    );
    let size = LogicalSize::new(
        wanted.width.clamp(smallest.width, room.width),
        wanted.height.clamp(smallest.height, room.height),
    );
    Placement {
        size,
        smallest,
        position: Some(screen.position(seen, size)),
        maximized: saved.is_some_and(|saved| saved.maximized),
    }
}

impl WorkArea {
    fn is_usable(&self) -> bool {
        self.scale.is_finite() && self.scale > 0.0 && self.width > 0 && self.height > 0
    }

    /// How many pixels of what was saved are here.
    fn shares(&self, saved: &Saved) -> i128 {
        let shared = |start: i64, length: i64, from: i64, size: i64| {
            let (start, from) = (i128::from(start), i128::from(from));
            let end = (start + i128::from(length)).min(from + i128::from(size));
            (end - start.max(from)).max(0)
        };
        shared(self.left, self.width, saved.left, saved.width)
            * shared(self.top, self.height, saved.top, saved.height)
    }

    fn logical(&self, width: i64, height: i64) -> LogicalSize<f64> {
        LogicalSize::new(
            pixels_to_number(width) / self.scale,
            pixels_to_number(height) / self.scale,
        )
    }

    /// The largest that the inside of a window can be.
    fn room(&self) -> LogicalSize<f64> {
        let all = self.logical(self.width, self.height);
        LogicalSize::new(
            (all.width - FRAME.width).max(1.0).floor(),
            (all.height - FRAME.height).max(1.0).floor(),
        )
    }

    fn position(&self, seen: Option<Saved>, size: LogicalSize<f64>) -> PhysicalPosition<i32> {
        let taken = |inside: f64, frame: f64| number_to_pixels((inside + frame) * self.scale);
        let along = |start: i64, length: i64, taken: i64, wanted: Option<i64>| {
            let free = length.saturating_sub(taken).max(0);
            let at = wanted.map_or(free / 2, |wanted| wanted.saturating_sub(start));
            saturated(start.saturating_add(at.clamp(0, free)))
        };
        PhysicalPosition::new(
            along(
                self.left,
                self.width,
                taken(size.width, FRAME.width),
                seen.map(|saved| saved.left),
            ),
            along(
                self.top,
                self.height,
                taken(size.height, FRAME.height),
                seen.map(|saved| saved.top),
            ),
        )
    }
}

/// Screens are smaller than what a 32-bit number holds; what was saved may be anything.
fn saturated(pixels: i64) -> i32 {
    let bounds = i64::from(i32::MIN)..=i64::from(i32::MAX);
    i32::try_from(pixels.clamp(*bounds.start(), *bounds.end())).unwrap_or_default()
}

fn pixels_to_number(pixels: i64) -> f64 {
    f64::from(saturated(pixels))
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "a cast from a float saturates, and what is cast is at most a screen's size"
)]
fn number_to_pixels(number: f64) -> i64 {
    number.ceil() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAPTOP: WorkArea = WorkArea {
        left: 0,
        top: 0,
        width: 1280,
        height: 720,
        scale: 1.0,
    };

    fn saved(left: i64, top: i64, width: i64, height: i64) -> Saved {
        Saved {
            left,
            top,
            width,
            height,
            maximized: false,
        }
    }

    /// Whether all of the window, its frame too, is in one of the work areas.
    fn is_inside(placement: &Placement, screens: &[WorkArea]) -> bool {
        let at = placement.position.expect("a screen is known");
        let inside = |from: i32, taken: f64, start: i64, length: i64| {
            let from = f64::from(from);
            let (start, end) = (pixels_to_number(start), pixels_to_number(start + length));
            from >= start && from + taken <= end + 1.0
        };
        screens.iter().any(|screen| {
            let taken = |inside: f64, frame: f64| (inside + frame) * screen.scale;
            let width = taken(placement.size.width, FRAME.width);
            let height = taken(placement.size.height, FRAME.height);
            inside(at.x, width, screen.left, screen.width)
                && inside(at.y, height, screen.top, screen.height)
        })
    }

    #[test]
    fn a_first_window_is_whole_on_a_small_laptop() {
        let placement = place(None, &[LAPTOP]);
        assert!(is_inside(&placement, &[LAPTOP]), "{placement:?}");
        assert_eq!(placement.smallest, SMALLEST);
    }

    #[test]
    fn a_window_stays_where_and_as_large_as_it_was() {
        let placement = place(Some(saved(40, 30, 1012, 620)), &[LAPTOP]);
        assert_eq!(placement.size, LogicalSize::new(1012.0, 620.0));
        assert_eq!(placement.position, Some(PhysicalPosition::new(40, 30)));
    }

    #[test]
    fn on_a_scaled_display_the_smallest_size_gives_way_to_the_screen() {
        let scaled = WorkArea {
            scale: 2.0,
            ..LAPTOP
        };
        let placement = place(None, &[scaled]);
        assert!(is_inside(&placement, &[scaled]), "{placement:?}");
        assert!(placement.smallest.width < SMALLEST.width);
    }

    #[test]
    fn what_is_saved_for_a_screen_that_is_gone_opens_in_the_middle_of_another() {
        let placement = place(Some(saved(-5000, 4000, 900, 600)), &[LAPTOP]);
        assert_eq!(placement.size, LogicalSize::new(900.0, 600.0));
        assert_eq!(placement.position, Some(PhysicalPosition::new(182, 36)));
    }

    #[test]
    fn without_a_screen_the_system_places_the_window() {
        let placement = place(Some(saved(0, 0, 17_032, 2_820)), &[]);
        assert_eq!((placement.size, placement.position), (USUAL, None));
    }

    #[test]
    fn no_bytes_of_a_saved_state_are_believed_unless_they_are_whole() {
        let whole =
            br#"{"main":{"x":1,"y":2,"width":900,"height":600,"maximized":true,"prev_x":"?"}}"#;
        assert_eq!(
            read(whole, "main"),
            Some(Saved {
                maximized: true,
                ..saved(1, 2, 900, 600)
            })
        );
        for bytes in [
            "",
            "null",
            "[]",
            "{",
            r#"{"other":{"x":1,"y":2,"width":3,"height":4}}"#,
            r#"{"main":{"x":1,"y":2,"width":0,"height":4}}"#,
            r#"{"main":{"x":1,"y":2,"width":-3,"height":4}}"#,
            r#"{"main":{"x":1,"y":2,"width":1e300,"height":4}}"#,
            r#"{"main":{"x":1,"y":2,"width":"3","height":4}}"#,
            r#"{"main":{"x":99999999999999999999,"y":2,"width":3,"height":4}}"#,
        ] {
            assert_eq!(read(bytes.as_bytes(), "main"), None, "{bytes}");
        }
    }

    use proptest::prelude::*;

    fn screen() -> impl Strategy<Value = WorkArea> {
        let places = (-8_000_i64..8_000, -8_000_i64..8_000);
        (places, 200_i64..8_000, 200_i64..5_000, 1.0..4.0_f64).prop_map(
            |((left, top), width, height, scale)| WorkArea {
                left,
                top,
                width,
                height,
                scale,
            },
        )
    }

    fn anything_saved() -> impl Strategy<Value = Option<Saved>> {
        let near = -10_000_i64..20_000;
        let number = || prop_oneof![any::<i64>(), near.clone()];
        let size = || prop_oneof![1_i64..i64::MAX, 1_i64..20_000];
        proptest::option::of(
            (number(), number(), size(), size(), any::<bool>()).prop_map(
                |(left, top, width, height, maximized)| Saved {
                    left,
                    top,
                    width,
                    height,
                    maximized,
                },
            ),
        )
    }

    proptest! {
        #[test]
        fn the_window_is_inside_a_work_area_whatever_was_saved(
            saved in anything_saved(),
            screens in proptest::collection::vec(screen(), 1..4),
        ) {
            let placement = place(saved, &screens);
            prop_assert!(is_inside(&placement, &screens), "{:?}", placement);
            prop_assert!(placement.size.width >= placement.smallest.width);
            prop_assert!(placement.size.height >= placement.smallest.height);
        }
    }
}
