//! A list for a spreadsheet. No secret is in it.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};
use serde::Deserialize;

use super::ExportError;
use super::one_password::guarded;

/// Excel's own limit for a cell (<https://support.microsoft.com/office/excel-specifications-and-limits>), in UTF-16 units.
const LONGEST_CELL: usize = 32_767;
/// By this Excel knows that a CSV file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(specta::Type))]
#[serde(rename = "TableCell", rename_all = "camelCase")]
pub enum Cell {
    /// A text, which no program takes for a formula.
    Text(String),
    /// A decimal number.
    Number(#[cfg_attr(feature = "types", specta(type = String))] Decimal),
    /// A moment, shown as UTC.
    Time(#[cfg_attr(feature = "types", specta(type = String))] Timestamp),
}

/// A list: what stands at the head of each column, and the rows below.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Table {
    /// One word for each column.
    pub head: Vec<String>,
    /// Each with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// As CSV for any program: UTF-8, comma, a line for each row. A text that a spreadsheet would take for a formula gets an apostrophe in
    /// front: names are made by whoever may use the account.
    ///
    /// # Errors
    /// [`ExportError::Failed`].
    pub fn to_csv(&self) -> Result<Vec<u8>, ExportError> {
        let failed = |error: csv::Error| ExportError::Failed(error.to_string());
        let mut file = BYTE_ORDER_MARK.to_vec();
        let mut writer = csv::Writer::from_writer(&mut file);
        let head = self.head.iter().map(|word| guarded(word));
        writer.write_record(head).map_err(failed)?;
        for row in &self.rows {
            let cells = row.iter().map(|cell| match cell {
                Cell::Text(text) => guarded(text),
                Cell::Number(number) => number.to_string(),
                Cell::Time(time) => time.strftime("%Y-%m-%d %H:%M:%S").to_string(),
            });
            writer.write_record(cells).map_err(failed)?;
        }
        let flushed = writer.flush();
        flushed.map_err(|error| ExportError::Failed(error.to_string()))?;
        drop(writer);
        Ok(file)
    }

    /// As a workbook of Excel, with a head that stays and can be filtered by.
    ///
    /// # Errors
    /// [`ExportError::Failed`], also for more rows than a sheet holds.
    pub fn to_xlsx(&self) -> Result<Vec<u8>, ExportError> {
        self.workbook()
            .map_err(|error| ExportError::Failed(error.to_string()))
    }

    fn workbook(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let bold = Format::new().set_bold();
        let day = Format::new().set_num_format("yyyy-mm-dd hh:mm");
        for (column, word) in (0u16..).zip(&self.head) {
            sheet.write_string_with_format(0, column, shortened(word), &bold)?;
        }
        for (number, row) in (1u32..).zip(&self.rows) {
            for (column, cell) in (0u16..).zip(row) {
                match cell {
                    Cell::Text(text) => sheet.write_string(number, column, shortened(text))?,
                    Cell::Number(decimal) => {
                        // A spreadsheet has no other numbers.
                        let float = decimal.to_f64().unwrap_or(f64::NAN);
                        sheet.write_number(number, column, float)?
                    }
                    Cell::Time(time) => {
                        sheet.write_datetime_with_format(number, column, date(*time)?, &day)?
                    }
                };
            }
        }
        if let (Some(last_column), Ok(last_row)) = (
            u16::try_from(self.head.len())
                .ok()
                .and_then(|columns| columns.checked_sub(1)),
            u32::try_from(self.rows.len()),
        ) {
            sheet.autofilter(0, 0, last_row, last_column)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.autofit();
        workbook.save_to_buffer()
    }
}

fn date(time: Timestamp) -> Result<ExcelDateTime, XlsxError> {
    let at = time.to_zoned_datetime(TimeZone::UTC);
    // Excel's days begin in 1900; before that there is none.
    let year = u16::try_from(at.year()).unwrap_or_default();
    let part = |part: i8| u8::try_from(part).unwrap_or_default();
    ExcelDateTime::from_ymd(year, part(at.month()), part(at.day()))?.and_hms(
        u16::from(part(at.hour())),
        part(at.minute()),
        f64::from(part(at.second())),
    )
}

fn shortened(text: &str) -> String {
    let mut units = 0;
    text.chars()
        .take_while(|character| {
            units += character.len_utf16();
            units <= LONGEST_CELL
        })
        .collect()
}
