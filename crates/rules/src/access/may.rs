//! The one table of rights. A new action does not compile until it has a line here; a new role shows
//! up in the golden file. Scope and ownership are asked elsewhere.

use super::Action;
use super::Role::{self, *};

const LEADS: &[Role] = &[Desk, GridLead, CommunityLead];
const HANDLERS: &[Role] = &[
    Steward,
    Worker,
    GridLead,
    CommunityLead,
    Desk,
    Department,
    Officer,
];
const STAFF: &[Role] = &[
    Volunteer,
    Steward,
    Worker,
    GridLead,
    CommunityLead,
    Desk,
    Department,
    Officer,
];
/// Whoever works here and whoever looks on.
const STAFF_AND_OVERSIGHT: &[Role] = &[
    Volunteer,
    Steward,
    Worker,
    GridLead,
    CommunityLead,
    Desk,
    Department,
    Officer,
    Supervisor,
    Command,
    Auditor,
];
/// Whoever residents know and trust, with an office or without one: they tell a problem for somebody, come to visit, talk a
/// dispute over.
const KNOWN: &[Role] = &[Volunteer, Steward, Worker, GridLead, CommunityLead, Desk];
/// Whoever reads cases; a system brings problems in and reads back what became of its own by their receipts.
const CASE_READERS: &[Role] = &[
    Steward,
    Worker,
    GridLead,
    CommunityLead,
    Desk,
    Department,
    Officer,
    Supervisor,
    Command,
    Auditor,
];
/// Whoever sees numbers without people.
const READERS: &[Role] = &[
    Steward,
    Worker,
    GridLead,
    CommunityLead,
    Desk,
    Department,
    Officer,
    Supervisor,
    Command,
    Auditor,
    Integration,
];

/// Whether a role can do something at all.
pub fn may(role: Role, action: Action) -> bool {
    roles(action).contains(&role)
}

/// The roles an action is open to.
fn roles(action: Action) -> &'static [Role] {
    match action {
        Action::Report => &[
            Anonymous,
            Resident,
            Volunteer,
            Steward,
            Worker,
            GridLead,
            CommunityLead,
            Desk,
            Department,
            Officer,
            Integration,
        ],
        Action::ReportFor | Action::Visit | Action::OpenMediation | Action::Mediate => KNOWN,
        Action::KeepSheet => &[Worker, GridLead, CommunityLead, Desk],
        Action::SendSheet => LEADS,
        Action::TakeOrders | Action::SettlePlaceEvent => &[Desk, CommunityLead],
        Action::SendOrder | Action::SendPlaceEvent => &[Integration],
        Action::Verify
        | Action::File
        | Action::Redirect
        | Action::Merge
        | Action::Void
        | Action::Dispatch => LEADS,
        Action::Check
        | Action::PassVisit
        | Action::Close
        | Action::Suspend
        | Action::DecideExtension
        | Action::Escalate => LEADS,
        Action::Verified => &[Steward, Worker, GridLead, CommunityLead],
        Action::Fix => &[Steward, Worker],
        Action::Accept | Action::Return | Action::Handle | Action::Ask | Action::Extend => HANDLERS,
        Action::HandOver | Action::Resume => HANDLERS,
        Action::Adopt | Action::Release | Action::Coordinate => &[GridLead, CommunityLead],
        Action::Agree | Action::Review => LEADS,
        Action::Raise | Action::Settle | Action::Appeal | Action::Tell => HANDLERS,
        Action::Lower => &[Worker, GridLead, CommunityLead, Desk, Department, Officer],
        Action::Whistle | Action::RateResponse | Action::CallOff => {
            &[Worker, GridLead, CommunityLead, Desk]
        }
        // whoever leads a department that is late may be anybody of the community
        Action::Acknowledge | Action::ReportIn | Action::Finish => {
            &[Department, Officer, GridLead, CommunityLead, Desk]
        }
        Action::Climb | Action::Lapse => &[],
        Action::Answer | Action::Rate | Action::Reopen | Action::Withdraw => &[Resident],
        Action::Refer => &[Worker, GridLead, CommunityLead, Desk],
        Action::ReadReferral => &[Worker, GridLead, CommunityLead, Desk, Officer, Supervisor],
        Action::Enforce => &[Officer],
        Action::ReadMediation => &[
            Volunteer,
            Steward,
            Worker,
            GridLead,
            CommunityLead,
            Desk,
            Supervisor,
        ],
        Action::Complain => &Role::ALL,
        Action::TurnIntoComplaint => &[GridLead, CommunityLead, Desk, Supervisor],
        Action::ReadComplaints => &[Supervisor, CommunityLead],
        Action::ReadCase | Action::ListCases => CASE_READERS,
        Action::ReadTrail => &[
            Steward,
            Worker,
            GridLead,
            CommunityLead,
            Desk,
            Department,
            Officer,
            Supervisor,
            Command,
            PrivacyOfficer,
            Auditor,
        ],
        Action::ReadContact => HANDLERS,
        Action::ExportCases | Action::TakeCaseFile => {
            &[Desk, GridLead, CommunityLead, Supervisor, Command]
        }
        Action::Remind => &[GridLead, CommunityLead, Supervisor, Command],
        Action::Supervise | Action::Circulate => &[CommunityLead, Supervisor, Command],
        Action::AnswerSupervision => HANDLERS,
        Action::ReadCirculars => STAFF_AND_OVERSIGHT,
        Action::ReadJournal => &[
            Desk,
            CommunityLead,
            Supervisor,
            Command,
            Auditor,
            Integration,
        ],
        Action::ReadCounts | Action::ReadFigures => READERS,
        Action::ReadCockpit => &[
            GridLead,
            CommunityLead,
            Desk,
            Supervisor,
            Command,
            Integration,
        ],
        Action::ReadGrids => &Role::ALL,
        Action::ReadAccessLedger => &[PrivacyOfficer, Auditor],
        Action::SetAway => STAFF,
        Action::ManageAccounts | Action::IssueTokens => &[Admin],
        Action::ImportGrids | Action::ImportPeople | Action::ImportCatalogue => {
            &[Desk, CommunityLead]
        }
        Action::ImportCalendar | Action::ImportCases | Action::ChangeSettings => {
            &[Desk, CommunityLead]
        }
        Action::ReadRouting => &[Desk, GridLead, CommunityLead, Supervisor],
        Action::ChangeRouting => &[Desk, CommunityLead],
        Action::ReadOutbox => &[Desk, CommunityLead, Supervisor],
        Action::ChangeOutbox => &[CommunityLead],
        Action::SettleDelivery => &[Desk, CommunityLead],
    }
}
