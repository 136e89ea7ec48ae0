//! What a job is to do, and how that is kept.

use domain::concern::ConcernId;
use domain::people::PersonId;
use domain::supervision::plan::PlannedId;
use domain::training::RoundId;
use serde::{Deserialize, Serialize};

use crate::letter::Letter;
use crate::{Failure, Result};

/// What a job is to do. A new errand is a variant here, its kind in [`Errand::KINDS`], a row of `job_kind` in
/// a migration, and an arm where the worker runs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "with", rename_all = "snake_case")]
pub enum Errand {
    /// Send a letter.
    SendMail(Letter),
    /// Forget rounds of periodic work that nobody could begin any more.
    ForgetSlots,
    /// Forget invitations that are done with.
    ForgetInvitations,
    /// Count the feedback of terms that are over.
    CountFeedback,
    /// Forget interest in training that was confirmed long ago, or never.
    ForgetInterest,
    /// Tell those on the list of a round of training.
    TellOfRound(RoundId),
    /// Take away files that nothing names.
    SweepFiles,
    /// Forget witnesses who did not answer in time.
    ForgetWitnesses,
    /// Put together what came by sheets of codes that are over.
    GatherVoices,
    /// Write to the next people after this one, and then those after them, of what becomes due; from the first one on if
    /// it says nobody.
    RemindOfDue(Option<PersonId>),
    /// Write to those who meet tomorrow, of the sessions after this one; from the first one on if it says none.
    RemindOfSessions(Option<PlannedId>),
    /// Pass a concern on to the next, if nobody has taken it on by then.
    PassOnConcern(ConcernId),
}

impl Errand {
    /// Every kind that this program knows how to do, as rows have it.
    pub const KINDS: [&'static str; 12] = [
        "send_mail",
        "forget_slots",
        "forget_invitations",
        "count_feedback",
        "forget_interest",
        "tell_of_round",
        "sweep_files",
        "forget_witnesses",
        "gather_voices",
        "remind_of_due",
        "remind_of_sessions",
        "pass_on_concern",
    ];

    /// The kind as rows have it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::SendMail(_) => "send_mail",
            Self::ForgetSlots => "forget_slots",
            Self::ForgetInvitations => "forget_invitations",
            Self::CountFeedback => "count_feedback",
            Self::ForgetInterest => "forget_interest",
            Self::TellOfRound(_) => "tell_of_round",
            Self::SweepFiles => "sweep_files",
            Self::ForgetWitnesses => "forget_witnesses",
            Self::GatherVoices => "gather_voices",
            Self::RemindOfDue(_) => "remind_of_due",
            Self::RemindOfSessions(_) => "remind_of_sessions",
            Self::PassOnConcern(_) => "pass_on_concern",
        }
    }

    pub(super) fn to_payload(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|_| unkept())
    }

    pub(super) fn from_payload(payload: &str) -> Result<Self> {
        serde_json::from_str(payload).map_err(|_| unkept())
    }
}

/// Without the reason, which quotes what it could not read.
fn unkept() -> Failure {
    Failure::Content("the payload of a job".into())
}
