//! What is kept with a case: its report, and the words and results of its steps.

use rules::access::Actor;
use rules::case::{Case, CommandName};
use rules::ids::{DepartmentId, ReportId, ResultId};
use store::case::{KeptResult, Remark};
use store::report::Report;
use uuid::Uuid;

use super::super::row::{Row, Told};
use super::Lives;
use crate::case::{StepForm, ends, told_at_once};

impl Lives {
    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one step, kept together at its end"
    )]
    pub(super) fn keep(
        &mut self,
        row: &Row,
        name: CommandName,
        form: &StepForm,
        ids: [Uuid; 3],
        case: Case,
        department: Option<DepartmentId>,
        actor: &Actor,
    ) {
        let Some(life) = self.lives.get_mut(&row.number) else {
            return;
        };
        let remark = |id: Uuid, words: &str, for_reporter: bool| Remark {
            id,
            case: case.id,
            version: case.version,
            command: name,
            words: words.to_owned(),
            for_reporter,
            at: row.at,
        };
        let is_result = matches!(name, CommandName::Handle | CommandName::Fix);
        if let (Some(words), true, Some(member)) = (form.text(), is_result, actor.member()) {
            life.results.push(KeptResult {
                id: ResultId(ids[2]),
                case: case.id,
                member,
                note: words.to_owned(),
                at: row.at,
            });
        } else if let Some(words) = form.text() {
            life.remarks.push(remark(ids[0], words, told_at_once(name)));
        }
        if let Some(left) = form.left().filter(|_| name == CommandName::Handle) {
            life.remarks.push(remark(ids[0], left, true));
        }
        // a file that does not say what the reporter was told does not say it: the result is no answer
        if let Some(told) = form.told().filter(|_| ends(name, form)) {
            life.remarks.push(remark(ids[1], told, true));
        }
        life.case = case;
        life.department = department;
    }
}

/// The report with which a case begins.
pub(super) fn report(row: &Row, told: &Told, case: &Case, actor: &Actor) -> Report {
    Report {
        id: ReportId(case.id.0),
        number: row.number.clone(),
        case: case.id,
        channel: told.channel,
        words: told.words.clone(),
        place_note: String::new(),
        grid: case.grid,
        category: told.category.as_ref().map(|code| code.as_str().to_owned()),
        place: told.place,
        answer_by: case.times.due_at,
        received_at: row.at,
        entered_by: actor.member(),
    }
}
