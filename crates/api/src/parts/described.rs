//! The parts of bodies that come in parts, for the description of the API. Read by [`super::Parts`] and by the files' own
//! module, never by these types.
#![allow(dead_code, reason = "only described")]

use utoipa::ToSchema;

use crate::mediations::MediationStepBody;
use crate::referrals::LeadBody;
use crate::reports::ReportBody;
use crate::steps::StepBody;

/// The bytes of a file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct FilePart(Vec<u8>);

/// The parts of a report.
#[derive(ToSchema)]
pub struct ReportParts {
    /// The report itself, as JSON.
    report: ReportBody,
    /// Up to three photos, each a part of this name.
    #[schema(max_items = 3)]
    photo: Option<Vec<FilePart>>,
    /// A sound note.
    sound: Option<FilePart>,
}

/// The parts of a step of a case.
#[derive(ToSchema)]
pub struct StepParts {
    /// The step itself, as JSON.
    step: StepBody,
    /// Up to three photos, each a part of this name.
    #[schema(max_items = 3)]
    photo: Option<Vec<FilePart>>,
}

/// The parts of a step of a mediation.
#[derive(ToSchema)]
pub struct MediationStepParts {
    /// The step itself, as JSON.
    step: MediationStepBody,
    /// Up to three photos of the signed paper, each a part of this name.
    #[schema(max_items = 3)]
    photo: Option<Vec<FilePart>>,
}

/// The parts of a lead.
#[derive(ToSchema)]
pub struct ReferralParts {
    /// The lead itself, as JSON.
    referral: LeadBody,
    /// Up to three photos, each a part of this name.
    #[schema(max_items = 3)]
    photo: Option<Vec<FilePart>>,
}

/// A file that comes as a part.
#[derive(ToSchema)]
pub struct UploadParts {
    /// The file, as xlsx or csv.
    file: FilePart,
}

/// A form of the hotline that comes as a part.
#[derive(ToSchema)]
pub struct TemplateParts {
    /// The empty form, as xlsx or csv.
    template: FilePart,
}
