//! `GET /api/v1/figures`: the key figures of a period with numerator and denominator, each defined in words. Counts
//! without people: in the demo for everybody, else for whom the gate of all counts lets in (`View::watched`).

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::figures::{Days, Discretion, Kept, Months, Now, SPLITS, Standing, channel, hands, split};
use door::form::{Fault, Faults};
use door::locale::{CHINA, Text};
use door::session::Came;
use door::view::View;
use door::visitor::Visitor;
use rules::access::Action;
use rules::case::Channel;
use rules::figures::{Figure, HandlingTime, Period, Value, Withheld};
use rules::ids::GridId;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::{IntoParams, ToSchema};
use work::figures::{By, Figures, Question, figures};
use work::net::{CommunityNet, Net};

use super::asked::{self, Asked, Reading};
use super::figure_rows::tell;
use super::{body, counts};

/// Parts in time at most.
const MOST_TIMES: usize = 100;

/// Which figures.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FiguresQuery {
    /// `day`, `week`, `month`, `quarter` or `year`: the one around `from`, or around today.
    length: Option<String>,
    /// The first day; without a `length` it must be there.
    from: Option<String>,
    /// The last day, included; without a `length` it must be there. A period has at most 366 days.
    to: Option<String>,
    /// The code of a grid: there and below; of another scheme what lies in it.
    grid: Option<String>,
    /// The code of a class or category.
    category: Option<String>,
    /// A department's code, or `grids` for what lies with none.
    department: Option<String>,
    /// On which way it came.
    channel: Option<String>,
    /// `category`, `department`, `channel`, `grid`, `month`, `week` or `day`: split by it, too.
    by: Option<String>,
}

/// Figures of a period.
#[derive(Serialize, ToSchema)]
pub struct FiguresShape {
    from: String,
    to: String,
    /// Entries of the journal that are not counted yet.
    behind: i64,
    /// Why no rates, no lengths and nothing else that judges work are told, in words; none where they are. Of one micro-grid, which
    /// one person serves, and of a grid in which it is the only one, they are for nobody outside its line.
    no_rates: Option<String>,
    /// Why some figures are not told of these days, in words; none where all are. Whoever is not signed in is told what speaks of
    /// residents of whole months only, and of several together only where each of them tells it as well.
    only_months: Option<String>,
    /// All together first, then each part.
    parts: Vec<FiguresPartShape>,
}

/// Figures of one part of the cases.
#[derive(Serialize, ToSchema)]
pub struct FiguresPartShape {
    /// A code, or the first day of a month, week or day; none for all together, empty for what has none.
    part: Option<String>,
    figures: Vec<FigureShape>,
    /// How long handling took; none where nothing was handled, where it is withheld, or of a grid beside others.
    handling: Option<HandlingShape>,
    /// Why it is not told though something was handled: as of a figure. None of a grid of several people beside others, of which no
    /// length is told at all.
    handling_withheld: Option<&'static str>,
    /// How a grid beside others stands now, whatever the period; none of anything else, and where only cases of one category, department or
    /// channel are asked for.
    now: Option<NowShape>,
}

/// What is open of a grid now, with everything below it, as lists count it.
#[derive(Serialize, ToSchema)]
pub struct NowShape {
    /// Open: `state=open` of the list of cases.
    open: u64,
    /// Overdue: `due=overdue` of the list of cases. Null for a grid that one person serves.
    overdue: Option<u64>,
    /// Why how many are overdue is not told: `one_person`. None where it is.
    overdue_withheld: Option<&'static str>,
}

impl NowShape {
    fn of(now: &Now) -> Self {
        Self {
            open: now.open,
            overdue: now.overdue.ok(),
            overdue_withheld: now.overdue.err().map(Kept::code),
        }
    }
}

/// How long handling took, from filing (or receipt) on, in hours.
#[derive(Serialize, ToSchema)]
pub struct HandlingShape {
    /// How many cases it speaks of.
    cases: u64,
    /// By the clock on the wall: the median.
    calendar_median: f64,
    /// By the clock on the wall: the mean.
    calendar_mean: f64,
    /// In working hours: the median.
    working_median: f64,
    /// In working hours: the mean.
    working_mean: f64,
}

