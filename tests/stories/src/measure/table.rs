/// One figure, what it is beside, and the goal.
pub struct Row {
    /// What was measured.
    pub what: String,
    /// The figure, with its unit.
    pub figure: String,
    /// The figure of the empty window, or nothing.
    pub beside: String,
    /// How many times the empty window's, or nothing.
    pub ratio: Option<f64>,
    /// The goal in words.
    pub goal: &'static str,
    /// Whether the goal is met; none where there is no goal.
    pub met: Option<bool>,
}

/// Prints the figures as a table.
pub fn print(rows: &[Row]) {
    println!(
        "\n{:<46} {:>12} {:>14} {:>7}  {:<12} ",
        "measured", "Subvault", "empty window", "ratio", "goal"
    );
    for row in rows {
        let ratio = row
            .ratio
            .map_or_else(String::new, |ratio| format!("{ratio:.2}"));
        let met = match row.met {
            Some(true) => "met",
            Some(false) => "NOT MET",
            None => "",
        };
        println!(
            "{:<46} {:>12} {:>14} {ratio:>7}  {:<12} {met}",
            row.what, row.figure, row.beside, row.goal
        );
    }
}
