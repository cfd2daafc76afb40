//! 1Password's CSV: title, website, username, password, notes (<https://support.1password.com/import/>).

use zeroize::Zeroizing;

use super::{CONSOLE, ExportError, Exported};

/// What makes a spreadsheet take a cell for a formula (<https://owasp.org/www-community/attacks/CSV_Injection>), and their wide forms.
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The credentials as readable CSV. A name that a spreadsheet would take for a formula gets an apostrophe in front, which stays in the
/// other program: names are made by whoever may use the account, and the file may be opened by anybody. The window says so.
///
/// # Errors
/// [`ExportError::LooksLikeAFormula`] for a secret that cannot be guarded without changing it, or [`ExportError::Failed`].
pub fn one_password_csv(credentials: &[Exported]) -> Result<Zeroizing<Vec<u8>>, ExportError> {
    let failed = |error: csv::Error| ExportError::Failed(error.to_string());
    let mut file = Zeroizing::new(Vec::with_capacity(1_000 + credentials.len() * 4_000));
    {
        let mut writer = csv::WriterBuilder::new()
            .quote_style(csv::QuoteStyle::Always)
            .from_writer(&mut *file);
        writer
            .write_record(["Title", "Url", "Username", "Password", "Notes"])
            .map_err(failed)?;
        for one in credentials {
            if one.secret.expose().starts_with(FORMULA) {
                return Err(ExportError::LooksLikeAFormula);
            }
            let notes = format!(
                "Customer: {}. Account SID: {}. API SID: {}.",
                one.account_name, one.account, one.key
            );
            writer
                .write_record([
                    guarded(&one.key_name).as_str(),
                    CONSOLE,
                    one.key.as_str(),
                    one.secret.expose(),
                    guarded(&notes).as_str(),
                ])
                .map_err(failed)?;
        }
        writer
            .flush()
            .map_err(|error| ExportError::Failed(error.to_string()))?;
    }
    Ok(file)
}

/// Where lists are separated by semicolons, as in most of Europe, a spreadsheet begins a new cell after each one.
pub(super) fn guarded(text: &str) -> String {
    let cells: Vec<String> = text.split(';').map(guarded_cell).collect();
    cells.join(";")
}

fn guarded_cell(text: &str) -> String {
    // A spreadsheet skips white space in front of a formula, and takes a line break inside a cell for a new one.
    let seen = text.trim_start_matches(|c: char| c.is_whitespace() || is_without_width(c));
    let looks_like_one = seen.starts_with(FORMULA) || text.starts_with(FORMULA);
    let one_line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if looks_like_one {
        format!("'{one_line}")
    } else {
        one_line
    }
}

fn is_without_width(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