/// One figure.
#[derive(Serialize, ToSchema)]
pub struct FigureShape {
    figure: &'static str,
    /// What it counts, in words.
    definition: Option<String>,
    /// Of a rate: those that did; of a change: this period; of a count: how many. None where too few would tell who.
    numerator: Option<u64>,
    /// Of a rate: those that should; of a change: the period before. How many should have been closed is not told of one person.
    denominator: Option<u64>,
    /// None with an empty denominator, where too few would tell who, or of a grid that is one person.
    percent: Option<f64>,
    /// Why nothing is shown: `few` residents are counted, it would tell of few `beside` it, it would judge `one_person`, or it
    /// speaks of residents and the days are no `whole_months`. None where it is shown.
    withheld: Option<&'static str>,
}

/// The figures.
#[utoipa::path(
    get,
    path = "/api/v1/figures",
    tag = "figures",
    params(FiguresQuery),
    responses(
        (status = 200, description = "The figures", body = FiguresShape),
        (status = 401, description = "Outside the demo: neither a token nor the cookie of a wall"),
        (status = 403, description = "The role reads no figures of this community"),
        (status = 422, description = "Faulty parameters"),
    ),
    security(("bearer" = []), ())
)]
pub async fn get(
    State(door): State<Door>,
    visitor: Visitor,
    headers: HeaderMap,
    Came(known): Came,
    Asked(query, mut reading): Asked<FiguresQuery>,
) -> Result<Response, Failure> {
    let net = door.house.net();
    let whose = counts::whose(&net, query.grid.as_deref(), &mut reading);
    let now = door.house.clock.now();
    let question = understand(&net, whose, &query, now, &mut reading);
    let Some((community, _)) = whose else {
        reading.done()?;
        return Err(Failure::NotFound);
    };
    let code = Some(community.code.as_str());
    let view = View::watched(&door, &headers, &known, code, Action::ReadFigures).await?;
    reading.done()?;
    // what is needed and missing was told above
    let question = question.ok_or(Failure::Unreadable)?;
    let period = question.period;
    let today = community.calendar.local(now).date();
    let months = Months::of(&door, &view, &question, today).await?;
    let discretion = Discretion::of(&view, &question, today).with_months(months);
    let answer = figures(&door.house, community.id, &question).await?;
    let text = visitor.text();
    let standing = Standing::of(&door, &view, &question).await?;
    let parts = std::iter::once(answer.all).chain(answer.parts);
    let parts: Vec<FiguresPartShape> = parts
        .map(|part| {
            let now = standing.as_ref();
            let now = now.and_then(|now| now.of_part(&part, &discretion));
            FiguresPartShape {
                now: now.as_ref().map(NowShape::of),
                ..part_shape(part, &discretion, text)
            }
        })
        .collect();
    let only_months = parts.iter().any(FiguresPartShape::lacks_days);
    let why = |kept: Kept| text.text(kept.why());
    let shape = FiguresShape {
        from: period.first().to_string(),
        to: period.last().to_string(),
        behind: answer.behind,
        no_rates: discretion.is_bare().then(|| why(Kept::OnePerson)),
        only_months: only_months.then(|| why(Kept::Months)),
        parts,
    };
    body::answer(StatusCode::OK, &shape)
}

/// What is asked, as far as it can be read. As long as nobody knows of which community it is, a code is known if any has it.
fn understand(
    net: &Net,
    whose: Option<(&Arc<CommunityNet>, GridId)>,
    query: &FiguresQuery,
    now: OffsetDateTime,
    reading: &mut Reading,
) -> Option<Question> {
    let among: Vec<&CommunityNet> = match whose {
        Some((community, _)) => vec![community.as_ref()],
        None => net.communities().map(AsRef::as_ref).collect(),
    };
    let period = days(query, now, reading);
    let splits = SPLITS.map(|(name, _)| name);
    let by = reading.one_of("by", query.by.as_deref(), "by-unknown", &splits, split);
    let category = reading.one(
        "category",
        query.category.as_deref(),
        "category-unknown",
        |code| {
            among
                .iter()
                .find_map(|community| asked::category(community, code))
        },
    );
    let department = query.department.as_deref();
    let hands = reading.one("department", department, "department-unknown", |code| {
        among.iter().find_map(|community| hands(community, code))
    });
    let channels = Channel::ALL.map(Channel::as_str);
    let channel = reading.one_of(
        "channel",
        query.channel.as_deref(),
        "channel-unknown",
        &channels,
        channel,
    );
    if let (Some(period), Some(By::Time(length))) = (&period, by)
        && period.split(length).len() > MOST_TIMES
    {
        reading.fault(Fault::new("by", "split-long"));
    }
    let (community, grid) = whose?;
    let whole = community.root().is_some_and(|root| root.id == grid);
    Some(Question {
        grid: Some(grid).filter(|_| !whole),
        category,
        hands,
        channel,
        by,
        ..Question::of(period?)
    })
}

