//! A circular 通报: words about units — departments and grids with several people — for the staff to read. It never names a
//! worker: a name, a number of a person, or a micro-grid, which is one person under another name, is refused.

use crate::grid::{Grid, Level};
use crate::ids::{DepartmentId, GridId};
use crate::privacy::conduct;
use crate::privacy::free_text;

use super::numbered::names_case;
use super::pointed::{calls_short, names_part, names_post};
use super::staff::Staff;

/// Whom a circular speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Spoken {
    /// A grid.
    Grid(GridId),
    /// A department.
    Department(DepartmentId),
}

/// A circular as it is going to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circular {
    /// Its heading; 1 to 60 characters.
    pub title: String,
    /// Its words; 1 to 4,000 characters.
    pub words: String,
    /// The units it speaks of; at least one.
    pub units: Vec<Spoken>,
}

/// What is wrong with a circular.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CircularFault {
    /// It has no heading, or too long a one.
    Title,
    /// It has no words, or too many.
    Words,
    /// It speaks of no unit.
    NoUnit,
    /// A micro-grid is one person.
    MicroGrid,
    /// It names somebody who works here, calls them by the surname, by a post that one person holds or by an account, or gives a
    /// person's number.
    NamesPerson,
    /// It gives the number of a case: with it, whoever reads it finds who has it in hand.
    NamesCase,
    /// Its title or words name a micro-grid, by its name, a part of it or its code: one person, as plainly as by their own name.
    NamesMicroGrid,
}

/// The longest heading and words, in characters.
const TITLE_MAX: usize = 60;
const WORDS_MAX: usize = 4_000;
/// Names of one character would be found in any text.
const NAME_MIN: usize = 2;

/// Everything that is wrong with a circular, given the grids it is about, all grids there are, everybody who works here, and what the units
/// are called that it is about.
pub fn faults(
    circular: &Circular,
    grids: &[&Grid],
    all: &[&Grid],
    staff: &Staff<'_>,
    spoken: &[&str],
) -> Vec<CircularFault> {
    let mut faults = Vec::new();
    let fits = |text: &str, max: usize| !text.trim().is_empty() && text.chars().count() <= max;
    if !fits(&circular.title, TITLE_MAX) {
        faults.push(CircularFault::Title);
    }
    if !fits(&circular.words, WORDS_MAX) {
        faults.push(CircularFault::Words);
    }
    if circular.units.is_empty() {
        faults.push(CircularFault::NoUnit);
    }
    if grids.iter().any(|grid| grid.level == Level::Micro) {
        faults.push(CircularFault::MicroGrid);
    }
    let texts = [circular.title.as_str(), circular.words.as_str()];
    if texts
        .iter()
        .any(|text| names_person(text, all, staff, spoken))
    {
        faults.push(CircularFault::NamesPerson);
    }
    if texts.into_iter().any(names_case) {
        faults.push(CircularFault::NamesCase);
    }
    if names_micro_grid(circular, all) {
        faults.push(CircularFault::NamesMicroGrid);
    }
    faults
}

/// Blanks hide nothing.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Neither do capital letters of a code.
pub(super) fn folded(text: &str) -> String {
    bare(text).to_lowercase()
}

/// The names of larger grids are taken out first: what stands within one of them names that grid.
fn names_micro_grid(circular: &Circular, all: &[&Grid]) -> bool {
    let called = |grid: &&Grid| [folded(&grid.name), folded(grid.code.as_str())];
    let (micro, larger): (Vec<&Grid>, Vec<&Grid>) =
        all.iter().partition(|grid| grid.level == Level::Micro);
    let mut longer: Vec<String> = larger.iter().flat_map(called).collect();
    longer.sort_unstable_by_key(|name| std::cmp::Reverse(name.len()));
    let texts = [folded(&circular.title), folded(&circular.words)];
    let named = |name: String| {
        let without = |text: &String| {
            let larger = longer.iter().filter(|one| one.contains(&name));
            larger.fold(text.clone(), |text, one| text.replace(one, "\n"))
        };
        let mut texts = texts.iter().filter(|text| text.contains(&name));
        name.chars().count() >= NAME_MIN && texts.any(|text| without(text).contains(&name))
    };
    let in_part = |grid: &&Grid| {
        let around = all.iter().find(|one| Some(one.id) == grid.parent);
        let mut texts = texts.iter();
        texts.any(|text| names_part(text, grid, around.copied()))
    };
    micro.iter().any(in_part) || micro.iter().flat_map(called).any(named)
}

