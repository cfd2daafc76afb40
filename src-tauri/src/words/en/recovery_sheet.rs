//! The recovery sheet: a page to print and keep, without any secret on it.

use crate::words::language::SheetFacts;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;color:#111;background:#fff;max-width:42rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:1.6rem 0 .3rem}code{font:14px ui-monospace,monospace;background:#f3f3f3;padding:.1rem .3rem;overflow-wrap:anywhere}\
pre{background:#f3f3f3;padding:.6rem;overflow-wrap:anywhere;white-space:pre-wrap}.line{border-bottom:1px solid #111;height:2.4rem}p,ol{margin:.3rem 0}\
@media print{body{margin:0;max-width:none}h2{break-after:avoid}pre,code{background:none;border:1px solid #999}}";

/// The sheet as a page of HTML that needs nothing beside it, loads nothing and runs nothing.
pub fn recovery_sheet(facts: &SheetFacts<'_>) -> String {
    let account = match facts.account {
        Some((name, sid)) => format!(
            "<p>Twilio account: <strong>{}</strong>, <code>{}</code></p>",
            escaped(name),
            escaped(sid)
        ),
        None => String::new(),
    };
    let folder = match facts.folder {
        Some(folder) => format!("<p>Backups are in this folder: <code>{}</code></p>", escaped(folder)),
        None => "<p>Backups are in this folder: <span class=\"line\" style=\"display:inline-block;width:70%\"></span></p>".to_owned(),
    };
    let file = escaped(facts.file.unwrap_or("Subvault-backup-….age"));
    let keys = match facts.saved_keys {
        1 => "1 API key".to_owned(),
        count => format!("{count} API keys"),
    };
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Subvault recovery sheet</title>\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><style>{STYLE}</style></head><body>\
<h1>Subvault recovery sheet</h1><p>Made on {made}. Print it, write the passphrase on it by hand, and keep it where you keep contracts.</p>\
<h2>What Subvault holds</h2>{account}<p>{keys} with their secrets, and which customer each was handed over to.</p>{folder}\
<h2>The recovery passphrase</h2><p>Nobody can find it out for you, and no backup opens without it.</p><div class=\"line\"></div>\
<h2>On another computer</h2><ol><li>Install Subvault and start it.</li><li>Press <strong>Restore a backup</strong> and choose the newest file that ends in <code>.age</code>.</li>\
<li>Type the recovery passphrase.</li><li>Connect your Twilio account again. Its Auth Token is in the Twilio Console; it is not in the backup.</li></ol>\
<h2>Without Subvault</h2><p>The free program <code>age</code> (age-encryption.org) opens a backup. It asks for the passphrase:</p>\
<pre>age --decrypt --output backup.json {file}</pre><p>The file <code>backup.json</code> can be read in any text editor and begins with an explanation. Delete it when you are done.</p>\
<h2>If everything is lost</h2><ol><li>Sign in at console.twilio.com and open the customer’s subaccount.</li>\
<li>Under <strong>API keys</strong>, make a new key. Its secret is shown once: paste it into the customer’s service at once.</li>\
<li>When the service works with the new key, delete the old one.</li></ol></body></html>\n",
        made = facts.made_at.strftime("%Y-%m-%d"),
    )
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn names_cannot_become_part_of_the_page() {
        let facts = SheetFacts {
            account: Some(("<script>alert(1)</script>", "AC\"1'")),
            saved_keys: 2,
            folder: Some("C:\\<b>"),
            file: Some("a&b.age"),
            made_at: Timestamp::UNIX_EPOCH,
        };
        let page = recovery_sheet(&facts);
        assert!(!page.contains("<script") && !page.contains("<b>"));
        assert!(page.contains("a&amp;b.age") && page.contains("2 API keys"));
    }
}
