//! `/figures`: the figures of a period beside those of the period before and of the same days a year before, and one split
//! as a table by code. Grids show counts and no rate: a grid is often one person. A micro-grid always is, and so is a grid with one
//! micro-grid only: beside others and to everybody outside its line it shows what was needed, and nothing that judges work.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use door::figures::{Discretion, Months, Standing};
use rules::access::Action;
use rules::figures::{Figure, HandlingTime, Length, Period, Value};
use time::Date;
use work::figures::{Answer, By, Figures, Question, figures};

use super::choices::Choices;
use super::now::NowColumns;
use super::question::Wish;
use super::rows::TOOK;
use super::stat::{Cards, Shown, rows_of};
use super::words::{self, DENOMINATOR, NUMERATOR, hours, is_withheld, name_in, of, read};
use crate::Door;
use crate::error::Failure;
use crate::form::Faults;
use crate::layout::{self, Page};
use crate::locale::{Clockwork, Text};
use crate::session::Came;
use crate::view::View;
use crate::workbench::Office;

/// The figures of a split's columns.
pub const COLUMNS: [Figure; 7] = [
    Figure::Closing,
    Figure::OnTimeClosing,
    Figure::Rework,
    Figure::Response,
    Figure::Resolution,
    Figure::Satisfaction,
    Figure::NeedsSolved,
];

/// Those of a split into grids that one person serves each, and of a split of one such grid: what was needed.
pub const NEEDS: [Figure; 3] = [Figure::Filing, Figure::Closing, Figure::NeedsSolved];

/// The figures of the columns of a split. Where some of its grids are several people, those that are one stand beside them without
/// what judges work.
pub fn columns(discretion: &Discretion<'_>, parts: &[Figures]) -> &'static [Figure] {
    let mut parts = parts.iter().peekable();
    let of_persons = parts.peek().is_some() && parts.all(|part| discretion.is_one_person(part));
    if discretion.is_bare() || of_persons {
        &NEEDS
    } else {
        &COLUMNS
    }
}

/// Whether one of these stands beside others without what judges work, which has to be told.
pub fn keeps_persons(discretion: &Discretion<'_>, parts: &[Figures]) -> bool {
    !discretion.is_bare() && parts.iter().any(|part| discretion.is_one_person(part))
}

/// How long handling took, by one of the two clocks.
struct Took {
    name: String,
    median: String,
    mean: String,
}

/// One row of the split.
struct Part {
    code: String,
    name: String,
    cells: Vec<Cell>,
}

/// A figure of one part.
pub struct Cell {
    /// The name of its column.
    pub name: String,
    /// As it is read.
    pub value: String,
    /// The two counts it is made of.
    pub of: Option<String>,
    /// The way to its rows.
    pub rows: Option<String>,
}

#[derive(Template)]
#[template(path = "figures/figures.html")]
struct FiguresPage {
    page: Page,
    /// The menu beside it, for whoever works here.
    office: Option<Office>,
    wish: Wish,
    faults: Faults,
    choices: Choices,
    period: Option<String>,
    /// Whose cases are counted: the community's, or those of them that were asked for.
    about: String,
    /// Where the period has not ended: until when its numbers are.
    until: Option<String>,
    /// The day on which it was drawn up, for paper.
    made: String,
    before: Option<String>,
    after: Option<String>,
    file: String,
    behind: i64,
    shown: Vec<Shown>,
    took: Vec<Took>,
    /// Why that is not shown, where something was handled.
    took_kept: Option<String>,
    handled: u64,
    /// The cases of how long handling took.
    handled_rows: Option<String>,
    /// Whether the asker may list every case that is asked for.
    all_rows: bool,
    /// Whether counts stand alone, because a micro-grid is one person.
    bare: bool,
    columns: Vec<String>,
    parts: Vec<Part>,
    /// Whether grids say beside their figures how they stand now.
    now: bool,
    /// What of the split is not shown, and why.
    kept: Vec<String>,
}

/// `GET /figures`.
pub async fn get(
    State(door): State<Door>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
    Came(known): Came,
    office: Result<Office, Failure>,
    mut page: Page,
) -> Result<Response, Failure> {
    let code = wish.community.as_deref();
    let view = View::watched(&door, &headers, &known, code, Action::ReadFigures).await?;
    page.community = Some(view.net.name.clone());
    let mut shown = FiguresPage {
        choices: Choices::of(page.t, &view.net, &wish),
        wish,
        faults: Faults::default(),
        period: None,
        about: String::new(),
        until: None,
        made: String::new(),
        before: None,
        after: None,
        file: String::new(),
        behind: 0,
        shown: Vec::new(),
        took: Vec::new(),
        took_kept: None,
        handled: 0,
        handled_rows: None,
        all_rows: false,
        bare: false,
        columns: Vec::new(),
        parts: Vec::new(),
        now: false,
        kept: Vec::new(),
        office: office.ok(),
        page,
    };
    let now = door.house.clock.now();
    match shown.wish.question(&view.net, now) {
        Err(faults) => {
            shown.faults = faults;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, layout::show(&shown)?).into_response())
        }
        Ok(question) => {
            let answer = figures(&door.house, view.net.id, &question).await?;
            let today = view.net.calendar.local(now).date();
            shown.when(today, &question.period);
            let months = Months::of(&door, &view, &question, today).await?;
            let discretion = Discretion::of(&view, &question, today).with_months(months);
            let standing = Standing::of(&door, &view, &question).await?;
            let parts = answer.parts.clone();
            shown.answer(&view, &question, &discretion, answer);
            if let Some(standing) = standing {
                let columns = NowColumns::of(shown.page.t, &standing, &discretion, &parts);
                shown.stand(&columns, &parts);
            }
            layout::show(&shown)
        }
    }
}

