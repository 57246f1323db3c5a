//! What may be done now to a mediation, as forms.

use rules::ids::GridId;
use rules::mediation::{CommandName, Instead};
use rules::people::Post;
use work::mediation::{MediationPage, mediators};

use crate::case::{Choice, Group};
use crate::form::{Act, Asking, Typed, unfolded_asking};
use crate::workbench::Office;

/// The forms for everything the asker may do; the usual next one unfolded.
pub(super) fn acts(office: &Office, page: &MediationPage, typed: &Typed) -> Vec<Act> {
    let forms = page.may.iter().map(|name| act(office, page, *name, typed));
    unfolded_asking(office.page.t, typed, forms)
}

fn act(office: &Office, page: &MediationPage, name: CommandName, typed: &Typed) -> Act {
    let t = office.page.t;
    let ask = Asking {
        t,
        feature: "mediation",
        act: name.as_str(),
        typed,
    };
    let primary = "button--primary";
    let today = office.net.calendar.local(office.asker.now).date();
    let day = || ask.line("on", "date", &today.to_string());
    let instead = || ask.few("instead", Instead::ALL.iter().map(|to| to.as_str()));
    let words = || ask.words("words", "");
    match name {
        CommandName::Talk => ask.form("message", primary, vec![day(), words()]),
        CommandName::Draft => {
            let before = page.agreement.as_deref().unwrap_or_default();
            ask.form("edit", primary, vec![ask.words("words", before)])
        }
        CommandName::Agree => {
            let written = ask.few("written", ["yes", "no"]);
            ask.form("check", primary, vec![day(), written, ask.photos()])
        }
        CommandName::Fail => ask.form("external", "", vec![instead(), words()]),
        CommandName::Extend => {
            let consent = ask.few("consent", ["yes"]);
            ask.form("clock", "", vec![consent, words()])
        }
        CommandName::HandOver => {
            let to = ask.select("to", people(office, Some(page.mediation.grid)));
            ask.form("swap", "", vec![to])
        }
        CommandName::Withdraw => {
            let mut act = ask.form("close", "button--danger", vec![words()]);
            act.confirm = Some(t.text("mediation-withdraw-confirm"));
            act
        }
        CommandName::Follow => {
            let kept = ask.few("kept", ["yes", "no"]);
            ask.form("eye", primary, vec![kept, instead(), words()])
        }
        CommandName::Resume => ask.form("play", "", vec![words()]),
    }
}

/// Who can be asked to mediate: of this place first, then whoever else of its line may.
pub(super) fn people(office: &Office, grid: Option<GridId>) -> Vec<Group> {
    let (here, elsewhere) = mediators(&office.net, grid);
    let choice = |post: &&Post| {
        let member = office.net.member(post.member)?;
        let code = member.code.clone()?;
        Some(Choice::new(
            code,
            format!("{} · {}", member.name, post.title),
        ))
    };
    let groups = [
        ("cases-people-here", here),
        ("cases-people-elsewhere", elsewhere),
    ];
    groups
        .into_iter()
        .map(|(label, posts)| Group {
            label: office.page.t.text(label),
            choices: posts.iter().filter_map(choice).collect(),
        })
        .filter(|group| !group.choices.is_empty())
        .collect()
}
