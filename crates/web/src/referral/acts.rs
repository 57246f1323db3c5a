//! What may be done now to a referral, as forms.

use rules::referral::{CommandName, Outcome, Procedure, RefusedReason, StateName};
use work::referral::ReferralPage;

use crate::case::{Choice, Group};
use crate::form::{Act, Asking, Typed, unfolded_asking};
use crate::locale::Clockwork;
use crate::workbench::Office;

/// The forms for everything the asker may do; the usual next one unfolded.
pub(super) fn acts(office: &Office, page: &ReferralPage, typed: &Typed) -> Vec<Act> {
    let taken = page.kept.referral.state.name() != StateName::Referred;
    let mut commands = page.may.clone();
    // taking over is the rarer thing once somebody has it
    commands.sort_by_key(|name| taken && *name == CommandName::Take);
    let forms = commands.iter().map(|name| act(office, page, *name, typed));
    unfolded_asking(office.page.t, typed, forms)
}

fn act(office: &Office, page: &ReferralPage, name: CommandName, typed: &Typed) -> Act {
    let t = office.page.t;
    let asking = Asking {
        t,
        feature: "referral",
        act: name.as_str(),
        typed,
    };
    let primary = "button--primary";
    match name {
        CommandName::Take => {
            let second = asking.select("second", officers(office, page));
            let mut act = asking.form("check", primary, vec![second]);
            if let Some(officers) = page.kept.referral.state.officers() {
                let ours = office.asker.member().is_some_and(|me| officers.are(me));
                let name = if ours { "hand" } else { "over" };
                act.title = t.text(format!("referral-do-{name}"));
                act.hint = t.text(format!("referral-do-{name}-hint"));
                (act.icon, act.class) = ("swap", "");
            }
            act
        }
        CommandName::Refuse => {
            let reasons = RefusedReason::ALL.iter().map(|reason| reason.as_str());
            let fields = vec![asking.few("reason", reasons), asking.words("words", "")];
            asking.form("return", "", fields)
        }
        CommandName::Start => {
            let courses = Procedure::ALL.iter().map(|course| course.as_str());
            let course = asking.few("procedure", courses);
            asking.form("list", primary, vec![course])
        }
        CommandName::End => {
            let noted = page.kept.referral.state.procedure().is_some();
            let results = Outcome::ALL
                .iter()
                .filter(|result| noted || !result.needs_procedure())
                .map(|result| result.as_str());
            let fields = vec![asking.few("result", results), asking.words("words", "")];
            asking.form("done", primary, fields)
        }
        CommandName::Withdraw | CommandName::Remind => {
            let mut act = asking.form("close", "button--danger", Vec::new());
            act.confirm = Some(t.text("referral-withdraw-confirm"));
            act
        }
    }
}

/// The other officers of the team; until when somebody is away is said, for they will not come along.
fn officers(office: &Office, page: &ReferralPage) -> Vec<Group> {
    let (t, me) = (office.page.t, office.asker.member());
    let others = page.team.iter().filter(|officer| Some(**officer) != me);
    let choice = |officer: &rules::ids::MemberId| {
        let member = office.net.member(*officer)?;
        let name = match member.away_at(office.asker.now) {
            Some(away) => match away.ends() {
                Some(until) => t
                    .say("referral-officer-away")
                    .with("officer", &member.name)
                    .with("until", t.by(until))
                    .to_string(),
                None => t
                    .say("referral-officer-closed")
                    .with("officer", &member.name)
                    .to_string(),
            },
            None => member.name.clone(),
        };
        Some(Choice::new(member.code.clone()?, name))
    };
    vec![Group {
        label: super::words::team(office, page.kept.referral.team),
        choices: others.filter_map(choice).collect(),
    }]
}