impl FiguresPage {
    /// The days that are shown: in words, and in the form, which may have left them out or named others of the same length.
    fn when(&mut self, today: Date, period: &Period) {
        let t = self.page.t;
        self.period = Some(words::days(t, period));
        self.made = t.say("common-made").with("day", t.day(today)).to_string();
        self.until = (period.last() >= today).then(|| {
            let key = if period.first() > today {
                "figures-not-begun"
            } else {
                "figures-not-over"
            };
            t.say(key).with("day", t.day(today)).to_string()
        });
        self.wish.from = period.first().to_string();
        self.wish.to = period.last().to_string();
    }

    fn answer(
        &mut self,
        view: &View,
        question: &Question,
        discretion: &Discretion<'_>,
        answer: Answer,
    ) {
        let period = &question.period;
        self.file = format!("/figures.xlsx?{}", self.wish.about(period));
        let there = |period: Period| format!("/figures?{}", self.wish.about(&period));
        self.before = period.before().ok().map(there);
        self.after = after(period).map(there);
        let t = self.page.t;
        let about = words::about(t, &view.net, &self.wish);
        self.about = about.map_or_else(
            || view.net.name.clone(),
            |about| format!("{} · {about}", view.net.name),
        );
        self.behind = answer.behind;
        self.bare = discretion.is_bare();
        let reads = view.reads();
        self.all_rows = reads.is_all() || question.grid.is_some_and(|grid| reads.has(grid));
        let cards = Cards {
            t,
            wish: &self.wish,
            rows: view.rows(),
            all_rows: self.all_rows,
            discretion,
        };
        let shown = Figure::ALL.into_iter();
        let shown = shown.filter_map(|figure| cards.shown(figure, &answer));
        self.shown = shown.collect();
        let time_kept = discretion.time(&answer.all);
        let time = answer.all.time.filter(|_| time_kept.is_none());
        self.took = time.iter().flat_map(|time| self.took(time)).collect();
        let withheld = answer.all.time_withheld.map(Value::Withheld);
        self.took_kept = match time_kept {
            Some(kept) => Some(words::held_back(t, kept)),
            None => withheld.map(|value| words::kept(t, Figure::Handling, &value)),
        };
        self.handled = time.map_or(0, |time| time.n);
        self.handled_rows = view.rows().then(|| {
            let query = self.unsplit().about(period);
            format!("/figures/rows?figure={TOOK}&{query}")
        });
        if let Some(by) = question.by {
            let columns = columns(discretion, &answer.parts);
            let of_one = columns.len() == NEEDS.len();
            let name = |figure: &Figure| name_in(t, *figure, of_one);
            self.columns = columns.iter().map(name).collect();
            let parts = answer.parts.iter();
            let part = |part| self.part(view, by, discretion, columns, part);
            self.parts = parts.map(part).collect();
            self.kept = kept(t, discretion, columns, &answer.parts);
            if keeps_persons(discretion, &answer.parts) {
                self.kept.push(t.text("figures-one-person-parts"));
            }
        }
    }

