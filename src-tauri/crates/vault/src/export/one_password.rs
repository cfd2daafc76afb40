//! 1Password's CSV: title, website, username, password, notes (<https://support.1password.com/import/>).

use zeroize::Zeroizing;

use super::{CONSOLE, ExportError, Exported};

/// What makes a spreadsheet take a cell for a formula (<https://owasp.org/www-community/attacks/CSV_Injection>).
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n'];

/// The credentials as readable CSV. A name that a spreadsheet would take for a formula gets an apostrophe in front.
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
                    &notes,
                ])
                .map_err(failed)?;
        }
        writer
            .flush()
            .map_err(|error| ExportError::Failed(error.to_string()))?;
    }
    Ok(file)
}

fn guarded(text: &str) -> String {
    // A spreadsheet skips white space in front of a formula, and takes a line break inside a cell for a new one.
    let looks_like_one = text.trim_start().starts_with(FORMULA) || text.starts_with(FORMULA);
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
