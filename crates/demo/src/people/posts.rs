//! Who serves where: posts over the grids of the ground, in the order of the sheets.

use super::names::Register;
use super::units::UNITS;
use crate::dice::Dice;
use crate::ground::{COMMUNITY, Grid, Ground, Level};

/// What kind of post; each kind has a sheet of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 网格长, and the 总网格长 of the community.
    Lead,
    /// 微网格员.
    Steward,
    /// 网格员, full-time.
    Worker,
    /// 联户志愿者; the first of each micro-grid has an account.
    Volunteer,
    /// 执法人员 of the subdistrict.
    Officer,
    /// 监督员.
    Supervisor,
    /// A department's liaison person.
    Department,
    /// 受理.
    Desk,
}

/// A post and its invented holder.
#[derive(Clone, Debug)]
pub struct Post {
    /// Which sheet.
    pub kind: Kind,
    /// Name of the holder.
    pub name: String,
    /// Title of the post 岗位.
    pub title: &'static str,
    /// Employing unit, where it is not the community.
    pub unit: Option<&'static str>,
    /// Sign-in account; empty when the post has none.
    pub account: String,
    /// Code of the grid served.
    pub grid: String,
    /// Eleven digits that cannot ring.
    pub phone: String,
    /// Service times, for the board.
    pub hours: &'static str,
    /// Duties, for the board.
    pub duties: String,
    /// Account of the deputy; empty when there is none.
    pub deputy: String,
    /// Skills, divided by 、.
    pub skills: String,
}

/// All posts in the order of the sheets.
#[derive(Clone, Debug)]
pub struct People {
    /// 1 + 16 leads, 79 stewards, 16 workers, 121 volunteers, 12 officers, 1 supervisor, departments, 1 desk.
    pub posts: Vec<Post>,
}

const OFFICE: &str = "周一至周五 08:00-12:00、14:00-18:00";
const STAGGERED: &str = "周一至周六 09:00-12:00、15:00-20:00";
const EVENING: &str = "每日 18:30-20:30，周末全天";
const ALWAYS: &str = "每日 00:00-24:00（值班）";
const VOLUNTEERS: usize = 121;
const OFFICERS: usize = 12;

struct Writer {
    register: Register,
    posts: Vec<Post>,
}

/// Fills every post on `ground` for `seed`.
#[must_use]
pub fn people(seed: u64, ground: &Ground) -> People {
    let generals: Vec<&Grid> = ground.level(Level::General).collect();
    let micros: Vec<&Grid> = ground.level(Level::Micro).collect();
    let mut writer = Writer {
        register: Register::new(seed),
        posts: Vec::new(),
    };
    writer.leads(&generals);
    writer.stewards(&micros);
    writer.workers(&generals);
    writer.volunteers(&micros, &mut Dice::new(seed, "volunteers"));
    writer.officers();
    writer.single(
        Kind::Supervisor,
        "党风政风廉情监督员",
        "supervisor",
        OFFICE,
        "监督办理全过程，提醒和督促，不经办具体事项",
    );
    for unit in UNITS {
        let hours = if matches!(
            unit.account,
            "department-water" | "department-power" | "department-gas"
        ) {
            ALWAYS
        } else {
            OFFICE
        };
        writer.single(Kind::Department, "联络员", unit.account, hours, unit.duty);
        if let Some(post) = writer.posts.last_mut() {
            post.unit = Some(unit.name);
        }
    }
    writer.single(
        Kind::Desk,
        "受理派遣",
        "desk",
        STAGGERED,
        "受理来电来访，核对分类，派遣和回访",
    );
    People {
        posts: writer.posts,
    }
}

/// `prefix-nn`, counted from 1.
fn numbered(prefix: &str, number: usize) -> String {
    format!("{prefix}-{number:02}")
}

impl Writer {
    fn post(
        &mut self,
        kind: Kind,
        title: &'static str,
        account: String,
        grid: &str,
        hours: &'static str,
        duties: &str,
    ) -> &mut Post {
        let (name, phone, skills) = (
            self.register.name(),
            self.register.phone(),
            self.register.skills(),
        );
        let at = self.posts.len();
        self.posts.push(Post {
            kind,
            name,
            title,
            unit: None,
            account,
            grid: grid.to_owned(),
            phone,
            hours,
            duties: duties.to_owned(),
            deputy: String::new(),
            skills,
        });
        &mut self.posts[at]
    }

    fn single(
        &mut self,
        kind: Kind,
        title: &'static str,
        account: &str,
        hours: &'static str,
        duties: &str,
    ) {
        self.post(kind, title, account.to_owned(), COMMUNITY, hours, duties);
    }

    fn leads(&mut self, generals: &[&Grid]) {
        self.single(
            Kind::Lead,
            "总网格长",
            "community-lead",
            OFFICE,
            "统筹全社区网格工作，包案疑难事项",
        );
        if let Some(post) = self.posts.last_mut() {
            post.deputy = numbered("lead", 1);
        }
        for (number, grid) in (1..).zip(generals) {
            let duties = "组织本网格力量，立案派遣，召集协商，核查完工情况";
            self.post(
                Kind::Lead,
                "网格长",
                numbered("lead", number),
                &grid.code,
                OFFICE,
                duties,
            )
            .deputy = numbered("lead", number % generals.len() + 1);
        }
    }

    fn stewards(&mut self, micros: &[&Grid]) {
        for (number, grid) in (1..).zip(micros) {
            let duties = "联系本微网格住户，收集问题，能办即办，上报难事";
            let siblings: Vec<usize> = (1..)
                .zip(micros)
                .filter(|(_, other)| other.parent == grid.parent)
                .map(|(n, _)| n)
                .collect();
            let place = siblings.iter().position(|n| *n == number).unwrap_or(0);
            let deputy = siblings[(place + 1) % siblings.len()];
            self.post(
                Kind::Steward,
                "微网格员",
                numbered("steward", number),
                &grid.code,
                EVENING,
                duties,
            )
            .deputy = numbered("steward", deputy);
        }
    }

    fn workers(&mut self, generals: &[&Grid]) {
        for (number, grid) in (1..).zip(generals) {
            let duties = "巡查走访，核实上报，处置本网格事项，反馈结果";
            self.post(
                Kind::Worker,
                "专职网格员",
                numbered("worker", number),
                &grid.code,
                STAGGERED,
                duties,
            )
            .deputy = numbered("worker", number % generals.len() + 1);
        }
    }

    /// One volunteer in each micro-grid, a second one in some, until all are placed.
    fn volunteers(&mut self, micros: &[&Grid], dice: &mut Dice) {
        let mut second: Vec<usize> = (0..micros.len()).collect();
        dice.shuffle(&mut second);
        second.truncate(VOLUNTEERS - micros.len());
        for (index, grid) in micros.iter().enumerate() {
            for nth in 0..=usize::from(second.contains(&index)) {
                let account = match nth {
                    0 => numbered("volunteer", index + 1),
                    _ => String::new(),
                };
                self.post(
                    Kind::Volunteer,
                    "联户志愿者",
                    account,
                    &grid.code,
                    EVENING,
                    "联系所包住户，听取需求，回访办理结果",
                );
            }
        }
    }

    fn officers(&mut self) {
        for number in 1..=OFFICERS {
            let duties = "受理线索移送，依法检查处理，反馈结果";
            let post = self.post(
                Kind::Officer,
                "执法人员",
                numbered("officer", number),
                COMMUNITY,
                OFFICE,
                duties,
            );
            post.unit = Some("综合执法队");
            post.deputy = numbered("officer", number % OFFICERS + 1);
        }
    }
}