/// Whether words that are to speak of units and of nobody name somebody who works here, call them by the surname, point at them by
/// a post or an account, or give a person's number. `spoken` are the units they are about.
pub fn names_person(text: &str, grids: &[&Grid], staff: &Staff<'_>, spoken: &[&str]) -> bool {
    let dense = bare(text);
    // the landline of an office names nobody
    let of_person = |one: &free_text::Found| one.kind != free_text::NumberKind::Landline;
    let names = &staff.names;
    free_text::find(&dense).iter().any(of_person)
        || names_post(&folded(text), grids)
        || calls_short(&dense, names)
        || staff.points(text, spoken)
        || conduct::calls_one(&dense, names.iter().copied())
        || names.iter().any(|name| {
            let name = bare(name);
            name.chars().count() >= NAME_MIN && dense.contains(&name)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::Scheme;
    use crate::ids::GridVersion;
    use uuid::Uuid;

    fn grid(level: Level) -> Grid {
        Grid {
            id: GridId(Uuid::from_u128(1)),
            scheme: Scheme::governance(),
            level,
            code: "X-1".parse().unwrap(),
            name: "示例".into(),
            parent: None,
            version: GridVersion(1),
            households: None,
        }
    }

    fn circular(words: &str) -> Circular {
        Circular {
            title: "督办情况".into(),
            words: words.into(),
            units: vec![Spoken::Grid(GridId(Uuid::from_u128(1)))],
        }
    }

    fn named<const N: usize>(names: [&'static str; N]) -> Staff<'static> {
        Staff {
            names: names.to_vec(),
            ..Staff::default()
        }
    }

    #[test]
    fn a_circular_about_a_general_grid_is_fine() {
        let found = faults(
            &circular("三件事超期未答复"),
            &[&grid(Level::General)],
            &[&grid(Level::General)],
            &named(["王示例"]),
            &[],
        );
        assert_eq!(found, []);
    }

    #[test]
    fn a_worker_s_name_is_found_though_written_with_spaces() {
        let found = faults(
            &circular("王 示例 没有答复"),
            &[],
            &[],
            &named(["王示例"]),
            &[],
        );
        assert_eq!(found, [CircularFault::NamesPerson]);
    }

    #[test]
    fn a_telephone_number_is_a_person_too() {
        let found = faults(
            &circular("请联系 13800138000"),
            &[],
            &[],
            &Staff::default(),
            &[],
        );
        assert_eq!(found, [CircularFault::NamesPerson]);
    }

    #[test]
    fn a_micro_grid_is_one_person_and_not_named() {
        let found = faults(
            &circular("超期"),
            &[&grid(Level::Micro)],
            &[],
            &Staff::default(),
            &[],
        );
        assert_eq!(found, [CircularFault::MicroGrid]);
    }

    #[test]
    fn a_micro_grid_is_not_named_in_the_words_either_by_name_or_code() {
        let micro = Grid {
            name: "锦绣苑一期1至6栋微网格".into(),
            ..grid(Level::Micro)
        };
        for words in ["锦绣苑一期 1至6栋 微网格员办事慢", "x-1 办事慢"] {
            let found = faults(&circular(words), &[], &[&micro], &Staff::default(), &[]);
            assert_eq!(found, [CircularFault::NamesMicroGrid], "{words}");
        }
    }

    #[test]
    fn a_larger_grid_whose_name_holds_that_of_a_micro_grid_may_be_named() {
        let micro = Grid {
            name: "锦绣苑".into(),
            ..grid(Level::Micro)
        };
        let larger = Grid {
            name: "锦绣苑网格".into(),
            code: "X".parse().unwrap(),
            ..grid(Level::General)
        };
        let named = |words| {
            faults(
                &circular(words),
                &[],
                &[&micro, &larger],
                &Staff::default(),
                &[],
            )
        };
        assert_eq!(named("锦绣苑网格三件事超期"), []);
        let both = named("锦绣苑网格里，锦绣苑办事慢");
        assert_eq!(both, [CircularFault::NamesMicroGrid]);
    }

    #[test]
    fn a_post_that_one_person_holds_is_a_person_and_the_posts_of_all_are_not() {
        let general = Grid {
            name: "锦绣苑网格".into(),
            ..grid(Level::General)
        };
        let found = |words| faults(&circular(words), &[], &[&general], &Staff::default(), &[]);
        for words in [
            "锦绣苑网格长办事慢",
            "锦绣苑网格的网格长办事慢",
            "锦绣苑 网格员办事慢",
            "供水站站长办事慢",
            "执法队的队长没有来",
        ] {
            assert_eq!(found(words), [CircularFault::NamesPerson], "{words}");
        }
        for words in [
            "锦绣苑网格三件事超期",
            "请各网格长周五前答复",
            "各服务站站长请督促",
            "供水站三天没有到场",
        ] {
            assert_eq!(found(words), [], "{words}");
        }
    }

    #[test]
    fn the_number_of_a_case_leads_to_whoever_has_it() {
        let found = |words| faults(&circular(words), &[], &[], &Staff::default(), &[]);
        for words in [
            "510184999001-20261201-0084 超期",
            "编号510184999001-20261201-0084、510184999001-20261201-0085超期",
            "510184999001 -20261201- 0084超期",
            "20261201-0084 超期",
            "编号20261201 - 0084超期",
        ] {
            assert_eq!(found(words), [CircularFault::NamesCase], "{words}");
        }
        for words in [
            "2026-12-01 到期 3 件",
            "20261201-20261203 三件超期",
            "20261201-84 超期",
        ] {
            assert_eq!(found(words), [], "{words}");
        }
    }

    #[test]
    fn the_end_of_a_number_leads_there_as_well_and_a_count_or_a_year_does_not() {
        let found = |words| faults(&circular(words), &[], &[], &Staff::default(), &[]);
        for words in [
            "事件 0016 逾期",
            "编号0016的责任人拖拉",
            "尾号为1016的那件超期",
            "Case 0016 is late",
            "Case 1016 is late",
            "case #1016, which is late",
        ] {
            assert_eq!(found(words), [CircularFault::NamesCase], "{words}");
        }
        for words in [
            "事件1016件，三件超期",
            "办结案件12345转来的三件",
            "事件2026年增加",
            "annual report 2026",
            "上报1016起",
            "案件1016，其中三件超期",
            "In case 1200 households complain",
            "report 5000 yuan by Friday",
            "showcase 1016",
        ] {
            assert_eq!(found(words), [], "{words}");
        }
    }

    #[test]
    fn whoever_is_called_in_short_or_heads_one_unit_is_a_person() {
        let general = Grid {
            name: "锦绣苑网格".into(),
            ..grid(Level::General)
        };
        let staff = named(["朱园涛", "周小示", "施示例"]);
        let found = |words| faults(&circular(words), &[], &[&general], &staff, &[]);
        for words in [
            "园涛同志办事慢",
            "锦绣苑网格朱工办事慢",
            "锦绣苑负责人办事慢",
            "锦绣苑书记不作为",
            "锦绣苑党支部书记不作为",
            "本网格唯一的专职人员推诿",
            "供电所的站长推诿",
            "The deputy of that grid ignores calls",
        ] {
            assert_eq!(found(words), [CircularFault::NamesPerson], "{words}");
        }
        for words in [
            "锦绣苑网格三件事超期",
            "锦绣苑唯一的出入口三天没有清理",
            "本周工作三件超期",
            "供水站施工超期",
            "各社区书记请督促",
            "供电所三天没有到场",
            "The deputies of all grids answer until Friday",
        ] {
            assert_eq!(found(words), [], "{words}");
        }
    }

    #[test]
    fn a_surname_that_stands_in_everyday_words_calls_nobody_there() {
        let staff = named(["于文", "党生", "时明", "包安", "朱文"]);
        let found = |words| faults(&circular(words), &[], &[], &staff, &[]);
        for words in [
            "关于工时的要求",
            "街道党工委要求周五前答复",
            "请小时工三天内到场",
            "包工头没有清理",
        ] {
            assert_eq!(found(words), [], "{words}");
        }
        for words in ["于工推诿", "供水站于工推诿", "朱工推诿"] {
            assert_eq!(found(words), [CircularFault::NamesPerson], "{words}");
        }
    }

    #[test]
    fn somebody_called_by_the_surname_is_named() {
        for words in ["朱网格长拖拉", "锦绣苑网格小陆办事慢"] {
            let found = faults(&circular(words), &[], &[], &named(["朱园涛", "陆宁"]), &[]);
            assert_eq!(found, [CircularFault::NamesPerson], "{words}");
        }
    }

    #[test]
    fn a_micro_grid_is_not_named_by_a_part_of_its_name_and_a_building_may_be() {
        let general = Grid {
            name: "锦绣苑网格".into(),
            code: "X".parse().unwrap(),
            ..grid(Level::General)
        };
        let micro = Grid {
            id: GridId(Uuid::from_u128(2)),
            name: "锦绣苑一期1至6栋微网格".into(),
            parent: Some(general.id),
            ..grid(Level::Micro)
        };
        let found = |words| {
            faults(
                &circular(words),
                &[],
                &[&micro, &general],
                &Staff::default(),
                &[],
            )
        };
        for words in ["一期1至6栋的微网格员办事慢", "锦绣苑一期1至6栋网格员办事慢"]
        {
            assert_eq!(found(words), [CircularFault::NamesMicroGrid], "{words}");
        }
        assert_eq!(found("一期1至6栋的路灯超期"), []);
    }

    #[test]
    fn an_empty_circular_lacks_everything() {
        let empty = Circular {
            title: " ".into(),
            words: String::new(),
            units: Vec::new(),
        };
        assert_eq!(
            faults(&empty, &[], &[], &Staff::default(), &[]),
            [
                CircularFault::Title,
                CircularFault::Words,
                CircularFault::NoUnit
            ]
        );
    }
}