/// The days that are asked for, as the form reads them; without a length both of them must be there.
fn days(query: &FiguresQuery, now: OffsetDateTime, reading: &mut Reading) -> Option<Period> {
    let said = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
    let (length, from, to) = (said(&query.length), said(&query.from), said(&query.to));
    if length.is_empty() {
        for (field, text) in [("from", &from), ("to", &to)] {
            if text.is_empty() {
                reading.fault(Fault::new(field, "field-missing"));
            }
        }
    }
    let mut faults = Faults::default();
    let days = Days {
        length: &length,
        from: &from,
        to: &to,
    };
    let period = days.period(now.to_offset(CHINA), &mut faults);
    faults.iter().for_each(|fault| tell(fault, reading));
    period
}

/// A grid is often one person, so beside its counts, which are bare then, stands no rate.
fn part_shape(part: Figures, discretion: &Discretion<'_>, text: Text) -> FiguresPartShape {
    let bare = discretion.is_bare_in(&part);
    let figures = part.values.iter().map(|(figure, _)| {
        let shape = figure_shape(*figure, discretion.value(*figure, &part), text);
        FigureShape {
            percent: shape.percent.filter(|_| !bare),
            ..shape
        }
    });
    let figures = figures.collect();
    let kept = discretion.time(&part);
    // where nothing was handled nothing is held back; of grids beside each other that are several people no length is told at all
    let handled = part.time.is_some() || part.time_withheld.is_some();
    let of_person = discretion.is_one_person(&part);
    let held = kept.filter(|kept| handled && (*kept != Kept::OnePerson || of_person));
    let hidden = part.time_withheld.filter(|_| kept.is_none());
    FiguresPartShape {
        figures,
        handling: part.time.filter(|_| kept.is_none()).map(handling_shape),
        handling_withheld: held.map(Kept::code).or(hidden.map(why)),
        now: None,
        part: part.part,
    }
}

impl FiguresPartShape {
    /// Whether something of it is not told because of its days.
    fn lacks_days(&self) -> bool {
        let months = Some(Kept::Months.code());
        let mut figures = self.figures.iter().map(|one| one.withheld);
        self.handling_withheld == months || figures.any(|one| one == months)
    }
}

fn handling_shape(time: HandlingTime) -> HandlingShape {
    HandlingShape {
        cases: time.n,
        calendar_median: time.calendar.median / 60.0,
        calendar_mean: time.calendar.mean / 60.0,
        working_median: time.working.median / 60.0,
        working_mean: time.working.mean / 60.0,
    }
}

const fn why(withheld: Withheld) -> &'static str {
    match withheld {
        Withheld::Few { .. } => "few",
        Withheld::Beside => "beside",
    }
}

fn figure_shape(figure: Figure, value: Result<Value, Kept>, text: Text) -> FigureShape {
    let key = figure.definition_key();
    let (numerator, denominator, percent) = match value {
        Ok(Value::Ratio(ratio)) => (
            Some(ratio.numerator),
            Some(ratio.denominator),
            ratio.percentage(),
        ),
        Ok(Value::Change(change)) => (Some(change.this), Some(change.before), change.percentage()),
        Ok(Value::Count(count)) => (Some(count), None, None),
        Ok(Value::Withheld(_)) | Err(_) => (None, None, None),
    };
    let withheld = match value {
        Ok(Value::Withheld(withheld)) => Some(why(withheld)),
        Ok(Value::Ratio(_) | Value::Change(_) | Value::Count(_)) => None,
        Err(kept) => Some(kept.code()),
    };
    FigureShape {
        figure: figure.as_str(),
        definition: text.has(key).then(|| text.text(key)),
        numerator,
        denominator,
        percent,
        withheld,
    }
}
