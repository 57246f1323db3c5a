//! The recount: reads every case's row and its whole trail again, judges each by itself, and counts every figure over them
//! with plain loops. Knows nothing of sheets, followers or books.

use std::collections::{BTreeMap, HashSet};

use rules::access::Scope;
use rules::calendar::CHINA;
use rules::case::Channel;
use rules::figures::{CaseFacts, Figure, Length, Part, Period, Value, Withheld};
use rules::ids::{DepartmentId, GridId};
use store::case::{Filter, Sort};
use testkit::House;
use time::Duration;
use work::figures::{
    By, Counted, Figures, Hands, Judge, Question, Told, figures, newest_rows, rows,
};
use work::net::CommunityNet;

use crate::life::Life;

/// One case as its row and trail tell it now.
struct Row {
    grid: GridId,
    category: String,
    department: Option<DepartmentId>,
    channel: Channel,
    facts: CaseFacts,
}

/// All of them.
pub struct Recount {
    rows: Vec<Row>,
}

impl Recount {
    pub async fn of(house: &House, life: &Life) -> Self {
        let (reader, community) = (house.store.reader(), house.community);
        let net = house.net();
        let net = net.community_by_id(community).expect("the community");
        let judge = Judge {
            calendar: (*net.calendar).clone(),
            settings: net.settings.case.clone(),
        };
        let (all, any) = (Scope::Community(community), Filter::default());
        let page = reader.cases(&all, community, &any, Sort::Newest, u16::MAX, None);
        let listed = page.await.expect("a list").rows;
        let mut rows = Vec::new();
        for one in listed {
            let case = one.case;
            // Numbers that earlier histories left are found where they are sealed.
            let reachable = match life.told.iter().find(|told| told.id == case.id) {
                Some(told) => told.reachable,
                None => !reader
                    .with_a_phone(community, &[case.id])
                    .await
                    .expect("contacts")
                    .is_empty(),
            };
            let trail = reader
                .journal_of(community, case.id.0)
                .await
                .expect("a trail");
            rows.push(Row {
                grid: case.grid,
                category: case
                    .category
                    .as_ref()
                    .map_or_else(String::new, ToString::to_string),
                department: one.department,
                channel: case.channel,
                facts: judge.facts(&case, &Told::of(&trail), reachable),
            });
        }
        Self { rows }
    }

    /// Asks the figures a set of questions and says where they differ from the rows.
    pub async fn agrees(&self, house: &House) -> Result<(), String> {
        let net = house.net();
        let net = net.community_by_id(house.community).expect("the community");
        for (n, question) in questions(house, net).into_iter().enumerate() {
            let answer = figures(house, house.community, &question)
                .await
                .expect("figures");
            let chosen: Vec<&Row> = self
                .rows
                .iter()
                .filter(|row| is_chosen(net, &question, row))
                .collect();
            let said = || format!("{question:?} over {} cases", chosen.len());
            let all = Touch::of(&question, None);
            same(&answer.all, &chosen, all).map_err(|why| format!("{}: {why}", said()))?;
            let parts = split(net, &question, &chosen);
            let kept: Vec<_> = answer
                .parts
                .iter()
                .filter_map(|part| part.part.clone())
                .collect();
            let named: Vec<_> = parts.keys().cloned().collect();
            if kept != named {
                return Err(format!("{}: parts {kept:?}, recounted {named:?}", said()));
            }
            for part in &answer.parts {
                let own = &parts[part.part.as_deref().unwrap_or_default()];
                let touch = Touch::of(&question, part.part.as_deref());
                same(part, own, touch)
                    .map_err(|why| format!("{} {:?}: {why}", said(), part.part))?;
            }
            opens(house, &question, n, &chosen)
                .await
                .map_err(|why| format!("{}: {why}", said()))?;
        }
        Ok(())
    }
}

