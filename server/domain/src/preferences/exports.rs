//! The same lists as files for other programs, such as the one that makes the school guide.

use super::lists::{Listed, find_group, look};
use crate::{
    Actor, Error, Portal, Result,
    actor::ActorSchool,
    audit::{self, Entry},
    moments::Dates,
    policy::{self, Action},
};
use model::{GroupId, SchoolId, Time, consent::Effective};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use texts::{Lang, consent};

/// What a file begins with before the first child: title, school, date, warning, an empty line and the heads of the columns.
const HEADS: usize = 5;
/// A cell that begins so is taken for a formula, or for the next cell.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListFormat {
    Csv,
    Xlsx,
}

impl ListFormat {
    pub const ALL: [ListFormat; 2] = [ListFormat::Csv, ListFormat::Xlsx];

    /// How its name ends.
    pub fn ending(self) -> &'static str {
        match self {
            ListFormat::Csv => "csv",
            ListFormat::Xlsx => "xlsx",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            ListFormat::Csv => "text/csv; charset=utf-8",
            ListFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// A file to keep. Its name is of letters, digits, dots and dashes.
#[derive(Clone, Debug)]
pub struct ListFile {
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// A group's list.
pub async fn export_group(
    portal: &Portal,
    actor: &Actor,
    lang: Lang,
    group: GroupId,
    format: ListFormat,
) -> Result<ListFile> {
    let (school, row) = find_group(actor, group)?;
    export(portal, actor, lang, school, Some(group), &row.name, format).await
}

/// The list of a whole school; of the actor's own when none is named.
pub async fn export_school(
    portal: &Portal,
    actor: &Actor,
    lang: Lang,
    school: Option<SchoolId>,
    format: ListFormat,
) -> Result<ListFile> {
    let school = policy::school(actor, Action::SeeAllPreferences, school)?;
    export(portal, actor, lang, school, None, &school.name, format).await
}

async fn export(
    portal: &Portal,
    actor: &Actor,
    lang: Lang,
    school: &ActorSchool,
    group: Option<GroupId>,
    name: &str,
    format: ListFormat,
) -> Result<ListFile> {
    let now = portal.clock.now();
    let dates = Dates::new(lang, &school.time_zone, now);
    let mut write = portal.store.write().await?;
    let listed = look(&mut write, portal, school, group).await?;
    let entry = Entry { action: "preferences.download", subject: name, detail: format.ending() };
    audit::record(&mut write, portal, school.id, Some(actor.account()), entry).await?;
    write.commit().await?;
    let grid = grid(&listed, lang, name, &school.name, &dates.moment(now).full)?;
    let bytes = match format {
        ListFormat::Csv => csv(&grid),
        ListFormat::Xlsx => {
            let made = tokio::task::spawn_blocking(move || xlsx(lang.get(consent::TITLE), &grid, now)).await;
            made.map_err(Error::internal)?.map_err(Error::internal)?
        }
    };
    let name = format!("beeldvoorkeuren-{}-{}.{}", plain(name), dates.date(), format.ending());
    Ok(ListFile { name, media_type: format.media_type(), bytes })
}

/// Cells, line by line.
fn grid(listed: &Listed, lang: Lang, name: &str, school: &str, date: &str) -> Result<Vec<Vec<String>>> {
    let mut grid = vec![
        vec![format!("{}: {name}", lang.get(consent::TITLE))],
        vec![school.to_owned()],
        vec![date.to_owned()],
        vec![lang.get(consent::LIST_ENDS).to_owned()],
        Vec::new(),
    ];
    let heads = [consent::GROUP, consent::CHILD].map(|text| lang.get(text).to_owned());
    grid.push(heads.into_iter().chain(listed.titles(lang)?).collect());
    for child in &listed.children {
        let first = [child.group_name.clone().unwrap_or_default(), child.name()];
        let answers = listed.purposes.iter().map(|purpose| {
            let word = match listed.answers.of(child.id, purpose.id) {
                Effective::Yes => consent::YES,
                Effective::No => consent::NO,
                Effective::Unset => consent::NOT_ANSWERED,
            };
            lang.get(word).to_owned()
        });
        grid.push(first.into_iter().chain(answers).collect());
    }
    Ok(grid)
}

/// As the spreadsheets of this country read it: semicolons, and a mark that says it is UTF-8.
fn csv(grid: &[Vec<String>]) -> Vec<u8> {
    let mut text = String::from('\u{FEFF}');
    for line in grid {
        let cells: Vec<String> = line.iter().map(|cell| csv_cell(cell)).collect();
        text.push_str(&cells.join(";"));
        text.push_str("\r\n");
    }
    text.into_bytes()
}

fn csv_cell(cell: &str) -> String {
    let guarded = if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() };
    if guarded.contains([';', '"', '\n', '\r']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

/// Every cell is a text, also one that looks like a formula.
fn xlsx(title: &str, grid: &[Vec<String>], at: Time) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_timestamp(at.0 / Time::SECOND)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name(title)?;
    for (row, line) in (0_u32..).zip(grid) {
        for (column, cell) in (0_u16..).zip(line) {
            if row == 0 || row as usize == HEADS {
                sheet.write_string_with_format(row, column, cell, &bold)?;
            } else {
                sheet.write_string(row, column, cell)?;
            }
        }
    }
    sheet.set_freeze_panes(HEADS as u32 + 1, 2)?;
    book.save_to_buffer()
}

/// A name for files: letters and digits, with dashes between them.
fn plain(name: &str) -> String {
    let words: Vec<String> = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_no_formulas_and_stay_in_their_column() {
        for (cell, written) in [
            ("Sanne de Vries", "Sanne de Vries"),
            ("=1+1", "'=1+1"),
            ("+31 6", "'+31 6"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("a;b", "\"a;b\""),
            ("=a;\"b\"", "\"'=a;\"\"b\"\"\""),
            ("twee\nregels", "\"twee\nregels\""),
            ("Jan-Willem", "Jan-Willem"),
            ("", ""),
        ] {
            assert_eq!(csv_cell(cell), written, "{cell:?}");
        }
    }

    #[test]
    fn file_names_are_plain() {
        assert_eq!(plain("Groep 5/6 (Juf Anna)"), "groep-5-6-juf-anna");
        assert_eq!(plain("../é\"\r\n"), "");
    }
}
