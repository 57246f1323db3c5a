//! Everything a right can be asked for: each command of a case, each kind of reading, each upkeep.

use std::fmt;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        /// Something one may or may not do. Names are those of routes, tables and the golden file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action {
            $($(#[$doc])* $name),+
        }

        impl Action {
            /// Every action, commands of a case first.
            pub const ALL: &[Action] = &[$(Action::$name),+];

            /// The name in the golden file and in refusals.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Action::$name => $text),+
                }
            }
        }
    };
}

actions! {
    /// Tell a problem for oneself.
    Report = "report",
    /// Tell a problem for a caller or visitor.
    ReportFor = "report_for",
    /// Gather paper notes on a sheet 线下汇总.
    KeepSheet = "keep_sheet",
    /// Send a sheet's good rows on their way 线上呼叫派单.
    SendSheet = "send_sheet",
    /// Take in orders of the hotline from its file, and give its results back.
    TakeOrders = "take_orders",
    /// Send an order as the system of an upper level.
    SendOrder = "send_order",
    /// Tell of an event at a place, as a partner system or sensor.
    SendPlaceEvent = "send_place_event",
    /// Decide on events at places that no kind leads on by itself, and say which kinds do.
    SettlePlaceEvent = "settle_place_event",
    /// Have somebody look whether a told problem is there 核实.
    Verify = "verify",
    /// Say what one found there.
    Verified = "verified",
    /// Open the file 立案.
    File = "file",
    /// Guide the reporter elsewhere.
    Redirect = "redirect",
    /// Join a report to a case that already runs.
    Merge = "merge",
    /// Fix on the spot 即办.
    Fix = "fix",
    /// Declare a file void.
    Void = "void",
    /// Give the task to somebody 派遣.
    Dispatch = "dispatch",
    /// Take the task.
    Accept = "accept",
    /// Give the task back 退单.
    Return = "return",
    /// Lift an unanswered task one level up.
    Escalate = "escalate",
    /// Ask the reporter something.
    Ask = "ask",
    /// Answer a question as the reporter.
    Answer = "answer",
    /// Ask for more time.
    Extend = "extend",
    /// Grant or refuse more time 延期审批.
    DecideExtension = "decide_extension",
    /// Hand the task to a colleague.
    HandOver = "hand_over",
    /// Stop the clock until a date 挂账.
    Suspend = "suspend",
    /// Go on after a suspension.
    Resume = "resume",
    /// Report the result 处置.
    Handle = "handle",
    /// Check whether it is really fixed 核查.
    Check = "check",
    /// Ask the reporter whether it is solved 回访.
    Visit = "visit",
    /// Ask somebody else to make a return visit.
    PassVisit = "pass_visit",
    /// Close the case 结案.
    Close = "close",
    /// Rate as the reporter 评价.
    Rate = "rate",
    /// Say as the reporter that it is not solved.
    Reopen = "reopen",
    /// Take one's report back.
    Withdraw = "withdraw",
    /// Answer for the end of a hard case 包案.
    Adopt = "adopt",
    /// Give an adopted case back.
    Release = "release",
    /// Lift a task to a higher level 上提.
    Raise = "raise",
    /// Give a task to a lower level 下沉.
    Lower = "lower",
    /// Tell the reporter how it goes.
    Tell = "tell",
    /// Call departments to the spot 吹哨.
    Whistle = "whistle",
    /// Say that one's department has heard 响应.
    Acknowledge = "acknowledge",
    /// Say that one's department is on the spot 报到.
    ReportIn = "report_in",
    /// Say that one's department has done its part.
    Finish = "finish",
    /// Say how a department responded.
    RateResponse = "rate_response",
    /// Call a whistle off.
    CallOff = "call_off",
    /// Tell leaders who is missing; time does it.
    Climb = "climb",
    /// Wait no longer for a reporter's answer; time does it.
    Lapse = "lapse",
    /// Call the parties of a case together 协调.
    Coordinate = "coordinate",
    /// Note who does what by when.
    Agree = "agree",
    /// Say that something agreed upon is done or dropped.
    Settle = "settle",
    /// Appeal against being overdue 超期申诉.
    Appeal = "appeal",
    /// Decide on an appeal.
    Review = "review",
    /// See a case without contact data.
    ReadCase = "read_case",
    /// Reveal the contact data of an open case; leaves an entry in the access ledger.
    ReadContact = "read_contact",
    /// Refer a lead to enforcement officers 线索移送; never more than that.
    Refer = "refer",
    /// See referred leads and what became of them.
    ReadReferral = "read_referral",
    /// Take a referred lead, note the procedure and the result 执法.
    Enforce = "enforce",
    /// Open a mediation 调解 and name its mediator.
    OpenMediation = "open_mediation",
    /// Mediate: talk, write the agreement, end it.
    Mediate = "mediate",
    /// See the mediations that concern oneself as mediator, lead or supervisor.
    ReadMediation = "read_mediation",
    /// Complain about somebody who works here.
    Complain = "complain",
    /// Make a complaint of a report that turns out to be one.
    TurnIntoComplaint = "turn_into_complaint",
    /// See such complaints, where one is not concerned.
    ReadComplaints = "read_complaints",
    /// See lists and the map of cases.
    ListCases = "list_cases",
    /// Take a list away as a file.
    ExportCases = "export_cases",
    /// See who did what and when.
    ReadTrail = "read_trail",
    /// Take a case away as a file 案卷 that proves who did what and when; leaves a line in its trail.
    TakeCaseFile = "take_case_file",
    /// Remind whoever is responsible 催办.
    Remind = "remind",
    /// Ask for an answer by a date 督办.
    Supervise = "supervise",
    /// Give that answer.
    AnswerSupervision = "answer_supervision",
    /// Publish a circular about units 通报.
    Circulate = "circulate",
    /// Read circulars.
    ReadCirculars = "read_circulars",
    /// Read the journal and its live stream.
    ReadJournal = "read_journal",
    /// See counts by category and state.
    ReadCounts = "read_counts",
    /// See key figures with the rows behind them.
    ReadFigures = "read_figures",
    /// See the cockpit wall.
    ReadCockpit = "read_cockpit",
    /// See grids, boards and who serves.
    ReadGrids = "read_grids",
    /// See who looked at personal data.
    ReadAccessLedger = "read_access_ledger",
    /// Say that one is away and who deputises.
    SetAway = "set_away",
    /// Create, lock and unlock accounts, give roles.
    ManageAccounts = "manage_accounts",
    /// Make tokens for machines.
    IssueTokens = "issue_tokens",
    /// Load grids.
    ImportGrids = "import_grids",
    /// Load posts and people.
    ImportPeople = "import_people",
    /// Load and publish a catalogue.
    ImportCatalogue = "import_catalogue",
    /// Load a calendar.
    ImportCalendar = "import_calendar",
    /// Load cases of another system.
    ImportCases = "import_cases",
    /// See the routing rules, and try them out on past cases.
    ReadRouting = "read_routing",
    /// Write, order and switch routing rules.
    ChangeRouting = "change_routing",
    /// See what is told outside the house, and what could not be 发件箱.
    ReadOutbox = "read_outbox",
    /// Say to which addresses steps are told, and whether reporters are sent text messages.
    ChangeOutbox = "change_outbox",
    /// Try a dead letter again, or give it up 死信.
    SettleDelivery = "settle_delivery",
    /// Change what the community lays down.
    ChangeSettings = "change_settings",
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
