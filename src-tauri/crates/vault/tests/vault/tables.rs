//! Lists for spreadsheets: nothing in them is taken for a formula, and what is read back is what was written.

use std::io::Read as _;

use vault::export::{Cell, Table};

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn table() -> Table {
    Table {
        head: vec!["Key".to_owned(), "Spent".to_owned(), "Made".to_owned()],
        rows: vec![
            vec![
                text("Café, \"Nord\"\nLabs 🧊"),
                Cell::Number("12.345".parse().unwrap()),
                Cell::Time("2026-11-23T08:14:05Z".parse().unwrap()),
            ],
            vec![
                text("=HYPERLINK(\"http://127.0.0.1\")"),
                text("—"),
                text("+1;=2"),
            ],
        ],
    }
}

#[test]
fn as_csv_it_is_utf_8_that_excel_knows_and_a_formula_is_no_formula_any_more() {
    let file = table().to_csv().unwrap();
    let rest = file.strip_prefix("\u{feff}".as_bytes()).expect("the mark");
    let mut reader = csv::Reader::from_reader(rest);
    let rows: Vec<Vec<String>> = reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(
        rows,
        [
            ["Café, \"Nord\" Labs 🧊", "12.345", "2026-11-23 08:14:05"],
            ["'=HYPERLINK(\"http://127.0.0.1\")", "—", "'+1;'=2"]
        ]
    );
}

/// A part of a workbook, which is a ZIP file of XML.
fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).expect("a ZIP file");
    let mut text = String::new();
    let mut part = archive.by_name(name).expect("it has this part");
    part.read_to_string(&mut text).expect("it is text");
    text
}

#[test]
fn as_a_workbook_texts_are_texts_numbers_numbers_and_times_times() {
    let file = table().to_xlsx().unwrap();
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>"), "no formula");
    assert!(sheet.contains("<v>12.345</v>"), "{sheet}");
    // Days since the end of 1899.
    assert!(sheet.contains("<v>46349.3431134259"), "{sheet}");
    assert!(sheet.contains("<autoFilter ref=\"A1:C3\"/>"));
    let texts = part(&file, "xl/sharedStrings.xml");
    assert!(texts.contains("=HYPERLINK("), "{texts}");
}

#[test]
fn a_cell_longer_than_a_spreadsheet_takes_is_cut_and_a_list_without_rows_is_written_as_well() {
    let long = Table {
        head: vec!["Key".to_owned()],
        rows: vec![vec![text(&"🧊".repeat(20_000))]],
    };
    let texts = part(&long.to_xlsx().unwrap(), "xl/sharedStrings.xml");
    assert_eq!(texts.matches('🧊').count(), 32_767 / 2);
    for empty in [
        Table {
            head: vec!["Key".to_owned()],
            rows: Vec::new(),
        },
        Table {
            head: Vec::new(),
            rows: Vec::new(),
        },
    ] {
        empty.to_xlsx().expect("it is written");
        empty.to_csv().expect("it is written");
    }
}

#[test]
fn a_table_is_read_as_the_window_writes_it() {
    let read: Table = serde_json::from_str(
        r#"{"head":["Key","Spent","Made"],"rows":[[{"text":"a"},{"number":"12.345"},{"time":"2026-11-23T08:14:05Z"}]]}"#,
    )
    .unwrap();
    assert_eq!(read.rows[0][1..], table().rows[0][1..]);
}