/// The days all histories lie in, and some of them, by every dimension.
pub fn questions(house: &House, net: &CommunityNet) -> Vec<Question> {
    let today = house.clock.now().to_offset(CHINA).date();
    let days = |back: i64, n: i64| {
        let first = today - Duration::days(back);
        Question::of(Period::days(first, first + Duration::days(n), CHINA).expect("days"))
    };
    let year = || days(365, 365);
    let splits = [
        By::Category,
        By::Department,
        By::Channel,
        By::Grid,
        By::Time(Length::Month),
    ];
    let mut asked: Vec<Question> = splits
        .into_iter()
        .map(|by| Question {
            by: Some(by),
            ..year()
        })
        .collect();
    asked.extend([days(0, 0), days(9, 9), days(40, 20)]);
    for code in ["G01", "G02-M02"] {
        let grid = Some(house.grid(code));
        asked.push(Question {
            grid,
            by: Some(By::Grid),
            ..year()
        });
    }
    for category in ["201", "10101"] {
        let category = Some(category.parse().expect("a code"));
        asked.push(Question {
            category,
            by: Some(By::Category),
            ..year()
        });
    }
    for channel in [Channel::Hotline, Channel::Grid] {
        asked.push(Question {
            channel: Some(channel),
            ..days(30, 30)
        });
    }
    let departments = net.departments().map(|one| Hands::Department(one.id));
    for hands in departments.chain([Hands::Grids]) {
        asked.push(Question {
            hands: Some(hands),
            ..year()
        });
    }
    asked
}

fn is_chosen(net: &CommunityNet, question: &Question, row: &Row) -> bool {
    let way: HashSet<GridId> = net.way(row.grid).into_iter().map(|grid| grid.id).collect();
    question.grid.is_none_or(|grid| way.contains(&grid))
        && question
            .category
            .as_ref()
            .is_none_or(|code| row.category.starts_with(code.as_str()))
        && question
            .channel
            .is_none_or(|channel| channel == row.channel)
        && match question.hands {
            None => true,
            Some(Hands::Grids) => row.department.is_none(),
            Some(Hands::Department(own)) => row.department == Some(own),
        }
}

/// The rows of every part that has any that count; times have all rows, each in its own days.
fn split<'a>(
    net: &CommunityNet,
    question: &Question,
    rows: &[&'a Row],
) -> BTreeMap<String, Vec<&'a Row>> {
    let mut parts: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
    let code = |row: &Row| match question.by {
        Some(By::Category) if question.category.is_some() => row.category.clone(),
        Some(By::Category) => row.category.chars().take(3).collect(),
        Some(By::Channel) => row.channel.as_str().to_owned(),
        Some(By::Department) => {
            let own = net.departments().find(|one| Some(one.id) == row.department);
            own.map_or_else(String::new, |one| one.code.clone())
        }
        Some(By::Grid) => {
            let top = question
                .grid
                .or_else(|| net.root().map(|root| root.id))
                .expect("a top");
            let below = net.children(top).iter().copied();
            let own = below
                .chain([top])
                .find(|one| net.subtree(*one).contains(&row.grid));
            let own = own.and_then(|id| net.grid(id)).expect("a grid below");
            own.code.as_str().to_owned()
        }
        Some(By::Time(_)) | None => String::new(),
    };
    match question.by {
        None => {}
        Some(By::Time(length)) => {
            for period in question.period.split(length) {
                parts.insert(period.first().to_string(), rows.to_vec());
            }
        }
        Some(_) => {
            for row in rows {
                parts.entry(code(row)).or_default().push(row);
            }
            let counts = |rows: &Vec<&Row>| {
                let any = |figure: Figure| {
                    rows.iter()
                        .any(|row| figure.part(&row.facts, &question.period) != Part::Outside)
                };
                Figure::ALL.into_iter().any(any)
            };
            parts.retain(|_, rows| counts(rows));
        }
    }
    parts
}

/// What a value counts; none where it is not shown.
fn counts(value: Value) -> Option<(u64, u64)> {
    match value {
        Value::Ratio(ratio) => Some((ratio.numerator, ratio.denominator)),
        Value::Change(change) => Some((change.this, change.before)),
        Value::Count(n) => Some((n, 0)),
        Value::Withheld(_) => None,
    }
}

/// Whether the number of cases tells of persons.
#[derive(Clone, Copy)]
struct Touch {
    /// By what was asked, or by what the part is.
    own: bool,
    /// That of some part beside them could.
    beside: bool,
}

impl Touch {
    fn of(question: &Question, part: Option<&str>) -> Self {
        let told = |channel: &str| {
            ["resident", "phone", "desk", "hotline", "home_visit"].contains(&channel)
        };
        let concerns = |code: &str| {
            ["301", "302", "304", "306", "307"]
                .iter()
                .any(|class| code.starts_with(class))
        };
        let of_channel = question.channel.map(Channel::as_str);
        let of_category = question.category.as_ref().map(|code| code.as_str());
        let by = question.by.filter(|_| part.is_some());
        let of_part = match (by, part) {
            (Some(By::Channel), Some(part)) => told(part),
            (Some(By::Category), Some(part)) => concerns(part),
            _ => false,
        };
        let splits = matches!(by, Some(By::Channel | By::Category));
        Self {
            own: of_part || of_channel.is_some_and(told) || of_category.is_some_and(concerns),
            beside: splits || of_channel.is_some() || of_category.is_some(),
        }
    }
}