    /// Puts beside the figures of each grid how it stands now.
    fn stand(&mut self, columns: &NowColumns<'_>, parts: &[Figures]) {
        self.now = true;
        self.columns.extend(columns.names());
        for (row, part) in self.parts.iter_mut().zip(parts) {
            row.cells.extend(columns.cells(part));
        }
    }

    /// The question without a split: rows are of all together.
    fn unsplit(&self) -> Wish {
        Wish {
            by: String::new(),
            ..self.wish.clone()
        }
    }

    fn took(&self, time: &HandlingTime) -> impl Iterator<Item = Took> + use<> {
        let t = self.page.t;
        words::times(time)
            .into_iter()
            .map(move |(key, middle)| Took {
                name: t.text(key),
                median: hours(middle.median),
                mean: hours(middle.mean),
            })
    }

    fn part(
        &self,
        view: &View,
        by: By,
        discretion: &Discretion<'_>,
        columns: &[Figure],
        part: &Figures,
    ) -> Part {
        let t = self.page.t;
        let code = part.part.clone().unwrap_or_default();
        let wish = self.wish.of_part(by, &code, &part.period);
        let wish = wish.filter(|_| view.rows());
        let bare = discretion.is_bare_in(part);
        let of_one = columns.len() == NEEDS.len();
        let cell = |figure: &Figure| {
            let name = name_in(t, *figure, of_one);
            // why a number is not shown stands below the table, once
            let value = match discretion.value(*figure, part) {
                Ok(value) => value,
                kept @ Err(_) => {
                    return Cell {
                        name,
                        value: words::read_or_kept(t, &kept),
                        of: None,
                        rows: None,
                    };
                }
            };
            let said = of(t, *figure, &value).filter(|_| !is_withheld(&value));
            let (value_said, said) = match value {
                Value::Ratio(_) if bare => (said.unwrap_or_default(), None),
                _ => (read(t, &value), said),
            };
            let opens = !is_withheld(&value) || self.all_rows && !figure.is_of_people();
            let rows = wish.as_ref().filter(|_| opens);
            let counted = match value {
                Value::Count(_) => NUMERATOR,
                _ => DENOMINATOR,
            };
            Cell {
                name,
                value: value_said,
                // The two counts stay on one line.
                of: said.map(|said| said.replace(" / ", "\u{a0}/\u{a0}")),
                rows: rows.map(|wish| rows_of(wish, *figure, counted, &part.period)),
            }
        };
        Part {
            name: words::part(t, &view.net, by, &code),
            cells: columns.iter().map(cell).collect(),
            code: if matches!(by, By::Time(_)) {
                String::new()
            } else {
                code
            },
        }
    }
}

/// What of a split is not shown, each reason once.
fn kept(
    t: Text,
    discretion: &Discretion<'_>,
    columns: &[Figure],
    parts: &[Figures],
) -> Vec<String> {
    let mut kept = Vec::new();
    let cells = parts
        .iter()
        .flat_map(|part| columns.iter().map(move |figure| (part, *figure)));
    for (part, figure) in cells {
        let said = words::held(t, figure, &discretion.value(figure, part));
        let said = said.filter(|said| !kept.contains(said));
        kept.extend(said);
    }
    kept
}

/// The period directly after, of the same length: as many whole months, else as many days.
fn after(period: &Period) -> Option<Period> {
    let first = period.last().next_day()?;
    let whole = [Length::Month, Length::Quarter, Length::Year, Length::Week];
    let offset = period.offset();
    let is =
        |length: &Length| Period::around(period.first(), *length, offset).as_ref() == Ok(period);
    match whole.into_iter().find(is) {
        Some(length) => Period::around(first, length, offset).ok(),
        None => {
            let last = first.checked_add(time::Duration::days(period.len() - 1))?;
            Period::days(first, last, offset).ok()
        }
    }
}
