//! The figures of `cargo xtask bench`.

mod memory;
mod start;
mod table;
mod typing;

pub use memory::family_memory;
pub use start::{Started, start};
pub use table::{Row, print};
pub use typing::{Keystrokes, keystrokes, refresh};

/// The middle one of several figures.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The figure that 95 of 100 are not above.
pub fn percentile_95(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    let place = (figures.len() * 95).div_ceil(100).saturating_sub(1);
    figures.get(place).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::{median, percentile_95};

    #[test]
    fn the_middle_and_the_95th_are_figures_that_were_measured() {
        let figures: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(median(figures[..7].to_vec()), 97.0);
        assert_eq!(percentile_95(figures), 95.0);
    }
}