/// Whether a figure may be shown or not as it is: no small number of residents is, and nothing else is withheld.
fn may_be(figure: Figure, shown: Value, rows: &[&Row], period: &Period, touch: Touch) -> bool {
    let part = |wanted: Part| {
        let counts = |row: &&&Row| figure.part(&row.facts, period) == wanted;
        rows.iter().filter(counts).count() as u64
    };
    let (met, unmet) = (part(Part::Numerator), part(Part::Denominator));
    let of_people = figure.is_of_people();
    let people = if of_people {
        figure.people(met, unmet)
    } else {
        [met + unmet, met]
    };
    let few = (of_people || touch.own) && people.iter().any(|n| (1..5).contains(n));
    match shown {
        Value::Withheld(Withheld::Few { fewest }) => fewest == 5 && few,
        Value::Withheld(Withheld::Beside) => people != [0, 0] && (of_people || touch.beside),
        _ => !few,
    }
}

fn same(kept: &Figures, rows: &[&Row], touch: Touch) -> Result<(), String> {
    for figure in Figure::ALL {
        let recounted = figure.of(rows.iter().map(|row| &row.facts), &kept.period);
        let value = kept.value(figure).expect("every figure");
        if !may_be(figure, value, rows, &kept.period, touch) {
            return Err(format!("{figure:?} is shown as {value:?} of {recounted:?}"));
        }
        let shown = counts(value);
        if shown.is_some() && shown != counts(recounted) {
            return Err(format!(
                "{figure:?} is kept as {value:?}, recounted as {recounted:?}"
            ));
        }
    }
    let period = &kept.period;
    let handled = rows.iter().filter(|row| {
        let facts = &row.facts;
        facts.standing == rules::figures::Standing::Live
            && facts.handled_at.is_some_and(|at| period.contains(at))
    });
    let mut took: Vec<i64> = handled
        .filter_map(|row| Some(row.facts.handling?.calendar.whole_minutes()))
        .collect();
    took.sort_unstable();
    let n = took.len();
    let handling = kept.value(Figure::Handling);
    let hides = matches!(handling, Some(Value::Withheld(_))) || (touch.own && n < 5);
    if kept.time_withheld.is_some() != (hides && n > 0) {
        return Err(format!("how long {n} took is {:?}", kept.time_withheld));
    }
    if kept.time_withheld.is_some() {
        return match kept.time {
            Some(time) => Err(format!("{time:?} is withheld and told")),
            None => Ok(()),
        };
    }
    let median = (n > 0).then(|| (took[(n - 1) / 2] + took[n / 2]) as f64 / 2.0);
    let mean = (n > 0).then(|| took.iter().sum::<i64>() as f64 / n as f64);
    let kept = kept
        .time
        .map(|time| (time.calendar.median, time.calendar.mean));
    if kept.map(|kept| kept.0) != median || kept.map(|kept| kept.1) != mean {
        return Err(format!(
            "handling took {kept:?}, recounted {median:?}, {mean:?}"
        ));
    }
    Ok(())
}

/// The way from a number to its rows leads to as many.
async fn opens(
    house: &House,
    question: &Question,
    n: usize,
    chosen: &[&Row],
) -> Result<(), String> {
    let desk = house.asker("desk").await;
    let opened = [
        Figure::Closing,
        Figure::OnTimeHandling,
        Figure::Filing,
        Figure::SolvedGeneral,
    ];
    let figure = opened[n % opened.len()];
    for of in [Part::Numerator, Part::Denominator] {
        let found = rows(house, &desk, question, Counted::In(figure, of), 1)
            .await
            .expect("rows");
        let part = |row: &&&Row| match figure.part(&row.facts, &question.period) {
            Part::Numerator => true,
            Part::Denominator => of == Part::Denominator,
            Part::Outside => false,
        };
        let due = chosen.iter().filter(part).count();
        let newest = newest_rows(house, &desk, question, Counted::In(figure, of), 3)
            .await
            .expect("rows");
        let first = found.cases.len().min(3);
        if newest.total != due || newest.cases != found.cases[..first] {
            return Err(format!("the newest rows of {figure:?} are others"));
        }
        if found.total != due || found.cases.len() != due.min(work::figures::PAGE) {
            return Err(format!(
                "{figure:?} opens {} rows, recounted {due}",
                found.total
            ));
        }
    }
    Ok(())
}
